"""Every CSS selector of a layout, with the key that it stands under; and whether it is CSS at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from archiver.extraction.dom import InvalidSelectorError, Page
from archiver.outlet import Css, Layout, Selectors

SINGLE: Final = ("when", "area", "body", "tags", "image", "caption", "credit", "pager", "entries", "entry_time")
SEVERAL: Final = ("title", "lead", "authors", "editors", "published", "modified", "section", "source")

_NOTHING: Final = Page("<p></p>")
_QUOTED: Final = re.compile(r'"[^"]*"|\'[^\']*\'')
_QUOTE: Final = re.compile("[\"']")


@dataclass(frozen=True, slots=True)
class Use:
    """A selector, and where it stands: `key` is a layout's key, or `drop KIND`."""

    layout: str
    key: str
    query: str

    @property
    def is_drop(self) -> bool:
        """Whether it says what is junk."""
        return self.key.startswith("drop ")


def uses(layout: Layout) -> Iterator[Use]:
    """The layout's selectors, in the order of its keys."""
    for key in SINGLE:
        query = getattr(layout, key)
        if query:
            yield Use(layout.name, key, query)
    for key in SEVERAL:
        selectors: Selectors = getattr(layout, key)
        for selector in selectors:
            query = selector.query if isinstance(selector, Css) else selector
            if isinstance(query, str):
                yield Use(layout.name, key, query)
    for kind, queries in layout.drop.items():
        yield from (Use(layout.name, f"drop {kind}", query) for query in queries)


def fault(query: str) -> str | None:
    """What is wrong with a selector; None for CSS. The parser passes over an open bracket and takes something else."""
    if unknown(query):
        return "the parser does not know it"
    bare = _QUOTED.sub("", query)
    if any(bare.count(opening) != bare.count(closing) for opening, closing in ("[]", "()")) or _QUOTE.search(bare):
        return "a bracket or a quotation is left open"
    return None


def unknown(query: str) -> bool:
    """Whether extraction's parser refuses the selector; that costs a few microseconds."""
    try:
        _NOTHING.first(query)
    except InvalidSelectorError:
        return True
    return False
