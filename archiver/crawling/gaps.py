"""Windows of time in which nobody could look at an outlet: a run was missed, or its sources could not be read.

What was published and withdrawn in such a window, or fell out of a short feed, may be missing from the archive. How
often an outlet is usually looked at is learned from its own runs: the median of the times between their starts.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from archiver.duration import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archiver.crawling.account import Account

MISSED: Final = 1.75
"""So many usual intervals without a look at an outlet mean that a run was missed."""

_SHORTEST: Final = timedelta(minutes=10)
"""No shorter time is called a gap: runs by hand follow each other as they please."""

_LEARNED_FROM: Final = 30
_FEWEST: Final = 3
"""Intervals between runs: so many, the last ones, say what is usual; with fewer nothing is."""


class Gap(Struct, frozen=True, kw_only=True):
    """Nobody could look at the outlet from `since` until `until` (ISO 8601); None where it is not over."""

    outlet: str
    since: str
    until: str | None
    reason: str


def gaps(outlet: str, runs: Iterable[Account], now: datetime) -> list[Gap]:
    """The gaps of an outlet, oldest first, as its runs up to `now` (aware) show them.

    `runs` may come in any order and hold those of other outlets. One that began later than `now` counts for nothing:
    its clock was wrong.
    """
    started = {_start(run): run for run in runs if run.kind == "crawl" and outlet in run.outlets}
    found: list[Gap] = []
    intervals: deque[timedelta] = deque(maxlen=_LEARNED_FROM)
    before = look = None
    failures: list[Account] = []
    for start in sorted(moment for moment in started if moment <= now):
        run = started[start]
        if _looked(run, outlet):
            found += _gap(outlet, look, start, failures, intervals)
            look, failures = start, []
        elif _failed(run, outlet):
            failures.append(run)
        if before is not None:
            intervals.append(start - before)
        before = start
    if failures:
        since = look or _start(failures[0])
        found.append(Gap(outlet=outlet, since=since.isoformat(), until=None, reason=_down(failures, outlet)))
    elif (late := _missed(look, now, intervals)) is not None and look is not None:
        found.append(Gap(outlet=outlet, since=look.isoformat(), until=None, reason=late))
    return found


def declared(run: Account, earlier: Iterable[Account]) -> tuple[Gap, ...]:
    """The gaps that this run, which has ended, has to tell of: those that it closes, and those that it leaves open."""
    runs = [*earlier, run]
    return tuple(
        gap
        for outlet in run.outlets
        for gap in gaps(outlet, runs, _start(run))
        if gap.until in {None, _start(run).isoformat()}
    )


def _gap(
    outlet: str, look: datetime | None, start: datetime, failures: list[Account], intervals: Iterable[timedelta]
) -> list[Gap]:
    """What there was before a run that could look at the outlet again."""
    since = look or (_start(failures[0]) if failures else None)
    reason = _down(failures, outlet) if failures else _missed(look, start, intervals)
    if since is None or reason is None:
        return []
    return [Gap(outlet=outlet, since=since.isoformat(), until=start.isoformat(), reason=reason)]


def _missed(look: datetime | None, now: datetime, intervals: Iterable[timedelta]) -> str | None:
    known = [interval.total_seconds() for interval in intervals]
    if look is None or len(known) < _FEWEST:
        return None
    usual, passed = median(known), now - look
    if passed < _SHORTEST or passed.total_seconds() <= MISSED * usual:
        return None
    return f"no run for {in_words(passed.total_seconds())}, where one is usual every {in_words(usual)}"


def _down(failures: list[Account], outlet: str) -> str:
    runs = "1 run" if len(failures) == 1 else f"{len(failures)} runs"
    problem = next(visit.problem for visit in failures[-1].sources if visit.outlet == outlet)
    return f"{runs} could read none of its sources: {problem}"


def _looked(run: Account, outlet: str) -> bool:
    return any(visit.outlet == outlet and visit.problem is None for visit in run.sources)


def _failed(run: Account, outlet: str) -> bool:
    """Whether it tried; a run that was killed tells of no source, and one that was stopped may not have come to it."""
    return any(visit.outlet == outlet for visit in run.sources) and not _looked(run, outlet)


def _start(run: Account) -> datetime:
    return datetime.fromisoformat(run.started)
