"""Checks of what the runs wrote down: the sums, what became of each address, and when nobody could look."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Final

from archiver.simulation.judging.check import Check, tally
from archiver.simulation.judging.evidence import moment_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archiver.simulation.judging.evidence import Evidence

_OUTCOMES: Final[Mapping[str, frozenset[str]]] = {
    "story": frozenset({"saved", "updated", "unchanged", "duplicate"}),
    "wall": frozenset({"consent_wall"}),
    "excuse": frozenset({"soft_404"}),
    "gone": frozenset({"gone"}),
    "moved": frozenset({"redirected"}),
}
"""Under which outcomes a ledger may have what the network showed."""


_UNREAD: Final = frozenset({"deferred", "server_error", "timeout"})
"""What may be told of an address whose robots.txt could not be read in bad weather."""


def check_ledgers(evidence: Evidence) -> Iterator[Check]:
    """All checks of this module."""
    yield tally("every run's ledger adds up", _sums(evidence))
    yield tally("the ledger says of each address what was shown there", _agreement(evidence))
    yield tally("what robots.txt forbids is told as such", _refused(evidence))
    yield tally("missed runs and outages are declared as gaps", _gaps(evidence))


def _sums(evidence: Evidence) -> Iterator[str | None]:
    """Discovered are as many as the ledger has lines, each address once, and the counts say the same."""
    for record in evidence.records:
        account, lines = record.account, record.lines
        counts = dict(Counter(line.outcome for line in lines))
        addresses = len({line.url for line in lines})
        if account.discovered == len(lines) == addresses and counts == account.counts and account.finished:
            yield None
        else:
            yield f"{account.run}: {account.discovered} discovered, {len(lines)} lines, counts {account.counts}"


def _agreement(evidence: Evidence) -> Iterator[str | None]:
    """The last answer of a run counts. Of pages in a dress without a layout the ledger may also say that they wait."""
    names = {run.number: run.report.run for run in evidence.lived.runs}
    lines = {(record.account.run, line.url): line for record in evidence.records for line in record.lines}
    last = {(visit.run, visit.url): visit for visit in evidence.lived.visits if visit.story is not None}
    for (run, url), visit in last.items():
        wait = {"deferred"} if evidence.may_wait(visit.outlet or "", moment_of(visit)) else set()
        line = lines.get((names.get(run) or "", url))
        told = line.outcome if line else "nothing"
        well = told in _OUTCOMES.get(visit.sight, frozenset({told})) | wait
        yield None if well else f"run {run}: {url} showed a {visit.sight}, the ledger says {told}"


def _refused(evidence: Evidence) -> Iterator[str | None]:
    """Stories that stand where robots.txt lets nobody in, and were named by a source that was read."""
    for story in evidence.lived.stories:
        end = min(story.withdrawn or evidence.plan.end, evidence.plan.end)
        if story.named == "closed" and evidence.calm_within(story.outlet, story.published, end):
            told = {line.outcome for line in evidence.lines(story)} - _UNREAD
            yield None if told == {"blocked_by_robots"} else f"{story.url}: {', '.join(sorted(told)) or 'not told'}"


def _gaps(evidence: Evidence) -> Iterator[str | None]:
    """Times in which no run began, or in which all that began met an outage."""
    told = [gap for record in evidence.records for gap in record.account.gaps]
    runs = [run.started for run in evidence.lived.runs]
    wanted = [(outlet, *evidence.plan.asleep) for outlet in evidence.plan.outlets if evidence.plan.asleep]
    wanted += [(spell.outlet, spell.start, spell.end) for spell in evidence.lived.spells if spell.kind == "outage"]
    for outlet, start, end in wanted:
        before, after = (sum(run < start for run in runs), sum(run >= end for run in runs))
        if not before or not after:
            continue
        found = any(
            gap.outlet == outlet
            and datetime.fromisoformat(gap.since) <= start
            and gap.until is not None
            and datetime.fromisoformat(gap.until) >= end
            for gap in told
        )
        yield None if found else f"{outlet}: nobody could look from {start} to {end}, and no run tells it"
