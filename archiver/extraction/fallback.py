"""Where the story stands on a page whose layout nobody declared.

The densest container of prose is taken, with what belongs to it around it. Where the page leaves a doubt (little prose,
or two containers of a like weight), readability-lxml is asked: it costs ten times as much and is no better on the clear
pages, which are nearly all.
"""

from __future__ import annotations

from collections.abc import Sequence

from archiver.extraction import captions, density, readable
from archiver.extraction.density import Box
from archiver.extraction.dom import Node, Page, ancestors
from archiver.extraction.endings import close
from archiver.extraction.layouts import outermost
from archiver.extraction.lines import Line
from archiver.extraction.named import marks

__all__ = ["close", "is_photo_story", "locate", "marks"]

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
_LONE_PARAGRAPH = 0.1
"""A neighbour of one paragraph alone holds this share at least: the teasers of other stories are shorter."""
_GAIN = 0.12
_GAIN_CHARACTERS = 150
_SHORTEST_STRETCH = 60
_STRETCH = 0.4
"""A part's paragraphs are this long at least, beside the story's: teasers are shorter."""


def locate(page: Page, text: str) -> tuple[Node, ...]:
    """The elements that hold the story, in document order; the page's body where no choice can be made.

    It is one element but on a page of photographs alone, where each caption is a part. `text` is the HTML that `page`
    was parsed from.
    """
    whole = density.measure(page)
    boxes = list(whole.below())
    top = max(boxes, key=_weight)
    photos = _captions(page) if top.total < _CLEAR else ()
    if sum(len(node.text()) for node in photos) > top.total:
        return photos
    story = _joined(top)
    if _is_clear(top, story, boxes):
        return (story.node,)
    other = readable.locate(page, text)
    if other is None or _agree(story.node, other) or len(other.text()) < _ENOUGH * len(story.node.text()):
        return (story.node,)
    return (other,)


def is_photo_story(lines: Sequence[Line]) -> bool:
    """Whether the captions are the story: most of what stands in the body ends in a photo credit."""
    body = [line for line in lines if line.role == "body" and line.linked < 0.5]
    texts = [line.text for line in body if len(line.text) >= _SHORTEST_STRETCH]
    credited = sum(captions.is_caption(text) or captions.is_credited(text) for text in texts)
    return credited > 1 and credited >= len(texts) / 2


def _captions(page: Page) -> tuple[Node, ...]:
    """The captions of a page that has pictures and no other text; fewer than two are no story."""
    found = [node for node in page.all("figcaption") if len(node.text().strip()) >= _SHORTEST_STRETCH]
    return outermost(found) if len(found) > 1 else ()


def _weight(box: Box) -> float:
    if box.node.tag in _LISTS:
        return box.score * _LIST
    return box.score * (_STORY if box.named else 1.0)


def _joined(top: Box) -> Box:
    """The container of the whole story: some pages divide it, by advertisements or by sections."""
    story = inner = top
    for holder in top.holders():
        if holder.node.tag == "body":
            break
        found = [box for box in holder.boxes if box is not inner and _is_part(box, inner, top, story.total)]
        own = holder.own if _has_paragraphs(holder, top, story.total) else 0.0
        gain = own + sum(box.total for box in found)
        if gain >= max(_GAIN * story.total, _GAIN_CHARACTERS):
            story = holder
        inner = holder
    return story


def _is_part(box: Box, inner: Box, top: Box, total: float) -> bool:
    if box.node.tag == "header" or _is_list(box) or box.stretch < max(_SHORTEST_STRETCH, _STRETCH * top.stretch):
        return False
    if box.total < _LONE_PARAGRAPH * total and sum(inner.stretches for inner in box.below()) < 2:
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


def _is_clear(top: Box, story: Box, boxes: Sequence[Box]) -> bool:
    """Whether the choice leaves no doubt."""
    if top.named:
        return True
    if top.total < _CLEAR:
        return False
    related = {id(box) for box in (*story.holders(), *story.below())}
    return not any(box.score >= _RIVAL * top.score for box in boxes if id(box) not in related)


def _agree(first: Node, second: Node) -> bool:
    """Whether one of the two lies within the other."""
    return _holds(first, second) or _holds(second, first)


def _holds(outer: Node, inner: Node) -> bool:
    return outer.mem_id == inner.mem_id or any(holder.mem_id == outer.mem_id for holder in ancestors(inner))
