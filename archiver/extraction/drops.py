"""Which elements an outlet's drop rules hit: one query for all rules, then which rule it was.

A query costs a pass over the area whatever it finds, so thirty rules asked one by one would cost as much as parsing the
page. Nearly all rules name one id or class; those are told apart by the element's attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from archiver.article import RemovalKind
from archiver.extraction.dom import Node, Page
from archiver.extraction.lines import Mark

_SIMPLE = re.compile(r"([#.])([\w-]+)")


class _Rules:
    """Drop rules made ready: `query` selects whatever any of them does."""

    def __init__(self, rules: tuple[tuple[str, RemovalKind], ...]) -> None:
        self.query = ", ".join(selector for selector, _ in rules)
        self._named: dict[tuple[str, str], Mark] = {}
        self._others: list[tuple[str, Mark]] = []
        for selector, kind in rules:
            simple = _SIMPLE.fullmatch(selector)
            mark = Mark("drop", kind, selector)
            if simple:
                self._named.setdefault((simple[1], simple[2]), mark)
            else:
                self._others.append((selector, mark))

    def mark(self, node: Node) -> Mark:
        """The mark of the rule that hit this element."""
        attributes = node.attributes
        found = self._named.get(("#", attributes.get("id") or ""))
        if found is not None:
            return found
        for name in (attributes.get("class") or "").split():
            found = self._named.get((".", name))
            if found is not None:
                return found
        return next(mark for selector, mark in self._others if node.css_matches(selector))


@lru_cache(maxsize=512)
def _rules(rules: tuple[tuple[str, RemovalKind], ...]) -> _Rules:
    return _Rules(rules)


def find(page: Page, drop: Mapping[RemovalKind, tuple[str, ...]], area: Node) -> Iterator[tuple[Node, Mark]]:
    """The elements in the area that the rules hit, with their marks, in document order."""
    if not drop:
        return
    rules = _rules(tuple((selector, kind) for kind, selectors in drop.items() for selector in selectors))
    for node in page.all(rules.query, area):
        yield node, rules.mark(node)
