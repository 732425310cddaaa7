"""Where the story stands on a page whose layout nobody declared.

The densest container of prose is taken, with what belongs to it around it. Where the page leaves a doubt (little prose,
or two containers of a like weight), readability-lxml is asked: it costs ten times as much and is no better on the clear
pages, which are nearly all.
"""

from __future__ import annotations

from archiver.extraction import density, readable
from archiver.extraction.density import Box
from archiver.extraction.dom import Node, Page, ancestors
from archiver.extraction.endings import close
from archiver.extraction.named import marks

__all__ = ["close", "locate", "marks"]

_STORY = 1.5
"""How much more a container weighs that calls itself the article's text, and a list how much less."""
_LIST = 0.5
_LISTS = frozenset({"ul", "ol"})
_CLEAR = 300
"""Characters of prose from which on a story is clear without a name for it."""
_RIVAL = 0.4
"""A second container with this share of the first one's weight makes the choice doubtful."""

_ENOUGH = 0.5
"""Share of the densest container's text that the other opinion has to hold to be heard."""

_PART = 0.25
"""Share of the story's prose from which on a neighbour may be another part of it, with the same name even less."""
_PART_OF_SAME_NAME = 0.05
_GAIN = 0.12
_GAIN_CHARACTERS = 150
_SHORTEST_STRETCH = 60
_STRETCH = 0.4
"""A part's paragraphs are this long at least, beside the story's: teasers are shorter."""


def locate(page: Page, text: str) -> tuple[Node, ...]:
    """The elements that hold the story, in document order; the page's body where no choice can be made.

    `text` is the HTML that `page` was parsed from.
    """
    whole = density.measure(page)
    boxes = list(whole.below())
    top = max(boxes, key=_weight)
    parts = _joined(top)
    nodes = tuple(part.node for part in parts)
    if _is_clear(top, parts, boxes):
        return nodes
    other = readable.locate(page, text)
    if other is None or _agree(nodes, other) or len(other.text()) < _ENOUGH * sum(len(node.text()) for node in nodes):
        return nodes
    return (other,)


def _weight(box: Box) -> float:
    if box.node.tag in _LISTS:
        return box.score * _LIST
    return box.score * (_STORY if box.named else 1.0)


def _joined(top: Box) -> list[Box]:
    """The containers of the whole story: some pages divide it, by advertisements or by sections."""
    parts = [top]
    total = top.total
    inner = top
    for holder in top.holders():
        if holder.node.tag == "body":
            break
        found = [box for box in holder.boxes if box is not inner and _is_part(box, inner, top, total)]
        own = holder.own if _has_paragraphs(holder, top, total) else 0.0
        gain = own + sum(box.total for box in found)
        if gain >= max(_GAIN * total, _GAIN_CHARACTERS):
            parts = [holder]
            total = holder.total
        inner = holder
    return parts


def _is_part(box: Box, inner: Box, top: Box, total: float) -> bool:
    if box.node.tag == "header" or _is_list(box) or box.stretch < max(_SHORTEST_STRETCH, _STRETCH * top.stretch):
        return False
    if box.name and (box.node.tag, box.name) == (inner.node.tag, inner.name):
        return box.total >= _PART_OF_SAME_NAME * total
    return not top.named and box.total >= _PART * total


def _is_list(box: Box) -> bool:
    """Whether its prose stands in one list: a ticker or a list of teasers, not a part of a story."""
    while len(box.boxes) == 1 and not box.own:
        box = box.boxes[0]
    return box.node.tag in _LISTS


def _has_paragraphs(holder: Box, top: Box, total: float) -> bool:
    """Whether paragraphs of the story stand beside its container, directly in the one around it."""
    if top.named or not holder.stretches:
        return False
    if holder.stretches < 2 and holder.own < 0.2 * total:
        return False
    return holder.own / holder.stretches >= max(_SHORTEST_STRETCH, _STRETCH * top.stretch)


def _is_clear(top: Box, parts: list[Box], boxes: list[Box]) -> bool:
    """Whether the choice leaves no doubt."""
    if top.named:
        return True
    if top.total < _CLEAR:
        return False
    related = {id(box) for part in parts for box in (*part.holders(), *part.below())}
    return not any(box.score >= _RIVAL * top.score for box in boxes if id(box) not in related)


def _agree(nodes: tuple[Node, ...], other: Node) -> bool:
    """Whether one of the two choices lies within the other."""
    keys = {node.mem_id for node in nodes}
    if other.mem_id in keys or any(holder.mem_id in keys for holder in ancestors(other)):
        return True
    return any(holder.mem_id == other.mem_id for node in nodes for holder in ancestors(node))
