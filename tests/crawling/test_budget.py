"""Requests to a host in an hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from archiver.crawling.budget import Budget

NOW = datetime(2021, 1, 13, 4, 0, tzinfo=UTC)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def test_earlier_requests_count_until_they_are_an_hour_old() -> None:
    budget = Budget(3, [NOW - minutes(10), NOW - minutes(50)], NOW)
    assert not budget.spent(NOW)
    budget.spend(NOW)
    assert budget.spent(NOW)
    assert budget.spent(NOW + minutes(9))
    assert not budget.spent(NOW + minutes(10))
    budget.spend(NOW + minutes(10))
    assert budget.spent(NOW + minutes(49))


def test_requests_of_a_clock_that_was_wrong_do_not_block_the_host_for_years() -> None:
    assert not Budget(1, [NOW + timedelta(days=3650)], NOW).spent(NOW)
