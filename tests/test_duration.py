"""Spans of time, from what a person writes and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.duration import in_words, parse_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90), ("90s", 90), ("50m", 3000), ("1h30m", 5400), ("1h 30m", 5400), ("7d", 604_800), ("1.5H", 5400)],
)
def test_what_people_write(text: str, seconds: float) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "1x", "h", "1h and a bit", "--1h"])
def test_what_is_no_span_of_time(text: str) -> None:
    with pytest.raises(ValueError, match="no span of time: write 90s"):
        parse_duration(text)


@given(st.integers(min_value=0, max_value=10_000_000))
def test_there_and_back(seconds: int) -> None:
    assert parse_duration(in_words(seconds)) == seconds


def test_words_are_short() -> None:
    assert [in_words(seconds) for seconds in (0, 3600, 5400, 86_400, 90_061)] == ["0s", "1h", "1h30m", "1d", "1d1h1m1s"]
