"""Seeded breakages in every outlet's pages: how many are noticed, and how many `kliping heal` mends.

    python benchmarks/breakages.py [--articles] [--only OUTLET] [--kind BREAKAGE] [--verbose]

Pages are broken in each of the ways of `archiver.simulation.breakages`; those that one layout reads are broken and
healed together, as in a redesign. A breakage that changes nothing in what is extracted is harmless. The others are
noticed if `heal` finds a symptom, and healed if the broken page, read with the proposed layout, gives exactly what is
expected: text, title, names, dates and all other fields. A single field that differs is a failure.

By default the pages are the fixtures: what is expected is their expectation, and at hand are their captures, taken
before the redesign. With `--articles` they are those of the simulated newsrooms, and at hand are other articles alone:
what a page must give has to come from the page. What is expected is what the layout read before the page was broken.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from archiver.article import Article
from archiver.capture import Capture
from archiver.errors import NotFoundError
from archiver.extraction import extract, join
from archiver.fixtures.checks import value_of
from archiver.fixtures.expectation import STORY
from archiver.fixtures.store import find_fixtures
from archiver.healing import Sample, heal, read_samples
from archiver.healing.draft import with_layout
from archiver.healing.samples import sample
from archiver.outlet import Outlet
from archiver.outlets import load_outlets
from archiver.simulation.breakages import BREAKAGES, broken
from archiver.simulation.chance import chance
from archiver.simulation.desk import load_desk
from archiver.simulation.newsroom import publish
from archiver.simulation.pages import article_page
from archiver.simulation.prose import headline

FIXTURES = Path(__file__).parent.parent / "fixtures"
FIELDS = [name for name in STORY if name not in ("layout", "pages", "complete")]
SEED = 7
ARTICLES = 6
"""Articles before a redesign, and as many after it."""


@dataclass(frozen=True, slots=True)
class Story:
    """An article: its pages as captured before anything is broken, and what each field must be."""

    name: str
    layout: str | None
    expected: Mapping[str, object]
    pages: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that one layout reads: those to be broken, and the captures that are at hand."""

    outlet: Outlet
    stories: tuple[Story, ...]
    good: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One article under one breakage. `faults` are the fields that are wrong with the proposal."""

    outlet: str
    kind: str
    story: Story
    harmful: bool
    noticed: bool
    faults: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", action="store_true", help="other articles, not earlier captures, are at hand")
    parser.add_argument("--only", help="one outlet")
    parser.add_argument("--kind", help="one breakage")
    parser.add_argument("--verbose", action="store_true", help="tell of each article that is not healed")
    arguments = parser.parse_args()
    started = time.perf_counter()
    results = [
        result
        for outlet in load_outlets()
        if arguments.only in (None, outlet.name)
        for group in (of_the_newsroom(outlet) if arguments.articles else of_the_fixtures(outlet))
        for kind in BREAKAGES
        if arguments.kind in (None, kind)
        for result in measure(group, kind)
    ]
    for line in (*table(results), *matrix(results)):
        print(line)
    print(f"\n{len(results)} broken articles in {time.perf_counter() - started:.0f} s")
    for result in results if arguments.verbose else ():
        if result.harmful and result.faults:
            print(result.kind, f"{result.outlet}/{result.story.name}", result.story.layout, *result.faults)


def of_the_fixtures(outlet: Outlet) -> Iterator[Group]:
    """The outlet's fixtures that tell a whole story, by the layout that reads them."""
    groups: dict[str | None, list[Story]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as scratch:
        for fixture in find_fixtures(FIXTURES, [outlet.name]):
            expected = fixture.expectation()
            if expected.outcome == "saved" and expected.tells:
                read = read_samples([fixture.warc], outlet, Path(scratch), limit=100)
                pages = tuple(page for page in read.samples if page.url in expected.pages)
                values = {name: getattr(expected, name) for name in FIELDS}
                groups[expected.layout].append(Story(fixture.case, expected.layout, values, pages))
    for stories in groups.values():
        yield Group(outlet, tuple(stories), tuple(page for story in stories for page in story.pages))


def of_the_newsroom(outlet: Outlet) -> Iterator[Group]:
    """Articles of the outlet's simulated newsroom: the later half is broken, the earlier half is at hand."""
    try:
        desk = load_desk(outlet.name)
    except NotFoundError:
        return
    start = datetime.fromisoformat(desk.case.as_of)
    published = publish(desk, start, ARTICLES, seed=SEED, per_day=8)[: 2 * ARTICLES]
    stories: list[Story] = []
    for each in published:
        seen = each.published + timedelta(hours=2)
        case = desk.to_case(each, each.versions[0], seen, headline(chance(each.id)))
        answer = article_page(case)
        page = sample(Capture(each.url, answer.body, answer.headers, seen), outlet)
        article = page.article
        stories.append(Story(each.id, article.layout, {name: value_of(name, article) for name in FIELDS}, (page,)))
    before, after = stories[:ARTICLES], stories[ARTICLES:]
    yield Group(outlet, tuple(after), tuple(page for story in before for page in story.pages))


def measure(group: Group, kind: str) -> Iterator[Result]:
    """Break these articles, heal them together, and hold each against what is expected of it."""
    outlet = group.outlet
    pages = {
        story.name: [found for page in story.pages if (found := broken(page.capture, outlet, kind)) is not None]
        for story in group.stories
    }
    stories = [story for story in group.stories if len(pages[story.name]) == len(story.pages) > 0]
    healing = heal(outlet, [sample(page, outlet) for story in stories for page in pages[story.name]], group.good)
    noticed = {case.sample.url for case in healing.broken}
    mended = outlet
    for proposal in healing.proposals:
        mended = with_layout(mended, proposal.draft.layout)
    for story in stories:
        whole = faults(story, (page.article for page in story.pages))
        assert not whole, f"{outlet.name}/{story.name} fails before anything is broken: {whole}"  # noqa: S101
        yield Result(
            outlet.name,
            kind,
            story,
            bool(faults(story, (extract(page, outlet) for page in pages[story.name]))),
            any(page.url in noticed for page in pages[story.name]),
            tuple(faults(story, (extract(page, mended) for page in pages[story.name]))),
        )


def faults(story: Story, pages: Iterable[Article]) -> list[str]:
    """The fields in which the article is not what is expected."""
    articles = list(pages)
    saved = [article for article in articles if article.outcome == "saved"]
    article = join(saved) if saved else articles[0]
    wrong = [name for name in FIELDS if value_of(name, article) != story.expected[name]]
    return wrong if saved else ["outcome", *wrong]


def table(results: Sequence[Result]) -> Iterator[str]:
    """One row a breakage, then one row an outlet, as Markdown."""
    for title, key in (("breakage", "kind"), ("outlet", "outlet")):
        yield ""
        yield f"| {title} | articles | harmless | harmful | noticed | healed |"
        yield "|---|---|---|---|---|---|"
        rows: dict[str, Counter[str]] = defaultdict(Counter)
        for result in results:
            for name in (getattr(result, key), "all"):
                row = rows[name]
                row["articles"] += 1
                row["harmful"] += result.harmful
                row["noticed"] += result.harmful and result.noticed
                row["healed"] += result.harmful and not result.faults
        rows["all"] = rows.pop("all", Counter())
        for name, row in rows.items():
            harmful = row["harmful"]
            yield (
                f"| {name} | {row['articles']} | {row['articles'] - harmful} | {harmful} | "
                f"{_share(row['noticed'], harmful)} | {_share(row['healed'], harmful)} |"
            )


def matrix(results: Sequence[Result]) -> Iterator[str]:
    """Outlets by breakages: how many of the harmful ones are healed, `–` where none is harmful."""
    kinds = list(dict.fromkeys(result.kind for result in results))
    yield ""
    yield f"| healed of harmful | {' | '.join(kinds)} |"
    yield f"|---{'|---' * len(kinds)}|"
    for outlet in dict.fromkeys(result.outlet for result in results):
        cells = []
        for kind in kinds:
            harmful = [each for each in results if (each.outlet, each.kind, each.harmful) == (outlet, kind, True)]
            healed = sum(not each.faults for each in harmful)
            cells.append(f"{healed} of {len(harmful)}" if harmful else "–")
        yield f"| {outlet} | {' | '.join(cells)} |"


def _share(count: int, of: int) -> str:
    return f"{count} ({100 * count // of} %)" if of else "–"


if __name__ == "__main__":
    main()
