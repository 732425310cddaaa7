"""Where running text stands on a page: one pass over the tree that weighs every container by the prose in it.

The pass knows no outlet. It sees stretches of text between block-level borders, how long they are, how much of them is
linked and whether they end as sentences do; and what an element's class and id call it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from archiver.extraction import classnames, dom
from archiver.extraction.dom import Node, Page

_NEVER = frozenset("nav footer aside button select textarea figcaption iframe svg math object audio video".split())
"""Elements whose text is no running text of a story."""

_PARAGRAPHS = frozenset("p li blockquote pre dd h1 h2 h3 h4 h5 h6 center".split())
"""Elements that are one paragraph: what they weigh is credited to the element around them."""

_WHOLE = frozenset({"body", "main", "article"})
"""Elements that are not judged by their names: themes write the state of the whole page there."""

_SENTENCE_END = re.compile(r"[.!?…:;\"”’»)]\s*$")
_SHORTEST = 20
_SENTENCE = 40
_PARAGRAPH = 160
_LONGEST = 1500
_DECAY = 0.5
"""Share of a container's weight that counts for the container around it."""

_MOST = 0.85
"""A container with this share of the page's prose is not left out for its name alone."""


@dataclass(slots=True)
class Box:
    """A container of prose. Weights are characters of prose, those of doubtful stretches counted in part.

    `own` is the weight of the paragraphs that stand directly in it, `stretches` their number, `total` all below it,
    `score` the same with less weight for what stands deeper. `named` says that the container calls itself the article's
    text, `story` that it does or that one in it does, or that it holds the page's main heading.
    """

    node: Node
    name: str = ""
    holder: Box | None = None
    own: float = 0.0
    stretches: int = 0
    total: float = 0.0
    score: float = 0.0
    story: bool = False
    named: bool = False
    boxes: list[Box] = field(default_factory=list)

    @property
    def junk(self) -> bool:
        """Whether its name says that it is no part of a story."""
        return self.node.tag not in _WHOLE and not self.story and classnames.removal(self.name) is not None

    @property
    def stretch(self) -> float:
        """Mean weight of a paragraph in it."""
        count = sum(box.stretches for box in self.below())
        return self.total / count if count else 0.0

    def holders(self) -> Iterator[Box]:
        """The boxes around it, from the nearest to the page's."""
        box = self.holder
        while box is not None:
            yield box
            box = box.holder

    def below(self) -> Iterator[Box]:
        """Itself and the boxes in it, in document order."""
        yield self
        for box in self.boxes:
            yield from box.below()


def measure(page: Page) -> Box:
    """The page's body as a box of boxes, each weighed."""
    meter = _Meter(page.hidden)
    whole = Box(page.body)
    meter.visit(page.body, whole, 0, linked=False)
    meter.end(whole)
    boxes = list(whole.below())
    for box in reversed(boxes):
        box.total = box.own + sum(inner.total for inner in box.boxes)
    for box in reversed(boxes):
        if box.junk and box.total < _MOST * whole.total:
            box.boxes = []
            box.own = box.total = 0.0
        else:
            box.boxes = [inner for inner in box.boxes if inner.total]
            box.total = box.own + sum(inner.total for inner in box.boxes)
        box.score = box.own + _DECAY * sum(inner.score for inner in box.boxes)
    return whole


class _Meter:
    """Gathers the stretch of text at hand; sizes in characters."""

    def __init__(self, hidden: frozenset[int]) -> None:
        self._hidden = hidden
        self._size = 0
        self._linked = 0
        self._last = ""

    def visit(self, node: Node, box: Box, depth: int, *, linked: bool) -> None:
        """Weigh everything below the node, for the box that it stands in."""
        child = node.first_child
        while child is not None:
            tag = child.tag or ""
            if tag == dom.TEXT:
                text = child.text_content or ""
                if not text.isspace():
                    self._size += len(text)
                    self._linked += len(text) * linked
                    self._last = text
            elif tag == "br":
                self.end(box)
            elif tag in dom.INVISIBLE or tag in _NEVER or depth > dom.MAX_DEPTH or child.mem_id in self._hidden:
                pass
            elif tag in dom.INLINE:
                self.visit(child, box, depth + 1, linked=linked or tag == "a")
            else:
                self.end(box)
                self._block(child, tag, box, depth + 1, linked=linked)
            child = child.next

    def _block(self, node: Node, tag: str, holder: Box, depth: int, *, linked: bool) -> None:
        box = Box(node, holder=holder)
        self.visit(node, box, depth, linked=linked)
        self.end(box)
        if tag == "h1":
            box.story = True
        if box.boxes or box.stretches:
            self._keep(box, node, tag, holder)
        elif box.story:
            holder.story = True

    def _keep(self, box: Box, node: Node, tag: str, holder: Box) -> None:
        """Hand on what was found to the box around: as a box of its own, or as one more paragraph of it."""
        attributes = node.attributes
        style = attributes.get("style")
        if style and "display:none" in style.replace(" ", ""):
            return
        box.name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip()
        if "articlebody" in (attributes.get("itemprop") or "").lower() or classnames.is_story(box.name):
            box.story = box.named = True
        holder.story = holder.story or box.story
        if box.boxes or box.junk or not (tag in _PARAGRAPHS or (box.stretches <= 1 and tag != "article")):
            holder.boxes.append(box)
        else:
            holder.own += box.own
            holder.stretches += box.stretches

    def end(self, box: Box) -> None:
        """The stretch ends here: weigh it for the box."""
        size, linked = self._size, self._linked
        self._size = self._linked = 0
        if size < _SHORTEST or linked > size / 2:
            return
        weight = float(min(size - linked, _LONGEST))
        if _SENTENCE_END.search(self._last, len(self._last) - _SHORTEST) is None:
            weight *= 1.0 if size >= _PARAGRAPH else 0.3
        elif size < _SENTENCE:
            weight *= 0.5
        box.own += weight
        box.stretches += 1
