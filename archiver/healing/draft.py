"""The layout that would fit: what of the old one still holds, what has to be named anew, and the count for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from archiver.article import Article
from archiver.extraction import extract
from archiver.extraction.dom import Page
from archiver.extraction.layouts import outermost
from archiver.healing.body import Story, find_story
from archiver.healing.cases import Case
from archiver.healing.container import choose_container
from archiver.healing.facts import FACTS, Fact, asked, printing, value
from archiver.healing.identity import known_by, new_name, queries
from archiver.healing.intruders import Intruder, find_intruders
from archiver.healing.memory import Memory
from archiver.healing.printed import choose_fact, reads
from archiver.healing.samples import Sample
from archiver.healing.selectors import names_in
from archiver.outlet import Css, Layout, Outlet, Selector

_JUNK = 1.0
"""Share of a story's length that may stand in its old container beside it: junk, for which there are drop rules."""

_PICTURED = frozenset({"image", "caption", "credit"})
"""Facts that figures in the text give too: their selectors are left alone as long as the pictures are right."""

_ROUNDS = 3
"""How often junk is looked for: what one rule drops may have hidden another one's element."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A selector of the new layout: its part, and on how many of the pages that print the part it is right."""

    part: str
    selector: str
    right: int
    of: int
    because: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A layout to be proposed: the old one it is made from, what is new in it, and why."""

    base: Layout
    layout: Layout
    changed: Mapping[str, Any]
    intruders: tuple[Intruder, ...]
    evidence: tuple[Evidence, ...]
    unsolved: tuple[str, ...]
    """What is wrong and could not be mended, in words."""


@dataclass(slots=True)
class _Work:
    """A draft in the making."""

    layout: Layout
    changed: dict[str, Any] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)
    unsolved: list[str] = field(default_factory=list)

    def change(self, **values: Any) -> None:
        """Write these values into the layout."""
        self.layout = replace(self.layout, **values)
        self.changed.update(values)


def draft(
    outlet: Outlet,
    base: Layout,
    cases: Sequence[Case],
    good: Sequence[Sample],
    foreign: Sequence[Sample],
    memory: Memory,
) -> Draft | None:
    """The layout made from `base` that reads these broken pages; None where no container of their text is found.

    `good` are pages from before, `foreign` broken ones that another layout is for: it should match neither.
    """
    work = _Work(base)
    known = names_in(queries(base))
    stories = [story for case in cases if (story := find_story(case.lookup, case.truth)) is not None]
    if any(_lacks_body(case, base) for case in cases) and not (
        stories and _body(work, stories, known, [sample.page for sample in good], plural=_is_plural(base, good))
    ):
        return None
    _area(work, stories)
    for name, fact in FACTS.items():
        if name not in _PICTURED or any(
            value(_read(case, outlet, work), name) != value(case.truth, name) for case in cases
        ):
            _fact(work, name, fact, cases, outlet, known)
    since = min(case.sample.date for case in cases).date()
    work.change(name=new_name(outlet, base, since), since=since)
    pages = [case.sample.page for case in cases]
    others = [[sample.page for sample in group] for group in (good, foreign)]
    when = known_by(work.layout, work.changed.keys(), pages, others)
    if when != base.when:
        work.change(when=when)
    if base.until is not None:
        work.change(until=None)
    intruders = _drop(work, outlet, cases, memory, known)
    return Draft(base, work.layout, work.changed, intruders, tuple(work.evidence), tuple(work.unsolved))


def _read(case: Case, outlet: Outlet, work: _Work) -> Article:
    """The page as the draft reads it so far, whatever it will be known by."""
    return extract(case.sample.capture, with_layout(outlet, replace(work.layout, when=None, since=None, until=None)))


def with_layout(outlet: Outlet, layout: Layout) -> Outlet:
    """The outlet with the layout before its others."""
    return replace(outlet, layouts=(layout, *outlet.layouts))


def _lacks_body(case: Case, base: Layout) -> bool:
    """Whether the text is not what the layout gave: it is damaged, or another layout or the fallback gave it."""
    return case.sample.article.layout != base.name or any(symptom.part == "body" for symptom in case.symptoms)


def _is_plural(base: Layout, good: Sequence[Sample]) -> bool:
    """Whether the old body was several elements of a page."""
    return any(len(outermost(sample.page.all(base.body))) > 1 for sample in good if sample.article.layout == base.name)


def _body(work: _Work, stories: Sequence[Story], known: frozenset[str], good: Sequence[Page], *, plural: bool) -> bool:
    right = sum(story.accepts(story.selected(work.layout.body), _JUNK) for story in stories)
    if right < len(stories):
        choice = choose_container(stories, work.layout.body, known, good, plural=plural)
        if choice is None or choice.right <= right:
            return right > 0
        work.change(body=choice.query)
        work.evidence.append(Evidence("body", choice.query, choice.right, choice.of))
    return True


def _area(work: _Work, stories: Sequence[Story]) -> None:
    """The old area where it still holds the story; else the smallest element that holds title and body."""
    area = work.layout.area
    if area is None:
        return
    for story in stories:
        node = story.lookup.page.first(area)
        if node is None or story.fit([node]).held < story.fit([story.tightest]).held:
            work.change(area=None)
            return


def _fact(work: _Work, name: str, fact: Fact, cases: Sequence[Case], outlet: Outlet, known: frozenset[str]) -> None:
    """Name a fact anew where the old selectors miss it on a page that prints it."""
    old = fact.selectors(work.layout)
    if not old:
        return
    cases = [replace(case, truth=asked(fact, case.lookup, case.truth, outlet)) for case in cases]
    showing = [case for case in cases if printing(fact, case.lookup, case.truth, outlet)]
    hits = [reads(fact, old, case, outlet, work.layout.area) for case in showing]
    right = hits.count("right")
    if right == len(showing):
        return
    choice = choose_fact(fact, cases, outlet, work.layout, known)
    if choice is None or choice.right <= right:
        work.unsolved.append(f"{name}: no selector was found that gives it on more pages than the old one does")
        return
    alive = tuple(
        selector
        for selector in old
        if any(reads(fact, (selector,), case, outlet, work.layout.area) == "right" for case in showing)
        or not isinstance(selector, str | Css)
    )
    work.change(**{name: choice.query if fact.plain else (choice.selector, *alive)})
    work.evidence.append(Evidence(name, _spelt(choice.selector), choice.right, choice.of))


def _spelt(selector: Selector) -> str:
    return f"{selector.query}@{selector.attr}" if isinstance(selector, Css) and selector.attr else str(selector)


def _drop(
    work: _Work,
    outlet: Outlet,
    cases: Sequence[Case],
    memory: Memory,
    known: frozenset[str],
) -> tuple[Intruder, ...]:
    found: list[Intruder] = []
    for _ in range(_ROUNDS):
        read = [(case, _read(case, outlet, work)) for case in cases]
        rules, nameless = find_intruders(_by_the_draft(read, work.layout), memory, known)
        fresh = [rule for rule in rules if rule.query not in {other.query for other in found}]
        if not fresh:
            if nameless:
                work.unsolved.append(f"drop: {len(nameless)} lines of junk stand in no element that has a name")
            break
        found += fresh
        drop = dict(work.layout.drop)
        for rule in fresh:
            drop[rule.kind] = (*drop.get(rule.kind, ()), rule.query)
        work.layout = replace(work.layout, drop=MappingProxyType(drop))
    work.evidence += [Evidence(f"drop, {rule.kind}", rule.query, rule.right, rule.of, rule.because) for rule in found]
    return tuple(found)


def _by_the_draft(read: Sequence[tuple[Case, Article]], layout: Layout) -> list[tuple[Case, Article]]:
    return [(case, article) for case, article in read if article.layout == layout.name]
