"""The selector of a printed fact, and what a selector gives as an extraction reads it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from archiver.extraction import fields
from archiver.healing.cases import Case
from archiver.healing.choice import PAGES, Choice, Hit, Proposals
from archiver.healing.facts import Fact, asked, printing, value
from archiver.healing.selectors import Candidate, candidates
from archiver.outlet import Css, Layout, Outlet, Selector, Selectors

_NODES: Final = 3
"""Elements of a page from whose names selectors are made, the nearest to the title."""

_ATTRIBUTE: Final = 0.5
"""What an attribute costs more than a text: nobody sees when it lies."""

_PAIRED: Final = 12
"""Selectors that are tried in pairs."""


def choose_fact(
    fact: Fact, cases: Sequence[Case], outlet: Outlet, layout: Layout, known: Collection[str]
) -> Choice | None:
    """The selector of a fact; None where it stands on no page, or no proposal is right on half of those."""
    cases = [replace(case, truth=asked(fact, case.lookup, case.truth, outlet)) for case in cases]
    printed = [(case, nodes) for case in cases if (nodes := printing(fact, case.lookup, case.truth, outlet))]
    showing = [case for case, _ in printed]
    old = [selector for selector in fact.selectors(layout) if isinstance(selector, str | Css)]
    proposals = Proposals(selector.query if isinstance(selector, Css) else selector for selector in old)
    attrs: dict[str, str | None] = {}
    for _, nodes in printed[:PAGES]:
        for rank, (node, attr) in enumerate(nodes[:_NODES]):
            read = None if fact.name == "image" else attr
            fresh = proposals.add(candidates(node, known), rank + (_ATTRIBUTE if read else 0.0))
            attrs.update(dict.fromkeys(fresh, read))

    def hit(case: Case, query: str) -> Hit:
        return reads(fact, (Css(query, attr=attrs.get(query)),), case, outlet, layout.area)

    silent = [case for case in cases if case.earlier and not value(case.truth, fact.name)]
    best = proposals.best(showing, hit, silent)
    if fact.plain and fact.many and (best is None or best.right < best.of):
        proposals.add(list(_pairs(proposals, showing, hit)))
        best = proposals.best(showing, hit, silent)
    if best is None or attrs.get(best.query) is None:
        return best
    return replace(best, selector=Css(best.query, attr=attrs[best.query]))


def reads(fact: Fact, selectors: Selectors, case: Case, outlet: Outlet, area: str | None) -> Hit:
    """What the first of the selectors that finds anything gives on the page."""
    for selector in selectors:
        texts = _texts(fact, selector, case, outlet, area)
        if fact.name == "image" and texts:
            return "right" if any(fact.accepts([text], case.truth, outlet) for text in texts) else "wrong"
        if texts:
            return "right" if fact.accepts(texts, case.truth, outlet) else "wrong"
    return "nothing"


def _texts(fact: Fact, selector: Selector, case: Case, outlet: Outlet, area: str | None) -> list[str]:
    page, head = case.sample.page, case.sample.head
    if fact.name == "image":
        node = page.first(selector) if isinstance(selector, str) else page.first(getattr(selector, "query", "img"))
        return [source for name in fact.attrs if node is not None and (source := node.attributes.get(name))]
    if not fact.many:
        return [item.text for item in fields.first((selector,), page, head, outlet)]
    within = page.first(area) if area else None
    found = fields.read((selector,), page, head, outlet, within)
    return [item.text for item in found or fields.read((selector,), page, head, outlet)]


def _pairs(proposals: Proposals, pages: Sequence[Case], hit: Callable[[Case, str], Hit]) -> Iterator[Candidate]:
    """Two selectors as one, for what stands in two makes of element."""
    finding = (item for item in proposals.cheapest() if any(hit(page, item.query) != "nothing" for page in pages))
    usable = [item for item, _ in zip(finding, range(_PAIRED), strict=False)]
    for number, first in enumerate(usable):
        for second in usable[number + 1 :]:
            yield Candidate(f"{first.query}, {second.query}", first.cost + second.cost)
