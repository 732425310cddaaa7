"""From captures to a proposal: which pages are broken, what they must give, and the layouts that read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from archiver.article import Article
from archiver.extraction import extract
from archiver.healing.body import find_story
from archiver.healing.cases import Case, Symptom
from archiver.healing.draft import Draft, draft, with_layout
from archiver.healing.expected import expected, read_by_place
from archiver.healing.identity import queries
from archiver.healing.lookup import Lookup
from archiver.healing.memory import Memory, remember, with_repeated
from archiver.healing.samples import Sample
from archiver.healing.symptoms import STORIES, examine
from archiver.outlet import Layout, Outlet

_SAID: Final = (
    *("outcome", "title", "lead", "authors", "editors", "published", "modified", "dateline", "section", "tags"),
    *("source", "images", "more_pages", "text"),
)


@dataclass(frozen=True, slots=True)
class Healed:
    """A broken page as the proposal reads it, and what is still wrong with it."""

    case: Case
    after: Article
    left: tuple[Symptom, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A new layout for the pages that `base` read once. `changed` are good pages that would be read otherwise."""

    draft: Draft
    pages: tuple[Healed, ...]
    good: int
    changed: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Healing:
    """What came of it. `refused` are the pages that no proposal was found for, by the layout that read their like.

    `skipped` are pages that tell no story, by their outcome: challenges, paywalls.
    """

    outlet: Outlet
    fitting: tuple[Sample, ...]
    broken: tuple[Case, ...]
    proposals: tuple[Proposal, ...]
    refused: Mapping[str, tuple[Case, ...]]
    skipped: tuple[Sample, ...]


def heal(outlet: Outlet, samples: Sequence[Sample], good: Sequence[Sample] = ()) -> Healing:
    """Examine these captures, of the outlet and oldest first, and propose layouts for the broken ones.

    `good` are captures that are read as they should be; those of `samples` that show no fault are taken as such too.
    The same captures give the same proposal.
    """
    fine = [sample for sample in good if sample.article.method == "layout" and sample.article.outcome == "saved"]
    fitting, broken, skipped = _sort(outlet, samples, fine)
    memory = with_repeated(remember([*fine, *fitting], outlet), samples)
    groups: dict[str, list[Case]] = {}
    for case in broken:
        groups.setdefault(case.base.name, []).append(case)
    drafts: list[tuple[Draft, list[Case]]] = []
    refused: dict[str, tuple[Case, ...]] = {}
    trial = outlet
    for name, cases in sorted(groups.items(), key=lambda group: group[1][0].sample.date):
        foreign = [case.sample for case in broken if case.base.name != name]
        found = draft(trial, cases[0].base, cases, [*fine, *fitting], foreign, memory)
        if found is None:
            refused[name] = tuple(cases)
        else:
            drafts.append((found, cases))
            trial = with_layout(trial, found.layout)
    proposals = tuple(_tried(trial, found, cases, [*fine, *fitting], memory) for found, cases in drafts)
    return Healing(outlet, tuple(fitting), tuple(broken), proposals, refused, tuple(skipped))


def _sort(
    outlet: Outlet, samples: Sequence[Sample], good: Sequence[Sample]
) -> tuple[list[Sample], list[Case], list[Sample]]:
    """The captures that fit, the broken ones, and those that tell no story."""
    earlier = {_key(sample.url): sample.article for sample in good}
    memory = with_repeated(remember(good, outlet), samples)
    fitting: list[Sample] = []
    broken: list[Case] = []
    skipped: list[Sample] = []
    for sample in sorted(samples, key=lambda sample: sample.date):
        article = sample.article
        before = earlier.get(_key(sample.url))
        lookup = Lookup(sample.page)
        if not _tells(article, before, lookup):
            skipped.append(sample)
            continue
        base = _base(outlet, sample, before, memory)
        truth, told = (before, True) if before else expected(sample, lookup, base, memory, outlet)
        case = Case(sample, base, truth, before is not None, told, (), lookup)
        symptoms = examine(case, article, outlet, base, memory)
        if symptoms:
            broken.append(replace(case, symptoms=symptoms))
        else:
            fitting.append(sample)
            earlier[_key(sample.url)] = article
    return fitting, broken, skipped


def _tells(article: Article, before: Article | None, lookup: Lookup) -> bool:
    """Whether the page tells a story, or should; one that says that there is none must print it all the same."""
    if article.outcome == "soft_404":
        return before is not None and find_story(lookup, before) is not None
    return article.outcome in STORIES and (before is not None or bool(article.text))


def _key(url: str) -> str:
    """An address as the same article has it under http and https."""
    parts = urlsplit(url)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


def _base(outlet: Outlet, sample: Sample, before: Article | None, memory: Memory) -> Layout:
    """The layout that the page's own is made from: the one that read it once, reads it now, or fits it best."""
    by_name = {layout.name: layout for layout in outlet.layouts}
    if before is not None and before.layout in by_name:
        return by_name[before.layout]
    if sample.article.layout is not None and sample.article.layout in memory.pages:
        return by_name[sample.article.layout]
    usual = sorted(memory.pages, key=lambda name: (-len(memory.pages[name]), name))
    placed = (name for name in usual if name in by_name and read_by_place(sample, by_name[name], memory, outlet))
    if (name := next(placed, sample.article.layout)) is not None and name in by_name:
        return by_name[name]
    order = list(by_name)
    return max(
        outlet.layouts,
        key=lambda layout: (_alive(layout, sample), memory.latest(layout.name), -order.index(layout.name)),
    )


def _alive(layout: Layout, sample: Sample) -> int:
    """How many selectors of the layout still match something on the page."""
    return sum(sample.page.first(query) is not None for query in dict.fromkeys(queries(layout)))


def _tried(trial: Outlet, found: Draft, cases: Sequence[Case], good: Sequence[Sample], memory: Memory) -> Proposal:
    """What the outlet with all its new layouts makes of the broken pages, and of the good ones."""
    pages = []
    for case in cases:
        after = extract(case.sample.capture, trial)
        pages.append(Healed(case, after, examine(case, after, trial, found.base, memory)))
    changed = tuple(sample for sample in good if not _same(sample.article, extract(sample.capture, trial)))
    return Proposal(found, tuple(pages), len(good), changed)


def _same(before: Article, after: Article) -> bool:
    """Whether both say the same, whichever layout gave it."""
    return all(getattr(before, name) == getattr(after, name) for name in _SAID)
