"""When there is something to tell: at the beginning of a trouble, in between, at its end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from archiver.operating.standing import occasions, standing
from tests.operating.support import account

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archiver.crawling.account import Account

DAY = timedelta(hours=24)


def told(codes: Sequence[int | None], remind: timedelta = DAY) -> tuple[str, ...]:
    """The occasions of the last of hourly runs with these exit codes."""
    runs = [account(hour, code=code) for hour, code in enumerate(codes)]
    return occasions(runs[-1], reversed(runs[:-1]), remind)[1:]


@pytest.mark.parametrize(
    ("code", "expected"),
    [(0, "well"), (2, "partial"), (3, "drift"), (1, "failure"), (65, "failure"), (73, "failure"), (None, "failure")],
)
def test_standing(code: int | None, expected: str) -> None:
    assert standing(account(code=code)) == expected


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([0], ()),
        ([73], ("failure",)),
        ([0, 0, 3], ("drift",)),
        ([3, 3], ()),
        ([0, 2], ("partial",)),
        ([2, 2], ()),
        ([2, 0], ()),
        ([3, 0], ("recovery",)),
        ([73, 2], ("partial", "recovery")),
        ([None, 0], ("recovery",)),
        ([3, 73], ("failure",)),
        ([73, 3], ("drift",)),
    ],
)
def test_a_change_is_told_once(codes: list[int | None], expected: tuple[str, ...]) -> None:
    assert told(codes) == expected


def test_what_lasts_is_told_again_once_a_day() -> None:
    again = [hours for hours in range(1, 60) if told([0] + [3] * hours) == ("drift",)]
    assert again == [1, 25, 49]


def test_every_run_is_an_occasion_for_whoever_wants_all() -> None:
    assert occasions(account(code=0), (), DAY) == ("always",)


def test_no_more_runs_are_read_than_needed() -> None:
    def endless() -> Iterator[Account]:
        yield account(-1, code=0)
        raise AssertionError("one more was read")

    assert occasions(account(code=3), endless(), DAY) == ("always", "drift")
