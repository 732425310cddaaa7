"""What a drafted layout is called, and what its pages are known by."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from archiver.extraction.dom import Page
from archiver.healing.facts import FACTS
from archiver.outlet import Css, Layout, Outlet

_EVERYWHERE: Final = frozenset({"title", "published"})
"""Facts that every story has; a layout should not be known by others."""


def known_by(
    layout: Layout, fresh: Collection[str], pages: Sequence[Page], others: Sequence[Sequence[Page]]
) -> str | None:
    """The `when` of a drafted layout, which still has the old one's: on all its pages, on no others if that can be had.

    `fresh` are the facts that are named anew; `others` are groups of pages that it should not match, the ones that
    matter most first.
    """
    order = sorted(FACTS, key=lambda name: (name not in fresh, name not in _EVERYWHERE))
    named = [layout.when, layout.body, layout.area, *(query for name in order for query in css_of(layout, name)[:1])]
    left = [
        query
        for query in dict.fromkeys(query for query in named if query is not None)
        if all(page.first(query) is not None for page in pages)
    ]
    for group in others:
        left = [query for query in left if not any(page.first(query) is not None for page in group)] or left
    return left[0] if left else layout.when


def css_of(layout: Layout, name: str) -> list[str]:
    """The CSS of a fact."""
    found = (Css(item) if isinstance(item, str) else item for item in FACTS[name].selectors(layout))
    return [css.query for css in found if isinstance(css, Css)]


def new_name(outlet: Outlet, base: Layout, since: date) -> str:
    """The old layout's name with the year of the new one; with month and day where that is taken."""
    stem, _, tail = base.name.rpartition("-")
    stem = stem if stem and tail.isdecimal() else base.name
    taken = {layout.name for layout in outlet.layouts}
    names = (f"{stem}-{since.year}", f"{stem}-{since:%Y-%m}", f"{stem}-{since.isoformat()}")
    numbered = (f"{names[-1]}-{number}" for number in range(2, len(taken) + 3))
    return next(name for name in (*names, *numbered) if name not in taken)


def queries(layout: Layout) -> list[str]:
    """All CSS of a layout."""
    places = [layout.body, *(query for query in (layout.when, layout.area) if query)]
    facts = [query for name in FACTS for query in css_of(layout, name)]
    return [*places, *facts, *(query for rules in layout.drop.values() for query in rules)]
