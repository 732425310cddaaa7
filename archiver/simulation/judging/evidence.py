"""What the judge has before it: what the network did and saw, and what the archive has to show for it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from archiver.archive import Archive
from archiver.catalog import Catalog
from archiver.crawling.account import read_account
from archiver.crawling.ledger import read_ledger
from archiver.drift.report import reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archiver.catalog import Entry
    from archiver.crawling.account import Account
    from archiver.crawling.ledger import Line
    from archiver.simulation.journal import Visit
    from archiver.simulation.month import Lived
    from archiver.simulation.newsroom import Story

REVISITS: Final = (timedelta(hours=1), timedelta(hours=24), timedelta(days=7))
"""When an article is to be visited again, counted from its first visit: the judge's own copy of the promise."""

SHOWN: Final = frozenset({"story"})
ANSWERED: Final = frozenset({"story", "wall", "excuse", "gone"})
"""Sights that are the last word on an address: the visitor has no reason to come back but the plan of revisits."""

FAIR: Final = frozenset({"robots", "source", "story", "wall", "excuse", "gone", "moved", "unknown"})
"""Sights of an outlet that is well; all others are bad weather."""

AFTERMATH: Final = timedelta(days=2)
"""How long after the new layout an alarm may still go on: the outlet's pages must be seen to be well again."""

RUN: Final = timedelta(minutes=10)
"""More than any run takes on the simulated clock."""

SKEW: Final = timedelta(seconds=5)
"""By how much the clock of a crawl may be behind the network's: it starts when the crawl has loaded."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a run wrote down about itself."""

    account: Account
    lines: tuple[Line, ...]


class Evidence:
    """The simulation and its archive, sorted by what the checks ask for."""

    def __init__(self, lived: Lived) -> None:
        self.lived = lived
        self.plan = lived.plan
        self.archive = Archive.open(lived.plan.archive)
        self.stories = {story.id: story for story in lived.stories}
        self.visits: dict[str, list[Visit]] = defaultdict(list)
        self._seen_in: dict[tuple[int, str], set[str]] = defaultdict(set)
        self._owners = {_plain(url): story.id for story in lived.stories for url in (story.url, story.address)}
        for visit in lived.visits:
            if visit.story is not None:
                self.visits[visit.story].append(visit)
                self._owners[_plain(visit.url)] = visit.story
            if visit.outlet is not None:
                self._seen_in[visit.run, visit.outlet].add(visit.sight)
        self.calm = {outlet: list(self._calm(outlet)) for outlet in self.plan.outlets}
        self.records = tuple(self._records())
        self.recoveries = tuple(self._recoveries())
        self.versions = self._versions()

    def calm_within(self, outlet: str, start: datetime, end: datetime) -> bool:
        """Whether a run in fair weather began in [`start`, `end`): what was up then was to be had."""
        moments = self.calm[outlet]
        at = bisect_left(moments, start)
        return at < len(moments) and moments[at] < end

    def first_visit(self, story: Story) -> datetime | None:
        """When the network first showed anything of the story."""
        return next((moment_of(visit) for visit in self.visits[story.id] if visit.sight in ANSWERED), None)

    def first_shown(self, story: Story) -> datetime | None:
        """When the network first showed the story itself."""
        return next((moment_of(visit) for visit in self.visits[story.id] if visit.sight in SHOWN), None)

    def dues(self, story: Story) -> Iterator[datetime]:
        """When the story was to be visited again.

        Left out are visits that the simulation was too short for, and those after which no run met fair weather within
        half the time that is allowed (`patience`).
        """
        first = self.first_visit(story)
        if first is None:
            return
        for due in (first + span for span in REVISITS):
            if due + self.patience <= self.plan.end and self.calm_within(story.outlet, due, due + self.patience / 2):
                yield due

    @property
    def patience(self) -> timedelta:
        """How late a visit may be: it waits for the next run, and a run for its predecessor."""
        return 2 * self.plan.every

    def owner(self, url: str) -> str | None:
        """The story that has this address."""
        return self._owners.get(_plain(url))

    def lines(self, story: Story) -> Iterator[Line]:
        """What the ledgers say of the story's addresses, run after run."""
        yield from self._lines.get(story.id, ())

    def in_the_dark(self, outlet: str, moment: datetime) -> bool:
        """Whether the outlet's pages had a dress for which it had no layout yet."""
        plan = self.plan
        if outlet != plan.outlets[0] or plan.redesigned is None or plan.mended is None:
            return False
        return plan.redesigned <= moment < plan.mended

    def may_wait(self, outlet: str, moment: datetime) -> bool:
        """Whether the outlet's articles may be in quarantine: until a run tells its recovery, at most two days long."""
        redesigned, mended = self.plan.redesigned, self.plan.mended
        if outlet != self.plan.outlets[0] or redesigned is None or mended is None:
            return False
        return redesigned <= moment <= min([mended + AFTERMATH, *self.recoveries]) + RUN

    def _calm(self, outlet: str) -> Iterator[datetime]:
        """The runs that read a source of the outlet and met no bad weather there."""
        for run in self.lived.runs:
            seen = self._seen_in[run.number, outlet]
            if "source" in seen and seen <= FAIR:
                yield run.started

    def _recoveries(self) -> Iterator[datetime]:
        """When runs told that the redesigned outlet is well again, after it had its new layout."""
        told = (report for report in reports(self.archive, self.plan.outlets[0]) if report.state == "recovered")
        moments = (datetime.fromisoformat(report.time) for report in told)
        yield from (moment for moment in moments if self.plan.mended and moment >= self.plan.mended)

    def _records(self) -> Iterator[Record]:
        self._lines: dict[str, list[Line]] = defaultdict(list)
        for folder in sorted(self.archive.runs.iterdir()):
            record = Record(read_account(folder / "run.json"), tuple(read_ledger(folder / "ledger.jsonl")))
            for line in record.lines:
                if (owner := self.owner(line.url)) is not None:
                    self._lines[owner].append(line)
            yield record

    def _versions(self) -> dict[str, list[Entry]]:
        """All versions that the archive has of each story, whatever address they stand under."""
        found: dict[str, list[Entry]] = {}
        with Catalog(self.archive.catalog, read_only=True) as catalog:
            for story in self.lived.stories:
                addresses = {story.url, story.address, *(visit.url for visit in self.visits[story.id])}
                entries = {entry.record_id: entry for url in addresses for entry in catalog.versions(url)}
                found[story.id] = sorted(entries.values(), key=lambda entry: entry.captured)
        return found


def shown_versions(visits: Iterable[Visit]) -> list[int]:
    """The story's versions that the network has shown, without repetitions."""
    shown: list[int] = []
    for visit in visits:
        if visit.sight in SHOWN and visit.version is not None and shown[-1:] != [visit.version]:
            shown.append(visit.version)
    return shown


def moment_of(visit: Visit) -> datetime:
    """When it was, by the simulated clock."""
    return datetime.fromisoformat(visit.time)


def _plain(url: str) -> str:
    """Without a tracking parameter."""
    return url.partition("?utm_")[0]
