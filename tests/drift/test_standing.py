from __future__ import annotations

from archiver.drift.report import Aside, Breach, DriftReport, State
from archiver.drift.standing import Standing, standing
from tests.drift.support import FACTS, run, run_id


def said(hour: int, state: State, *rules: str, aside: tuple[str, ...] = ()) -> DriftReport:
    breaches = tuple(Breach(rule, "", "", "", "") for rule in rules)
    captures = tuple(Aside("", record_id, "", 0, "") for record_id in aside)
    return DriftReport(outlet="contoh", run=run_id(hour), time="", state=state, breaches=breaches, captures=captures)


def test_an_outlet_without_a_verdict_has_nothing_open() -> None:
    assert standing([]) == Standing()


def test_alarms_in_a_row_are_an_episode_and_the_last_says_what_is_open() -> None:
    now = standing([said(1, "break", "fallback", "missing:lead"), said(3, "break", "fallback")])
    assert now.episode == (run_id(1), run_id(3))
    assert now.open == {"fallback"}
    assert now.is_quarantined(2)
    assert not now.is_quarantined(3)
    assert not now.is_quarantined(0)


def test_runs_with_an_alarm_are_no_history() -> None:
    now = standing([said(2, "break", "fallback")])
    assert [found.run for found in now.history([run(1), run(2), run(3)])] == [run_id(1), run_id(3)]


def test_what_an_alarm_laid_aside_of_earlier_runs_is_no_history_either() -> None:
    now = standing([said(2, "break", "fallback", aside=("1-0", "2-0"))])
    pages = [page.record_id for found in now.history([run(1, [FACTS, FACTS]), run(2, [FACTS])]) for page in found.pages]
    assert pages == ["1-1"]


def test_what_lasted_stays_out_of_the_history_after_its_end() -> None:
    now = standing([*(said(hour, "break", "fallback") for hour in (1, 2, 3)), said(4, "recovered")])
    assert now.episode == ()
    assert now.open == frozenset()
    assert [found.run for found in now.history(map(run, range(6)))] == [run_id(0), run_id(4), run_id(5)]


def test_what_passed_by_itself_is_nothing_new_the_next_time() -> None:
    now = standing([said(1, "break", "fallback"), said(2, "recovered")])
    assert len(now.history(map(run, range(4)))) == 4


def test_history_begins_anew_with_what_was_accepted() -> None:
    now = standing([said(2, "break", "fallback"), said(4, "quarantined", "fallback"), said(4, "accepted")])
    assert now.episode == ()
    assert [found.run for found in now.history(map(run, range(6)))] == [run_id(hour) for hour in (2, 3, 4, 5)]


def test_what_lasted_earlier_stays_out_when_something_passes() -> None:
    lasted = [said(hour, "break", "fallback") for hour in (1, 2, 3)]
    now = standing([*lasted, said(4, "recovered"), said(6, "break", "fallback"), said(7, "recovered")])
    assert [found.run for found in now.history(map(run, range(8)))] == [run_id(hour) for hour in (0, 4, 5, 6, 7)]


def test_accepting_nothing_changes_nothing() -> None:
    assert standing([said(1, "accepted")]) == Standing()
