"""How good drafts are: each built-in outlet is drafted from its own fixtures as if nobody knew it, then read back.

python benchmarks/drafts.py [OUTLET...]

A draft is compared with what the fixtures expect, beside what the fallback gives for the same pages.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archiver.article import Article
from archiver.drafting.draft import draft
from archiver.drafting.material import read_material
from archiver.fixtures.checks import body_lines
from archiver.fixtures.expectation import Expectation
from archiver.fixtures.store import find_fixtures
from archiver.outlets import Outlets, load_outlets
from archiver.warcfile import WarcPages

FIXTURES = Path(__file__).parent.parent / "fixtures"


@dataclass(frozen=True, slots=True)
class Score:
    """How many of the stories have the right title, date and body."""

    stories: int
    title: int
    date: int
    body: int

    def __add__(self, other: Score) -> Score:
        return Score(
            self.stories + other.stories, self.title + other.title, self.date + other.date, self.body + other.body
        )

    def __str__(self) -> str:
        return f"{self.title:2} {self.date:2} {self.body:2} of {self.stories:2}"


def scores(name: str) -> tuple[Score, Score]:
    """Those of the drafted outlet and of the fallback."""
    fixtures = [fixture for fixture in find_fixtures(FIXTURES, [name]) if fixture.expectation().body]
    with tempfile.TemporaryDirectory() as scratch:
        material = read_material([FIXTURES / name], Path(scratch))
    outlet = draft(name, material.domain, material.documents, material.captures).outlet
    wanted = [(fixture.warc, fixture.expectation()) for fixture in fixtures]
    return _score(wanted, Outlets([outlet])), _score(wanted, Outlets(()))


def _score(wanted: Sequence[tuple[Path, Expectation]], outlets: Outlets) -> Score:
    read = list(_read(wanted, outlets))
    return Score(
        len(read),
        sum(article.title == expected.title for article, expected in read),
        sum(article.published == expected.published for article, expected in read),
        sum(body_lines(article) == expected.body for article, expected in read),
    )


def _read(wanted: Sequence[tuple[Path, Expectation]], outlets: Outlets) -> Iterator[tuple[Article, Expectation]]:
    for warc, expected in wanted:
        with tempfile.TemporaryDirectory() as scratch:
            yield WarcPages(warc, outlets, Path(scratch)).article(expected.url), expected


def main(names: Sequence[str]) -> None:
    print("title, date, body   drafted          fallback")
    total = Score(0, 0, 0, 0), Score(0, 0, 0, 0)
    for name in names or [outlet.name for outlet in load_outlets()]:
        drafted, fallback = scores(name)
        total = total[0] + drafted, total[1] + fallback
        print(f"{name:<18}  {drafted}   {fallback}")
    print(f"{'all':<18}  {total[0]}   {total[1]}")


if __name__ == "__main__":
    main(sys.argv[1:])
