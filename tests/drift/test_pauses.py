from __future__ import annotations

from archiver.drift.facts import RunFacts, Yield
from archiver.drift.pauses import check_pause
from tests.drift.support import FACTS, run

FEED = Yield("https://contoh.test/feed", "feed", 30)
NOW = 24 * 14


def hourly(until: int = NOW, *, busy: int = 6) -> list[RunFacts]:
    """Hourly runs that find something new every `busy` hours."""
    return [run(hour, [FACTS] if hour % busy == 0 else [], sources=[FEED]) for hour in range(until)]


def test_a_source_that_stands_still_is_an_alarm() -> None:
    past = [*hourly(), *(run(hour, sources=[FEED]) for hour in range(NOW, NOW + 20))]
    (check,) = check_pause(run(NOW + 20, sources=[FEED]), past)
    assert check.breach is not None
    assert check.breach.words == (
        "26 h without a new article, expected at most 12 h (2 times the longest pause before, 6 h)"
    )
    assert check.records == ("feed",)


def test_a_pause_as_there_were_others_is_none() -> None:
    (check,) = check_pause(run(NOW, sources=[FEED]), hourly())
    assert check.state == "kept"


def test_something_new_ends_it() -> None:
    past = [*hourly(), *(run(hour, sources=[FEED]) for hour in range(NOW, NOW + 40))]
    (check,) = check_pause(run(NOW + 40, [FACTS], sources=[FEED]), past)
    assert check.state == "kept"


def test_hours_in_which_nobody_looked_are_no_pause() -> None:
    (check,) = check_pause(run(NOW + 60, sources=[FEED]), hourly(NOW - 5))
    assert check.state == "kept"


def test_a_week_says_nothing_of_weekends() -> None:
    past = [*hourly(24 * 4), *(run(hour) for hour in range(24 * 4, 24 * 7))]
    assert list(check_pause(run(24 * 7), past)) == []


def test_an_outlet_that_never_had_anything_is_not_waited_for() -> None:
    assert list(check_pause(run(NOW), [run(hour) for hour in range(NOW)])) == []
