"""The review of a fixture: its pages with what became of every word, beside what is expected; one HTML file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from archiver.fixtures.attestation import standing
from archiver.fixtures.checks import as_lines, check_names, findings
from archiver.fixtures.expectation import MAKE_ARTICLES
from archiver.fixtures.words import in_folder
from archiver.reports.templating import template
from archiver.reports.xray import draw_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.fixtures.checks import Finding
    from archiver.fixtures.recording import Recording
    from archiver.fixtures.trial import Trial

_LONG: Final = frozenset({"body", "entries"})
"""Fields that are read line by line beside the page."""


@dataclass(frozen=True, slots=True)
class Row:
    """A field of the expectation: its lines, and the finding where today's reading is another."""

    name: str
    lines: list[str]
    finding: Finding | None

    @property
    def is_long(self) -> bool:
        """Whether it is the story."""
        return self.name in _LONG

    @property
    def is_empty(self) -> bool:
        """Whether nothing is expected and nothing came."""
        return not self.lines and self.finding is None


def draw_review(trial: Trial, recording: Recording) -> str:
    """The page for whoever vouches. Replays the fixture; raises as `archiver.fixtures.replay` does."""
    article = trial.replayed.article
    addresses = article.pages or (article.url,) if article else ()
    captures = [capture for url in addresses if (capture := recording.capture(url)) is not None]
    sheets = (
        sorted((draw_sheet(article, capture) for capture in captures), key=lambda each: each.number) if article else []
    )
    rows = list(_rows(trial))
    return template("review.html.j2").render(
        trial=trial,
        fixture=trial.fixture,
        expected=trial.expectation,
        sheets=sheets,
        rows=[row for row in rows if not row.is_empty],
        empty=[row.name for row in rows if row.is_empty],
        failed=[row.name for row in rows if row.finding],
        standing=standing(trial.expectation, recording),
        is_article=trial.expectation.outcome in MAKE_ARTICLES,
        option=in_folder(trial.fixture.warc.parents[1]),
    )


def _rows(trial: Trial) -> Iterator[Row]:
    found = {finding.field: finding for finding in findings(trial)}
    for name in check_names(trial):
        yield Row(name, as_lines(getattr(trial.expectation, name)), found.get(name))
