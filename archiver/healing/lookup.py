"""A page's visible elements with their texts, each worked out once: what stands where is looked up here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from archiver.extraction import dom
from archiver.extraction.dom import Node, Page

_SHORT = 1500
"""Characters up to which an element may be a field."""


class Lookup:
    """The elements of a page's body in document order. Texts are visible ones, with single blanks."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._texts: dict[int, str] = {}
        self.elements = list(_visible(page.body, page.hidden))
        self._order = {node.mem_id: number for number, node in enumerate(self.elements)}

    def text(self, node: Node) -> str:
        """Visible text of the element, on one line."""
        found = self._texts.get(node.mem_id)
        if found is None:
            found = self._texts[node.mem_id] = dom.fold(dom.visible_text(node, self.page.hidden))
        return found

    @property
    def whole(self) -> str:
        """Text of the whole page."""
        return self.text(self.page.body)

    def order(self, node: Node) -> int:
        """The element's number in document order; -1 for one that nobody sees."""
        return self._order.get(node.mem_id, -1)

    def where(self, accepts: Callable[[str], bool]) -> list[Node]:
        """The elements of short text whose text is accepted, in document order."""
        return [
            node for node in self.elements if len(node.text()) <= _SHORT and (text := self.text(node)) and accepts(text)
        ]


def _visible(node: Node, hidden: frozenset[int]) -> Iterator[Node]:
    stack = list(node.iter())[::-1]
    while stack:
        current = stack.pop()
        if current.tag in dom.INVISIBLE or current.mem_id in hidden:
            continue
        yield current
        stack.extend(list(current.iter())[::-1])
