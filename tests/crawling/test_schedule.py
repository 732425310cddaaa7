"""When an address is due again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.catalog import Visit
from archiver.crawling.schedule import OVERDUE, Schedule
from warc.record import warc_date

FIRST = datetime(2021, 1, 13, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PLAN = Schedule.of_seconds((604_800, 3600, 86_400))


def visit(last: timedelta = timedelta(0)) -> Visit:
    return Visit("https://uji.example/read/1", warc_date(FIRST), warc_date(FIRST + last))


@pytest.mark.parametrize(
    ("last", "due"),
    [(0, 1), (0.9, 1), (0.95, 24), (1, 24), (3, 24), (24, 168), (100, 168)],
)
def test_it_is_due_after_each_span_once(last: float, due: float) -> None:
    assert PLAN.due(visit(last * HOUR)) == FIRST + due * HOUR


def test_a_late_visit_stands_for_those_that_were_missed() -> None:
    assert PLAN.due(visit(200 * HOUR)) is None
    assert PLAN.is_due(visit(), FIRST + 200 * HOUR)


def test_an_hourly_run_is_in_time_for_what_the_last_one_captured() -> None:
    soon = timedelta(minutes=4)
    assert PLAN.is_due(visit(), FIRST + HOUR - soon)
    assert not PLAN.is_due(visit(HOUR - soon), FIRST + HOUR + soon)
    assert not PLAN.is_due(visit(), FIRST + HOUR - 2 * soon)
    assert not Schedule.of_seconds((60,)).is_due(visit(), FIRST + timedelta(seconds=53))


def test_without_spans_nothing_is_ever_due() -> None:
    never = Schedule.of_seconds(())
    assert never.due(visit()) is None
    assert not never.is_due(visit(), FIRST + 1000 * HOUR)
    assert never.horizon(FIRST) == FIRST


def test_a_clock_that_was_set_back_makes_nothing_due() -> None:
    assert not PLAN.is_due(visit(), FIRST - HOUR)


def test_a_back_catalogue_is_not_visited_again_for_its_own_sake() -> None:
    assert PLAN.is_stale("2017-08-01", visit())
    assert not PLAN.is_stale("2021-01-07", visit())
    assert PLAN.horizon(FIRST) == FIRST - timedelta(days=7) - OVERDUE


@given(st.lists(st.integers(1, 10**7), max_size=5), st.lists(st.integers(0, 2 * 10**7), max_size=8))
def test_however_often_it_is_looked_at_each_span_gives_one_visit_at_most(spans: list[int], looks: list[int]) -> None:
    plan = Schedule.of_seconds(spans)
    last, visits = timedelta(0), 0
    for look in sorted(looks):
        if plan.is_due(visit(last), FIRST + timedelta(seconds=look)):
            last, visits = timedelta(seconds=look), visits + 1
    assert visits <= len(set(spans))
    if spans and looks and max(looks) >= max(spans):
        assert plan.due(visit(last)) is None
