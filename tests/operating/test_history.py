"""The runs of an archive, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import Mock

from archiver.crawling.account import read_account
from archiver.operating.history import crawls, newest_by_outlet
from tests.operating.support import account, keep

if TYPE_CHECKING:
    import pytest

    from archiver.archive import Archive


def test_the_newest_comes_first(archive: Archive) -> None:
    for hour in (1, 3, 2):
        keep(archive, account(hour))
    assert [run.account.run[9:11] for run in crawls(archive)] == ["15", "14", "13"]


def test_replays_and_captures_are_no_crawls(archive: Archive) -> None:
    keep(archive, account(1))
    keep(archive, account(2, run="20210113T140000Z-replay-0000", kind="replay"))
    keep(archive, account(3, run="20210113T150000Z-capture-0000", kind="capture"))
    assert len(list(crawls(archive))) == 1


def test_runs_of_several_outlets_count_for_each(archive: Archive) -> None:
    keep(archive, account(1, "satu"))
    both = account(2, run="20210113T140000Z-crawl-0000", outlets=("satu", "dua"))
    keep(archive, both)
    found = newest_by_outlet(archive, ["satu", "dua", "tiga"], 9)
    assert [run.account.run for run in found["satu"]] == [both.run, account(1, "satu").run]
    assert [run.account.run for run in found["dua"]] == [both.run]
    assert found["tiga"] == []


def test_no_more_than_wanted_are_read(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    for hour in range(9):
        keep(archive, account(hour))
    with monkeypatch.context() as patched:
        reader = Mock(side_effect=read_account)
        patched.setattr("archiver.operating.history.read_account", reader)
        assert len(newest_by_outlet(archive, ["contoh"], 2)["contoh"]) == 2
    assert reader.call_count == 2


def test_one_that_cannot_be_read_is_told(archive: Archive) -> None:
    keep(archive, account(1))
    keep(archive, account(2)).joinpath("run.json").write_text("{")
    (archive.runs / "20210113T150000Z-contoh-0000").mkdir()
    unread: list[str] = []
    assert len(list(crawls(archive, on_unread=unread.append))) == 1
    assert [line.partition(": ")[0].rpartition("/runs/")[2] for line in unread] == [
        "20210113T150000Z-contoh-0000/run.json",
        "20210113T140000Z-contoh-0000/run.json",
    ]
