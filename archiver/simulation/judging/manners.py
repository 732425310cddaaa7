"""Checks of how the crawl behaved towards the servers: robots.txt, pauses, Retry-After, its name.

Pauses are real seconds, as the network saw the requests come in. One that comes over a fresh connection is late by its
handshake, so single pauses say little: judged are the time that all requests of a run to a host took, and the mean of
all pauses. The delay is judged by the runs at noon, whose delay is several times what a request takes without any.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from archiver.simulation.judging.check import Check, tally
from archiver.simulation.judging.evidence import moment_of
from archiver.simulation.plan import CONTACT, NOON_DELAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archiver.simulation.journal import Visit
    from archiver.simulation.judging.evidence import Evidence

_JITTER: Final = 0.5
"""The share of the delay by which a wait may be shorter: see the settings."""

_MEAN: Final = 0.75
"""The share of the delay that the mean pause must have: waits vary by half of the delay, so their mean varies too."""

_SLACK: Final = 0.5
"""Seconds by which the first request of a run may have come late, on a busy machine."""

_ROBOTS_AGE: Final = timedelta(hours=24)
"""How long a robots.txt may be relied on: RFC 9309, 2.4."""


def check_manners(evidence: Evidence) -> Iterator[Check]:
    """All checks of this module."""
    yield tally("nothing that robots.txt forbids is asked for", _permitted(evidence))
    yield tally("robots.txt is read before anything else of a host", _robots_first(evidence))
    yield tally("the delay is kept", _delays(evidence), f"{NOON_DELAY:g} s in the runs at noon, judged in real time")
    yield tally("Crawl-delay is kept", _crawl_delays(evidence))
    yield tally("Retry-After is waited for", _patience(evidence))
    yield tally("the user agent names a contact", _names(evidence))


def _permitted(evidence: Evidence) -> Iterator[str | None]:
    rules: dict[str, RobotFileParser] = {}
    for outlet, text in evidence.lived.robots.items():
        rules[outlet] = RobotFileParser()
        rules[outlet].parse(text.splitlines())
    for visit in evidence.lived.visits:
        if visit.outlet is None or visit.sight == "robots":
            continue
        story = evidence.stories.get(visit.story or "")
        closed = story is not None and story.named == "closed"
        forbidden = closed or not rules[visit.outlet].can_fetch("Kliping", visit.url)
        yield f"{visit.url} at {visit.time}" if forbidden else None


def _robots_first(evidence: Evidence) -> Iterator[str | None]:
    read: dict[str, Visit] = {}
    for visit in evidence.lived.visits:
        parts = urlsplit(visit.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if parts.path == "/robots.txt":
            read[origin] = visit
        elif origin not in read or moment_of(visit) - moment_of(read[origin]) > _ROBOTS_AGE:
            yield f"{visit.url} at {visit.time}: the robots.txt of {origin} was not read before"
        else:
            yield None


def _delays(evidence: Evidence) -> Iterator[str | None]:
    """For each run at noon and host the least time; then the mean of all their pauses."""
    noon = {run.number for run in evidence.lived.runs if evidence.plan.is_noon(run.started)}
    pauses: list[float] = []
    for (run, host), visits in _by_run_and_host(evidence.lived.visits):
        if run in noon and len(visits) > 1:
            ticks = [visit.tick for visit in visits]
            pauses += [later - earlier for earlier, later in pairwise(ticks)]
            yield _too_fast(run, host, ticks, NOON_DELAY * (1 - _JITTER))
    if pauses:
        mean = sum(pauses) / len(pauses)
        yield f"{mean:.3f} s between two requests on average" if mean < _MEAN * NOON_DELAY else None


def _crawl_delays(evidence: Evidence) -> Iterator[str | None]:
    wanted = {}
    for outlet, text in evidence.lived.robots.items():
        lines = (line.partition(": ") for line in text.splitlines())
        wanted[outlet] = next((float(value) for key, _, value in lines if key == "Crawl-delay"), None)
    pauses: dict[str, list[float]] = defaultdict(list)
    for (run, host), visits in _by_run_and_host(evidence.lived.visits):
        outlet = visits[0].outlet or ""
        delay = wanted.get(outlet)
        if delay is not None and len(visits) > 1:
            ticks = [visit.tick for visit in visits]
            pauses[outlet] += [later - earlier for earlier, later in pairwise(ticks)]
            yield _too_fast(run, host, ticks, delay)
    for outlet, found in pauses.items():
        mean, least = sum(found) / len(found), 0.9 * (wanted[outlet] or 0.0)
        yield f"{outlet}: {mean:.3f} s between two requests on average" if mean < least else None


def _too_fast(run: int, host: str, ticks: list[float], least: float) -> str | None:
    took, due = ticks[-1] - ticks[0], (len(ticks) - 1) * least - _SLACK
    return f"run {run}, {host}: {len(ticks)} requests in {took:.2f} s" if took < due else None


def _patience(evidence: Evidence) -> Iterator[str | None]:
    """After a refusal with Retry-After its host is left alone for so long, by the simulated clock."""
    closed: dict[str, Visit] = {}
    for visit in evidence.lived.visits:
        refused = closed.pop(visit.host, None)
        if refused is not None and refused.retry_after is not None:
            waited = moment_of(visit) - moment_of(refused)
            early = waited < timedelta(seconds=refused.retry_after)
            asked = f"{visit.host} asked for {refused.retry_after} s at {refused.time}"
            yield f"{asked}; the next request came after {waited.total_seconds():.1f} s" if early else None
        if visit.retry_after is not None:
            closed[visit.host] = visit


def _names(evidence: Evidence) -> Iterator[str | None]:
    for visit in evidence.lived.visits:
        named = visit.agent.startswith("Kliping/") and CONTACT in visit.agent
        yield None if named else f"{visit.url} at {visit.time}: {visit.agent!r}"


def _by_run_and_host(visits: Iterable[Visit]) -> Iterator[tuple[tuple[int, str], list[Visit]]]:
    found: dict[tuple[int, str], list[Visit]] = defaultdict(list)
    for visit in visits:
        found[visit.run, visit.host].append(visit)
    yield from found.items()
