from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Self

import pytest

from warc import clock as clock_module
from warc.clock import start_clock


def test_a_clock_set_to_another_era_goes_on_from_there() -> None:
    clock = start_clock("2016-03-01T10:00:00+07:00")
    first, second = clock(), clock()
    assert datetime(2016, 3, 1, 3, tzinfo=UTC) <= first <= second < datetime(2016, 3, 1, 3, 1, tzinfo=UTC)


def test_a_date_without_an_offset_is_utc() -> None:
    assert abs(start_clock("2016-03-01")() - datetime(2016, 3, 1, tzinfo=UTC)) < timedelta(minutes=1)


def test_the_real_clock() -> None:
    assert abs(start_clock()() - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(days=4000)])
def test_a_system_clock_that_is_put_back_or_forward_does_not_show(
    monkeypatch: pytest.MonkeyPatch, jump: timedelta
) -> None:
    clock = start_clock()
    before = clock()

    class Jumped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return super().now(tz) + jump

    monkeypatch.setattr(clock_module, "datetime", Jumped)
    assert before <= clock() < before + timedelta(minutes=1)
    assert abs(start_clock()() - before - jump) < timedelta(minutes=1)  # the next run believes it


def test_no_date() -> None:
    with pytest.raises(ValueError, match="besok"):
        start_clock("besok")
