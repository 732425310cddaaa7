from __future__ import annotations

from collections.abc import Callable

import pytest

from archiver.drift.check import Check
from archiver.drift.facts import RunFacts, Yield
from archiver.drift.settings import Drift
from archiver.drift.yields import check_yields
from tests.drift.support import run

URL = "https://contoh.test/sitemap.xml"
DAYS = 14


def visits(count: Callable[[int], int], hours: int = 24 * DAYS) -> list[RunFacts]:
    """Hourly runs in which the sitemap names so many addresses."""
    return [run(hour, sources=[Yield(URL, f"s{hour}", count(hour))]) for hour in range(hours)]


def check(candidates: int, past: list[RunFacts], hour: int = 24 * DAYS, opened: frozenset[str] = frozenset()) -> Check:
    now = run(hour, sources=[Yield(URL, "now", candidates)])
    (found,) = check_yields(now, past, opened, Drift().tolerance)
    return found


@pytest.mark.parametrize(
    ("candidates", "state"), [(100, "kept"), (60, "kept"), (300, "kept"), (20, "broken"), (0, "broken")]
)
def test_a_source_that_names_far_less_is_an_alarm(candidates: int, state: str) -> None:
    assert check(candidates, visits(lambda hour: 90 + hour % 20)).state == state


def test_the_breach_names_the_source_and_lays_its_capture_aside() -> None:
    found = check(0, visits(lambda _: 100))
    assert found.breach is not None
    assert found.rule == f"yield:{URL}"
    assert found.breach.words.startswith(f"0 addresses in {URL}, expected about 100, never below 100")
    assert found.records == ("now",)


def test_a_sitemap_of_today_is_empty_at_midnight() -> None:
    past = visits(lambda hour: 10 * (hour % 24))
    assert check(0, past).state == "kept"
    assert check(0, past, hour=24 * DAYS + 15).state == "broken"


def test_weekends_name_less() -> None:
    past = visits(lambda hour: 30 if hour // 24 % 7 >= 5 else 100)
    assert check(30, past, hour=24 * 19).state == "kept"


def test_a_source_that_is_not_known_on_enough_days_is_not_judged() -> None:
    now = run(48, sources=[Yield(URL, "now", 0)])
    assert list(check_yields(now, visits(lambda _: 100, hours=48), frozenset(), 4.0)) == []


def test_runs_once_a_day_are_enough() -> None:
    past = [run(24 * day, sources=[Yield(URL, None, 50)]) for day in range(6)]
    assert check(0, past, hour=24 * 6).state == "broken"


def test_of_two_visits_in_a_run_the_better_one_counts() -> None:
    past = visits(lambda _: 100)
    now = run(24 * DAYS, sources=[Yield(URL, "one", 0), Yield(URL, "two", 100)])
    (found,) = check_yields(now, past, frozenset(), 4.0)
    assert found.state == "kept"


def test_a_source_that_often_names_nothing_may() -> None:
    assert check(0, visits(lambda hour: hour // 24 % 2)).state == "kept"
