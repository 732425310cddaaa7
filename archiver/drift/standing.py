"""Where an outlet stands after the verdicts so far: which runs are no measure of what is normal, and what is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from archiver.drift.report import ALARMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archiver.drift.facts import RunFacts
    from archiver.drift.report import DriftReport


LASTING: Final = 3
"""Alarms in a row that are no whim."""


@dataclass(frozen=True, slots=True)
class Standing:
    """`episode` are the runs with an alarm since all was well, `open` the rules that the last of them breaks.

    Of this and earlier episodes no history is made: neither of the runs, `excluded`, nor of the captures that they laid
    aside, `aside`, which may be of runs before them. An episode of less than `LASTING` alarms that passed by itself is
    history: it was a whim of the outlet's, and next time it is nothing new. `since` is the first run of a state that
    somebody has accepted: nothing before it counts.
    """

    episode: tuple[str, ...] = ()
    open: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    aside: frozenset[str] = frozenset()
    since: str | None = None

    def is_quarantined(self, after: int) -> bool:
        """Whether articles wait, after so many alarms in a row; 0 is never."""
        return 0 < after <= len(self.episode)

    def history(self, runs: Iterable[RunFacts]) -> list[RunFacts]:
        """Those of the runs that say what is normal, without the captures that were laid aside."""
        counting = (
            run for run in runs if run.run not in self.excluded and (self.since is None or run.run >= self.since)
        )
        return [
            replace(run, pages=tuple(page for page in run.pages if page.record_id not in self.aside))
            for run in counting
        ]


def standing(reports: Iterable[DriftReport]) -> Standing:
    """Where an outlet stands; `reports` are its own, oldest first."""
    settled, now = Standing(), Standing()
    for report in reports:
        if report.state in ALARMS:
            now = Standing(
                (*now.episode, report.run),
                frozenset(breach.rule for breach in report.breaches),
                now.excluded | {report.run},
                now.aside.union(capture.record_id for capture in report.captures),
                now.since,
            )
            continue
        if report.state == "recovered" and len(now.episode) >= LASTING:
            settled = replace(now, episode=(), open=frozenset())
        elif report.state == "accepted" and now.episode:
            settled = Standing(since=now.episode[0])
        now = settled
    return now
