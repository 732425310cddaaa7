"""Judging an outlet's sources: how many addresses a sitemap, feed or listing names at this time of the day."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from archiver.drift.check import OPEN_SIGMAS, Check, Numbers, broken
from archiver.drift.statistics import spread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from archiver.drift.facts import RunFacts, Yield

_KNOWN: Final = 5
"""Days with a visit at the same time from which one can tell what a source names."""

_HOURS: Final = 0.75
"""A visit is compared with those of the same time of the day, up to so many hours before and after it.

What a source names goes with the day: a sitemap of today's news is empty at midnight.
"""

_LEAST: Final = math.log(3)
"""A third of what is usual is the most that is too little."""

_SOME: Final = 3
"""Addresses that a source must usually name for none of them to mean anything."""


def check_yields(
    run: RunFacts, history: Sequence[RunFacts], open_rules: frozenset[str], tolerance: float
) -> Iterator[Check]:
    """Each document of the run that was visited on enough days before, at this time of the day.

    It names too little if it names less than ever before at this time of the day, and far less than usual.
    """
    before: dict[str, list[tuple[datetime, int]]] = defaultdict(list)
    for earlier in history:
        for source in _largest(earlier.sources):
            before[source.url].append((earlier.started, source.candidates))
    for source in _largest(run.sources):
        alike = [visit for visit in before[source.url] if _hours_between(visit[0], run.started) <= _HOURS]
        if len({moment.date() for moment, _ in alike}) >= _KNOWN:
            yield _judge(source, [count for _, count in alike], open_rules, tolerance)


def check_silence(run: RunFacts) -> Iterator[Check]:
    """What cannot be right, whatever the history: that no source of an outlet names anything."""
    if run.sources and not any(source.candidates for source in run.sources):
        count = len(run.sources)
        numbers = Numbers("some", f"none in {count} of {count} documents", "no history yet")
        yield broken("nonsense:sources", "that were read", numbers, sources=run.sources)


def _judge(source: Yield, before: list[int], open_rules: frozenset[str], tolerance: float) -> Check:
    rule = f"yield:{source.url}"
    is_open = rule in open_rules
    sigmas = min(OPEN_SIGMAS, tolerance) if is_open else tolerance
    usual = spread([math.log1p(count) for count in before])
    limit = math.expm1(usual.median - max(sigmas * usual.sigma, _LEAST))
    median = math.expm1(usual.median)
    nothing = source.candidates == 0 and median >= _SOME
    if source.candidates >= min(before) or not (source.candidates < limit or nothing):
        return Check(rule, "kept")
    numbers = Numbers(
        f"about {median:.0f}, never below {min(before)}",
        f"{source.candidates} addresses",
        f"{sigmas:g} standard deviations, {len(before)} visits before at this time of the day",
    )
    return broken(rule, f"in {source.url}", numbers, sources=[source])


def _largest(sources: Sequence[Yield]) -> list[Yield]:
    """Of a document that was read several times in a run, the visit that found most."""
    best: dict[str, Yield] = {}
    for source in sources:
        if source.url not in best or source.candidates > best[source.url].candidates:
            best[source.url] = source
    return list(best.values())


def _hours_between(one: datetime, other: datetime) -> float:
    """On the clock face, whatever the day."""
    apart = abs((one - other).total_seconds()) / 3600 % 24
    return min(apart, 24 - apart)
