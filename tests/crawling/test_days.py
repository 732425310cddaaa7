"""The days whose articles are looked for."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from archiver.crawling.days import days_of
from archiver.errors import UsageError
from tests.crawling.support import outlet

OUTLETS = (outlet(),)
AS_OF = "2021-01-13T20:00:00Z"
"""In Jakarta, where outlets keep their time, it is the 14th."""


def test_no_days_are_asked_for() -> None:
    assert days_of(None, None, OUTLETS, AS_OF) is None


def test_up_to_today_where_the_outlet_is() -> None:
    assert days_of(date(2021, 1, 1), None, OUTLETS, AS_OF) == (date(2021, 1, 1), date(2021, 1, 14))


def test_moments_stand_for_their_days() -> None:
    first, last = datetime(2021, 1, 1, 23, tzinfo=UTC), datetime(2021, 1, 2, 1, tzinfo=UTC)
    assert days_of(first, last, OUTLETS, None) == (date(2021, 1, 1), date(2021, 1, 2))


def test_days_the_wrong_way_round() -> None:
    with pytest.raises(UsageError, match="turn them round"):
        days_of(date(2021, 2, 1), date(2021, 1, 1), OUTLETS, AS_OF)
    with pytest.raises(UsageError, match="from which day on"):
        days_of(None, date(2021, 1, 1), OUTLETS, AS_OF)
