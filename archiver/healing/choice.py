"""The selector for a part of a layout: proposals are tried on every page, and the count is the evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, TypeVar

from archiver.healing.selectors import Candidate, adapted
from archiver.outlet import Css, Selector

_Page = TypeVar("_Page")

Hit: TypeAlias = Literal["right", "wrong", "nothing"]
"""What a selector gives on a page."""

PAGES: Final = 4
"""Pages from which proposals are taken; the others have their say in the count."""

_FEW = 6
"""Pages on which a proposal has to be right once before it is tried on all."""

_FRAGILE = 13.0
"""A selector of a higher cost has to be right on two pages to be proposed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A selector, and on how many of the pages that print the part it gives just that."""

    selector: Selector
    right: int
    of: int
    cost: float

    @property
    def query(self) -> str:
        """Its CSS."""
        return self.selector.query if isinstance(self.selector, Css) else str(self.selector)


class Proposals:
    """Selectors to be tried, each with the least cost that it was proposed at."""

    def __init__(self, old: Iterable[str]) -> None:
        self.costs: dict[str, float] = {}
        for query in old:
            self.add(adapted(query))

    def add(self, found: Iterable[Candidate], more: float = 0.0) -> list[str]:
        """Take these in, at so much more; returns those that were not as cheap before."""
        fresh = [(query, cost + more) for query, cost in found if cost + more < self.costs.get(query, float("inf"))]
        self.costs.update(fresh)
        return [query for query, _ in fresh]

    def cheapest(self) -> list[Candidate]:
        """All, the cheapest first."""
        return sorted((Candidate(*item) for item in self.costs.items()), key=lambda item: (item.cost, item.query))

    def _usable(self, pages: Sequence[_Page], hit: Callable[[_Page, str], Hit]) -> list[Candidate]:
        """Those that are right on one of a few pages: the others need not be tried on all."""
        few = pages[:: max(1, len(pages) // _FEW)]
        every = self.cheapest()
        return [item for item in every if any(hit(page, item.query) == "right" for page in few)]

    def best(
        self, pages: Sequence[_Page], hit: Callable[[_Page, str], Hit], silent: Sequence[_Page] = ()
    ) -> Choice | None:
        """The one that is right on most pages; on the `silent` ones it should give nothing.

        None where none is right on half of the pages.
        """
        best: tuple[tuple[int, int, float, int, str], Choice] | None = None
        for query, cost in self._usable(pages, hit):
            hits = [hit(page, query) for page in pages]
            right, wrong = hits.count("right"), hits.count("wrong")
            if not right or 2 * right < len(pages) or (right == 1 and cost > _FRAGILE):
                continue
            wrong += sum(hit(page, query) != "nothing" for page in silent)
            rank = (wrong - right, wrong, cost, len(query), query)
            if best is None or rank < best[0]:
                best = rank, Choice(query, right, len(pages), cost)
        return best[1] if best else None
