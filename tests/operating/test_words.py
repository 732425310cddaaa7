"""Moments and sizes in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from archiver.operating.words import ago, minute, size

NOW = datetime(2021, 1, 13, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("past", "words"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=59), "59 min ago"),
        (timedelta(hours=23, minutes=59), "23 h ago"),
        (timedelta(days=400), "400 d ago"),
        (timedelta(seconds=-1), "later"),
    ],
)
def test_ago(past: timedelta, words: str) -> None:
    assert ago((NOW - past).isoformat(), NOW) == words


def test_minute() -> None:
    assert minute("2021-01-13T23:05:59+07:00") == "2021-01-13 16:05 UTC"


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 B"), (999, "999 B"), (1234, "1.23 kB"), (45_600_000, "45.6 MB"), (271e9, "271 GB"), (5.2e15, "5,200 TB")],
)
def test_size(count: float, words: str) -> None:
    assert size(int(count)) == words
