"""Checks of how the runs ended, of the alarm at the redesign, and of the archive as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archiver.drift.report import reports
from archiver.errors import ExitCode
from archiver.simulation.judging.check import Check, tally
from archiver.simulation.judging.evidence import AFTERMATH
from archiver.verification import verify_archive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.simulation.judging.evidence import Evidence
    from archiver.simulation.month import Run

_ENDINGS: Final = frozenset({ExitCode.OK, ExitCode.PARTIAL, ExitCode.DRIFT})


def check_runs(evidence: Evidence) -> Iterator[Check]:
    """All checks of this module."""
    yield tally("every run ends by itself, with a documented code", _endings(evidence))
    yield tally("a run in fair weather leaves nothing behind", _calm(evidence))
    yield tally("the redesign is alarmed in the next run", _alarm(evidence))
    yield tally("the recovery is told after the new layout", _recovery(evidence))
    yield tally("there is no alarm without a redesign", _false_alarms(evidence))
    yield tally("the archive verifies", _verified(evidence))


def _endings(evidence: Evidence) -> Iterator[str | None]:
    for run in evidence.lived.runs:
        report = run.report
        well = report.run is not None and report.exit_code in _ENDINGS
        yield None if well else f"run {run.number}: exit code {report.exit_code}: {'; '.join(report.problems)}"


def _calm(evidence: Evidence) -> Iterator[str | None]:
    """Runs in which no outlet met bad weather have no cause for exit code 2."""
    calm = [set(moments) for moments in evidence.calm.values()]
    for run in evidence.lived.runs:
        if all(run.started in moments for moments in calm):
            left = run.report.exit_code == ExitCode.PARTIAL
            yield f"run {run.number}: exit code 2: {'; '.join(run.report.problems)}" if left else None


def _alarm(evidence: Evidence) -> Iterator[str | None]:
    """The first run that was shown a page in the new dress ends in 3, and a report names the outlet."""
    run = _first_dressed(evidence)
    if run is None:
        return
    if run.report.exit_code != ExitCode.DRIFT:
        yield f"run {run.number} of {run.started} met the new pages and ended in {run.report.exit_code}"
        return
    outlet = evidence.plan.outlets[0]
    told = [report for report in reports(evidence.archive) if report.run == run.report.run]
    named = any(report.outlet == outlet and report.breaches for report in told)
    yield None if named else f"run {run.number}: no report names {outlet}"


def _recovery(evidence: Evidence) -> Iterator[str | None]:
    plan = evidence.plan
    if plan.mended is None or plan.mended + AFTERMATH > plan.end or _first_dressed(evidence) is None:
        return
    in_time = any(moment <= plan.mended + AFTERMATH for moment in evidence.recoveries)
    yield None if in_time else f"{plan.outlets[0]} has its layout since {plan.mended}, and no run tells a recovery"


def _false_alarms(evidence: Evidence) -> Iterator[str | None]:
    plan = evidence.plan
    for run in evidence.lived.runs:
        trouble = plan.redesigned and plan.mended and plan.redesigned <= run.started <= plan.mended + AFTERMATH
        if not trouble:
            words = "; ".join(run.report.problems)
            yield f"run {run.number} of {run.started}: {words}" if run.report.exit_code == ExitCode.DRIFT else None


def _verified(evidence: Evidence) -> Iterator[str | None]:
    records = 0

    def count(*_: object) -> None:
        nonlocal records
        records += 1

    for finding in verify_archive(evidence.archive, on_record=count):
        yield f"{finding.file}:{finding.offset}: {finding.code}: {finding.message}"
    yield from (None for _ in range(records))


def _first_dressed(evidence: Evidence) -> Run | None:
    """The first run that was shown a story of the redesigned outlet after its redesign."""
    plan = evidence.plan
    if plan.redesigned is None:
        return None
    shown = {visit.run for visit in evidence.lived.visits if visit.outlet == plan.outlets[0] and visit.sight == "story"}
    later = (run for run in evidence.lived.runs if run.started >= plan.redesigned and run.number in shown)
    return next(later, None)
