"""What is wrong with a page as its layout reads it, held against what it must give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from archiver.article import Article
from archiver.extraction import dom
from archiver.healing.body import lines_of
from archiver.healing.cases import Case, Symptom
from archiver.healing.facts import FACTS, Fact, asked, by_layout, printing, value
from archiver.healing.intruders import find_intruders
from archiver.healing.memory import Memory
from archiver.healing.printed import reads
from archiver.outlet import Layout, Outlet

STORIES: Final = frozenset({"saved", "empty", "not_article"})
"""Outcomes that a page with a story may come to when its layout fails; the others say that there is none."""

_DOUBLED = 3
"""Lines that stand there twice from which on a story is doubled, where nobody knows how it was before."""


def examine(case: Case, article: Article, outlet: Outlet, base: Layout, memory: Memory) -> tuple[Symptom, ...]:
    """What is wrong with this reading of the page. `base` is the layout that it should have, or was made from."""
    layout = next((each for each in outlet.layouts if each.name == article.layout), None)
    found = list(_of_the_body(case, article, memory))
    for fact in FACTS.values():
        words = _of_a_fact(fact, case, article, outlet, layout, memory.is_usual(base.name, fact.name))
        if words is None and layout is not None and memory.is_certain(base.name, fact.name) and not case.earlier:
            words = _of_a_gap(fact, article, layout)
        if words is not None:
            found.append(Symptom(fact.name, words))
    return tuple(found)


def _of_the_body(case: Case, article: Article, memory: Memory) -> Iterator[Symptom]:
    if article.outcome != "saved":
        yield Symptom("body", f"no article is found: {article.outcome}")
        return
    if article.method != "layout":
        yield Symptom("body", "no layout fits")
    text = dom.fold(article.text)
    if case.earlier:
        whole = case.lookup.whole
        wanted = [line for line in lines_of(case.truth) if line in whole]
        lost = sum(line not in text for line in wanted)
        if lost:
            yield Symptom("body", f"{lost} of {len(wanted)} lines are lost")
    before = dom.fold(case.truth.text) if case.earlier else ""
    twice = sum(text.count(line) > max(1, before.count(line)) for line in lines_of(article))
    if twice >= (1 if case.earlier else _DOUBLED):
        yield Symptom("body", f"{twice} lines stand there twice")
    rules, _ = find_intruders([(case, article)], memory)
    if rules:
        yield Symptom("drop", f"junk in the text: {', '.join(rule.query for rule in rules)}")


def _of_a_fact(
    fact: Fact, case: Case, article: Article, outlet: Outlet, layout: Layout | None, usual: object
) -> str | None:
    """How a fact is wrong: another value than it must have, or none that the layout's own selectors give."""
    wanted, got = value(case.truth, fact.name), value(article, fact.name)
    if not wanted:
        return None
    differs = wanted != got and (case.earlier or not got or fact.name == "title")
    case = replace(case, truth=asked(fact, case.lookup, case.truth, outlet))
    if not differs and not (usual and layout is not None and not by_layout(article, fact, layout)):
        return None
    if layout is not None and any(
        reads(fact, (selector,), case, outlet, layout.area) == "right" for selector in fact.selectors(layout)
    ):
        return None
    if not printing(fact, case.lookup, case.truth, outlet):
        return None
    if differs:
        return f"{_shown(got)} in place of {_shown(wanted)}" if got else f"{_shown(wanted)} is not found"
    return "the layout's selectors do not find it"


def _of_a_gap(fact: Fact, article: Article, layout: Layout) -> str | None:
    """That a fact is not given which every page of the layout had."""
    if by_layout(article, fact, layout) or value(article, fact.name):
        return None
    return "nothing gives it, and every page before had it"


def _shown(found: object) -> str:
    return ", ".join(map(str, found)) if isinstance(found, tuple) else str(found)
