"""What waits: in which order it is taken up, and what of it outlasts a run."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archiver.article import Outcome
from archiver.crawling.pending import MAX_FAILURES, Pending, Waiting
from archiver.errors import BadDataError, CannotWriteError

URL = "https://uji.example/read/"
ONE = Waiting("uji", URL + "1", 100, "Judul", "2021-01-13", "https://uji.example/index", "2021-01-13T04:00:00+00:00")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pending.db"


@pytest.fixture
def pending(path: Path) -> Iterator[Pending]:
    with Pending(path) as opened:
        yield opened


def waiting(number: int, moment: int, outlet: str = "uji") -> Waiting:
    return Waiting(outlet, f"{URL}{number}", moment)


def taken(pending: Pending, outlet: str = "uji", since: int | None = None, until: int | None = None) -> list[str]:
    found = []
    while (one := pending.take(outlet, since, until)) is not None:
        found.append(one.url.removeprefix(URL))
    return found


def test_the_newest_goes_first_and_of_one_age_the_first_found(pending: Pending) -> None:
    pending.add([waiting(1, 5), waiting(2, 9), waiting(3, 9), waiting(4, 7, "lain")])
    pending.add([waiting(5, 10)])
    assert taken(pending) == ["5", "2", "3", "1"]
    assert taken(pending, "lain") == ["4"]


def test_only_what_lies_in_the_range_is_taken_up(pending: Pending) -> None:
    pending.add([waiting(number, number) for number in range(6)])
    assert taken(pending, since=2, until=4) == ["3", "2"]
    assert pending.count("uji") == pending.count() == 6


def test_one_that_waits_already_keeps_its_place_and_learns_what_it_lacks(pending: Pending) -> None:
    pending.add([waiting(1, 100)])
    pending.add([replace(ONE, moment=5, found="later")])
    assert pending.entries(ONE.url) == [replace(ONE, found="")]


@pytest.mark.parametrize("outcome", ["saved", "gone", "known", "not_wanted", "blocked_by_robots", "error"])
def test_what_has_its_outcome_goes(pending: Pending, outcome: Outcome) -> None:
    pending.add([ONE])
    pending.take("uji")
    pending.settle("uji", ONE.url, outcome)
    assert pending.count() == 0


def test_what_was_left_or_failed_waits_for_the_next_run_and_not_for_this_one(pending: Pending) -> None:
    pending.add([ONE, waiting(2, 50)])
    assert len(taken(pending)) == 2
    pending.settle("uji", ONE.url, "timeout")
    pending.settle("uji", f"{URL}2", "deferred")
    assert taken(pending) == []
    assert not pending.waits("uji", ONE.url)
    pending.begin("uji")
    assert pending.waits("uji", ONE.url)
    assert pending.is_begun("uji", ONE.url)
    first = pending.take("uji")
    assert first is not None
    assert (first.failures, first.begun) == (1, True)


def test_it_is_given_up_when_it_has_failed_in_many_runs(pending: Pending) -> None:
    pending.add([ONE])
    for _ in range(MAX_FAILURES):
        assert pending.count() == 1
        pending.settle("uji", ONE.url, "dns")
    assert pending.count() == 0


def test_each_change_is_there_for_whoever_opens_the_file_next(path: Path, pending: Pending) -> None:
    """Nothing is closed or committed in between, as when the process is killed."""
    pending.add([ONE, waiting(2, 50)])
    pending.take("uji")
    with Pending(path, read_only=True) as other:
        assert [other.count(), other.waits("uji", ONE.url)] == [2, False]
    pending.settle("uji", ONE.url, "saved")
    with Pending(path, read_only=True) as other:
        assert other.count() == 1


def test_forgetting(pending: Pending) -> None:
    other = replace(ONE, url=f"{URL}2")
    pending.add([ONE, other])
    pending.forget([ONE.url, "https://lain.example/"])
    assert pending.entries(ONE.url) == []
    assert pending.entries(other.url) == [replace(other, title=None)]


def test_what_is_no_such_file_or_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "noise").write_bytes(b"noise" * 1000)
    with pytest.raises(BadDataError, match="remove it"):
        Pending(tmp_path / "noise")
    with pytest.raises(CannotWriteError, match="make room"):
        Pending(tmp_path / "none" / "pending.db")


def test_a_full_disk_is_told_plainly(pending: Pending, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def execute(self, *_: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

    pending.close()
    monkeypatch.setattr(pending, "_db", Full())
    monkeypatch.setattr(Pending, "close", lambda _: None)
    with pytest.raises(CannotWriteError, match="disk is full; make room"):
        pending.take("uji")
