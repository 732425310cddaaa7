"""Windows in which nobody could look at an outlet, as its runs show them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from archiver.crawling.account import Account, Kind, SourceVisit
from archiver.crawling.gaps import Gap, declared, gaps

NOON = datetime(2021, 1, 13, 12, 0, tzinfo=UTC)
DOWN = "dns: no such host"


def run(hour: float, *problems: str | None, outlets: tuple[str, ...] = ("uji",), kind: Kind = "crawl") -> Account:
    """A run that began so many hours after noon; `problems` are those of its sources."""
    started = (NOON + timedelta(hours=hour)).isoformat()
    sources = tuple(SourceVisit(url="https://uji.example/feed", outlet="uji", problem=problem) for problem in problems)
    return Account(
        run=started, kind=kind, outlets=outlets, started=started, version="1", settings_digest="", sources=sources
    )


def spans(found: list[Gap]) -> list[tuple[int, int | None]]:
    """The gaps as hours after noon."""

    def hours(moment: str) -> int:
        return round((datetime.fromisoformat(moment) - NOON) / timedelta(hours=1))

    return [(hours(gap.since), hours(gap.until) if gap.until else None) for gap in found]


def at(hour: float) -> datetime:
    return NOON + timedelta(hours=hour)


HOURLY = [run(hour, None) for hour in range(6)]


def test_runs_that_come_as_usual_leave_no_gap() -> None:
    assert gaps("uji", HOURLY, at(6.5)) == []


def test_a_missed_run() -> None:
    found = gaps("uji", [*HOURLY, run(8, None)], at(8))
    assert spans(found) == [(5, 8)]
    assert found[0].reason == "no run for 3h, where one is usual every 1h"


def test_a_run_that_is_overdue_now() -> None:
    assert spans(gaps("uji", HOURLY, at(30))) == [(5, None)]


def test_what_is_usual_is_learned_from_the_outlet_itself() -> None:
    daily = [run(24 * day, None) for day in range(5)]
    assert gaps("uji", daily, at(24 * 5)) == []
    assert spans(gaps("uji", [*daily, run(24 * 6.5, None)], at(24 * 6.5))) == [(96, 156)]
    assert gaps("uji", [run(0, None), run(1, None), run(2, None), run(90, None)], at(90)) == []  # too few to know


def test_runs_by_hand_within_minutes_are_no_schedule() -> None:
    quick = [run(minute / 60, None) for minute in range(6)]
    assert gaps("uji", [*quick, run(14 / 60, None)], at(14 / 60)) == []


def test_an_outlet_that_was_down() -> None:
    runs = [run(0, None, None), run(1, DOWN, "timeout: slow"), run(2, DOWN, DOWN)]
    (still,) = gaps("uji", runs, at(2))
    assert spans([still]) == [(0, None)]
    assert still.reason == f"2 runs could read none of its sources: {DOWN}"
    assert spans(gaps("uji", [*runs, run(3, None, DOWN)], at(3))) == [(0, 3)]


def test_an_outlet_that_was_down_from_the_first_run_on() -> None:
    assert spans(gaps("uji", [run(0, DOWN), run(1, None)], at(1))) == [(0, 1)]


def test_one_source_of_several_is_enough_to_look() -> None:
    assert gaps("uji", [run(0, None, None), run(1, DOWN, None)], at(1)) == []


def test_a_run_that_was_killed_is_no_look_and_no_failure() -> None:
    runs = [*HOURLY, run(6), run(7, None)]
    assert spans(gaps("uji", runs, at(7))) == [(5, 7)]
    assert "no run" in gaps("uji", runs, at(7))[0].reason


def test_replays_other_outlets_and_wrong_clocks_count_for_nothing() -> None:
    others = [run(6, DOWN, kind="replay"), run(7, DOWN, outlets=("lain",)), run(90_000, None)]
    assert gaps("uji", [*HOURLY, *others], at(6)) == []


def test_a_run_declares_what_it_closes_and_what_it_leaves_open() -> None:
    back = run(9, None)
    assert spans(list(declared(back, HOURLY))) == [(5, 9)]
    assert declared(run(10, None), [back, *HOURLY]) == ()
    assert spans(list(declared(run(10, DOWN), [back, *HOURLY]))) == [(9, None)]
