"""What an outlet's earlier pages teach: who writes there, what a layout always gives, what was junk before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from archiver.article import Article, RemovalKind
from archiver.extraction import dom
from archiver.extraction.dom import Page
from archiver.healing.body import lines_of
from archiver.healing.facts import FACTS, by_layout
from archiver.healing.places import by_place
from archiver.healing.samples import Sample
from archiver.outlet import Layout, Outlet

OFTEN = 3
"""Pages of a layout from which on what all of them have is expected of the next."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Of pages that are read as they should be.

    `pages` are they, by layout. `usual` are the facts that a layout's own selectors gave on every one of its pages.
    `authors`, `editors` and `sections` are all that were printed, `names` the classes and ids of all elements. `junk`
    are removed lines with their kind, `lines` those of the stories.
    """

    pages: Mapping[str, tuple[Sample, ...]]
    usual: Mapping[str, frozenset[str]]
    authors: frozenset[str]
    editors: frozenset[str]
    sections: frozenset[str]
    names: frozenset[str]
    junk: Mapping[str, RemovalKind]
    lines: frozenset[str]
    places: Mapping[str, Layout]
    """For each layout the same by places in the tree: `archiver.healing.places`."""
    repeated: frozenset[str] = frozenset()
    """Lines that stand in several of the stories at hand and in none of before: `with_repeated`."""

    def latest(self, layout: str) -> float:
        """When the last page of the layout was captured, as a timestamp."""
        return max((page.date.timestamp() for page in self.pages.get(layout, ())), default=float("-inf"))

    def is_usual(self, layout: str | None, name: str) -> bool:
        """Whether the layout's own selectors gave the fact on all its pages."""
        return name in self.usual.get(layout or "", ())

    def is_certain(self, layout: str | None, name: str) -> bool:
        """The same, and there were enough pages to expect it of the next."""
        return self.is_usual(layout, name) and len(self.pages.get(layout or "", ())) >= OFTEN


def remember(samples: Sequence[Sample], outlet: Outlet) -> Memory:
    """What these pages teach, all of them read as they should be."""
    articles = [sample.article for sample in samples]
    pages: dict[str, list[Sample]] = {}
    for sample in samples:
        pages.setdefault(sample.article.layout or "", []).append(sample)
    return Memory(
        pages={name: tuple(found) for name, found in pages.items()},
        usual=_usual(articles, outlet),
        authors=frozenset(name for article in articles for name in article.authors),
        editors=frozenset(name for article in articles for name in article.editors),
        sections=frozenset(article.section for article in articles if article.section),
        names=frozenset(name for sample in samples for name in names_on(sample.page)),
        junk=junk_of(articles),
        lines=frozenset(line for article in articles for line in lines_of(article)),
        places={
            layout.name: placed
            for layout in outlet.layouts
            if (placed := by_place(layout, [sample.page for sample in pages.get(layout.name, ())])) is not None
        },
    )


def with_repeated(memory: Memory, samples: Sequence[Sample]) -> Memory:
    """The same, with what the stories of these pages repeat; they may be broken."""
    stories = {sample.article.title or sample.url: sample.article for sample in samples}
    counts = Counter(line for article in stories.values() for line in set(lines_of(article)))
    return replace(memory, repeated=frozenset(line for line in counts if counts[line] > 1) - memory.lines)


def names_on(page: Page) -> frozenset[str]:
    """The classes and ids of a page."""
    return frozenset(
        name
        for node in page.all("[class], [id]")
        for name in f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}".split()
    )


def junk_of(articles: Sequence[Article]) -> dict[str, RemovalKind]:
    """Each line that was removed from these articles, with its kind."""
    return {
        line: removal.kind
        for article in articles
        for removal in article.removed
        if removal.rule != "outside-body"
        for line in map(dom.fold, removal.text.split("\n"))
        if line
    }


def _usual(articles: Sequence[Article], outlet: Outlet) -> dict[str, frozenset[str]]:
    counts: dict[str, Counter[str]] = {}
    pages = Counter(article.layout for article in articles)
    layouts = {layout.name: layout for layout in outlet.layouts}
    for article in articles:
        layout = layouts.get(article.layout or "")
        if layout is not None:
            given = counts.setdefault(layout.name, Counter())
            given.update(name for name, fact in FACTS.items() if by_layout(article, fact, layout))
    return {name: frozenset(fact for fact in given if given[fact] == pages[name]) for name, given in counts.items()}
