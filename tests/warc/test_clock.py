from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from warc.clock import start_clock


def test_a_clock_set_to_another_era_goes_on_from_there() -> None:
    clock = start_clock("2016-03-01T10:00:00+07:00")
    first, second = clock(), clock()
    assert datetime(2016, 3, 1, 3, tzinfo=UTC) <= first <= second < datetime(2016, 3, 1, 3, 1, tzinfo=UTC)


def test_a_date_without_an_offset_is_utc() -> None:
    assert abs(start_clock("2016-03-01")() - datetime(2016, 3, 1, tzinfo=UTC)) < timedelta(minutes=1)


def test_the_real_clock() -> None:
    assert abs(start_clock()() - datetime.now(UTC)) < timedelta(minutes=1)


def test_no_date() -> None:
    with pytest.raises(ValueError, match="besok"):
        start_clock("besok")
