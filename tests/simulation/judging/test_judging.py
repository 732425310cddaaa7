"""The judge finds nothing in a sound simulation, and finds each fault that is planted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archiver.simulation.judging import judge
from archiver.simulation.judging.check import Check, tally
from archiver.simulation.month import Lived
from tests.simulation.judging import faults
from tests.simulation.judging.faults import Fault

PLANTED: dict[str, list[Fault]] = {
    "every story that was up": [faults.a_story_nobody_saved],
    "each version that was shown": [faults.a_version_the_archive_lacks],
    "title and text": [faults.another_text],
    "corrections are seen": [faults.a_correction_nobody_saw],
    "withdrawals are noted": [faults.a_withdrawal_nobody_noted],
    "visits of the plan": [faults.no_second_visits],
    "no address is asked for": [faults.every_request_twice],
    "the ledger says of each address": [faults.another_sight],
    "what robots.txt forbids is told": [faults.stories_that_were_closed],
    "missed runs and outages": [faults.an_outage_nobody_told],
    "nothing that robots.txt forbids": [faults.stories_that_were_closed, faults.a_stricter_robots_txt],
    "robots.txt is read": [faults.no_robots_txt_read],
    "the delay is kept": [faults.no_pauses],
    "Crawl-delay is kept": [faults.a_stricter_robots_txt],
    "Retry-After": [faults.a_refusal_before_each_request],
    "the user agent": [faults.no_name],
    "every run ends by itself": [faults.all_crashed],
    "a run in fair weather": [faults.all_partial],
    "there is no alarm": [faults.all_alarmed],
    "the redesign is alarmed": [faults.a_redesign_nobody_saw, faults.an_alarm_without_a_report],
    "the recovery is told": [faults.a_recovery_nobody_told],
}
DAMAGED: dict[str, Callable[[Path], None]] = {
    "every run's ledger": faults.lose_a_line,
    "the archive verifies": faults.flip_a_byte,
}


def check_of(checks: Iterator[Check], claim: str) -> Check:
    return next(check for check in checks if check.claim.startswith(claim))


def test_a_sound_simulation_has_no_failure_and_cases_for_what_it_can_show(lived: Lived) -> None:
    checks = tuple(judge(lived))
    assert {check.claim: check.failures[:3] for check in checks if check.failures} == {}
    untried = {check.claim for check in checks if check.verdict == "not tried"}
    assert untried == {
        "the redesign is alarmed in the next run",
        "the recovery is told after the new layout",
        "missed runs and outages are declared as gaps",
        "withdrawals are noted, and the captures kept",
    }


@pytest.mark.parametrize(
    ("claim", "fault"),
    [(claim, fault) for claim, planted in PLANTED.items() for fault in planted],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_planted_fault_is_found(claim: str, fault: Fault, lived: Lived) -> None:
    assert check_of(judge(fault(lived)), claim).verdict == "FAILED"


@pytest.mark.parametrize(("claim", "damage"), DAMAGED.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_a_damaged_archive_is_found(claim: str, damage: Callable[[Path], None], lived: Lived, tmp_path: Path) -> None:
    copy = faults.moved(lived, tmp_path / "copy")
    damage(copy.plan.archive)
    assert check_of(judge(copy), claim).verdict == "FAILED"


def test_every_claim_has_a_fault_that_it_must_find(lived: Lived) -> None:
    claims = {check.claim for check in judge(lived)}
    planted = {claim for claim in claims for start in (*PLANTED, *DAMAGED) if claim.startswith(start)}
    assert planted == claims


def test_a_claim_without_a_case_is_not_tried() -> None:
    assert tally("all swans are white", []).verdict == "not tried"
    assert tally("all swans are white", [None, None]).verdict == "ok"
    assert tally("all swans are white", [None, "one is black"]).verdict == "FAILED"
