"""Pauses that a host asks for, and those that it leaves to us."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from archiver.crawling.backoff import pause, retry_after

NOW = datetime(2021, 1, 13, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Wed, 13 Jan 2021 04:05:00 GMT", 300.0),
        ("Wednesday, 13-Jan-21 04:00:30 GMT", 30.0),  # the obsolete forms of RFC 9110, 5.6.7
        ("Wed, 13 Jan 2021 03:00:00 GMT", 0.0),
        (None, None),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("Wed, 99 Jan 2021 04:05:00 GMT", None),
        ("²", None),
    ],
)
def test_seconds_and_dates(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


def test_a_date_is_held_against_the_servers_own_clock() -> None:
    """Its clock is a year behind ours: it still means five minutes."""
    asked = retry_after("Mon, 13 Jan 2020 04:05:00 GMT", NOW, "Mon, 13 Jan 2020 04:00:00 GMT")
    assert asked == 300
    assert retry_after("Wed, 13 Jan 2021 04:05:00 GMT", NOW, "yesterday") == 300


def test_pauses_double_and_vary() -> None:
    chance = random.Random(1)  # noqa: S311 - no secret
    for times, mean in ((1, 20.0), (2, 40.0), (5, 320.0)):
        drawn = [pause(times, 2.0, chance) for _ in range(200)]
        assert mean * 0.5 <= min(drawn) < mean * 0.7
        assert mean * 1.3 < max(drawn) <= mean * 1.5
    assert pause(10_000, 2.0, chance) < 1e7
    assert pause(3, 0.0, chance) == 0
