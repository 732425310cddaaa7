from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from archiver.archive import Archive
from archiver.crawling.account import SourceVisit, write_account
from archiver.reports.receipt.history import read_history, still_absent
from archiver.takedown.log import Takedown
from tests.reports.receipt.samples import absence, account

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND = "20210113T040000Z-contoh-1a2b", "20210114T040000Z-contoh-3c4d"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "archive")


def run(archive: Archive, name: str, *lines: tuple[str, str], **changes: Any) -> None:
    folder = archive.runs / name
    folder.mkdir()
    write_account(folder, account(name, **changes))
    ledger = [
        {
            "url": f"https://contoh.test/{path}",
            "outcome": outcome,
            "discovered_from": None,
            "time": "2021-01-13T04:00:00+00:00",
            "evidence": "buktinya",
        }
        for path, outcome in lines
    ]
    (folder / "ledger.jsonl").write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in ledger))


def absent(archive: Archive, *recorded: str, known: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    history = read_history(archive)
    notes = {item.url: item for item in (absence(path, "dns", None) for path in recorded)}
    found = still_absent(history, notes, known.__contains__)
    return [(item.url.rpartition("/")[2], item.outcome) for item in found]


def test_all_outcomes_are_counted(archive: Archive) -> None:
    run(
        archive, FIRST, ("a", "saved"), ("b", "timeout"), ("c", "blocked_by_robots"), requisites={"saved": 9, "gone": 2}
    )
    run(archive, SECOND, ("a", "known"), ("b", "saved"), finished=None, requisites={"unchanged": 1, "timeout": 1})
    history = read_history(archive)
    assert [item.run for item in history.runs] == [FIRST, SECOND]
    assert history.outcomes == {"saved": 2, "timeout": 1, "blocked_by_robots": 1, "known": 1}
    assert (history.refused, history.requisites) == (1, 3)
    assert history.unfinished == (SECOND,)
    assert history.unread == []


def test_what_a_later_run_brought_is_not_missing(archive: Archive) -> None:
    run(archive, FIRST, ("a", "timeout"), ("b", "timeout"), ("c", "saved"), ("d", "paywall"), ("e", "not_wanted"))
    run(archive, SECOND, ("a", "saved"), ("b", "gone"), ("c", "gone"))
    assert absent(archive) == [("b", "gone"), ("c", "gone"), ("d", "paywall")]
    assert absent(archive, known=frozenset({"https://contoh.test/c"})) == [("b", "gone"), ("d", "paywall")]


def test_records_speak_where_the_ledgers_are_silent(archive: Archive) -> None:
    run(archive, FIRST, ("a", "saved"), ("b", "timeout"))
    assert absent(archive, "a", "b", "x") == [("x", "dns"), ("b", "timeout")]


def test_the_last_word_on_a_source_counts(archive: Archive) -> None:
    feed, sitemap = (SourceVisit(url=f"https://contoh.test/{name}", outlet="contoh") for name in ("feed", "sitemap"))
    broken = [
        msgspec.structs.replace(feed, problem="timeout: no answer"),
        msgspec.structs.replace(sitemap, problem="?"),
    ]
    run(archive, FIRST, sources=broken)
    assert [(item.outcome, item.evidence) for item in read_history(archive).sources.values()] == [
        ("timeout", "no answer"),
        ("error", "?"),
    ]
    run(archive, SECOND, sources=(feed,))
    assert list(read_history(archive).sources) == [sitemap.url]


def test_windows_in_which_nobody_looked(archive: Archive) -> None:
    feed = SourceVisit(url="https://contoh.test/feed", outlet="contoh")
    down = msgspec.structs.replace(feed, problem="timeout: no answer")
    run(archive, FIRST, started="2021-01-13T04:00:00+00:00", sources=(feed,))
    run(archive, SECOND, started="2021-01-14T04:00:00+00:00", sources=(down,))
    (window,) = read_history(archive).windows
    assert (window.since, window.until) == ("2021-01-13T04:00:00+00:00", None)
    run(archive, "20210115T040000Z-contoh-5e6f", started="2021-01-15T04:00:00+00:00", sources=(feed,))
    (window,) = read_history(archive).windows
    assert window.until == "2021-01-15T04:00:00+00:00"


def test_runs_that_cannot_be_read(archive: Archive) -> None:
    run(archive, FIRST, ("a", "saved"))
    (archive.runs / FIRST / "ledger.jsonl").unlink()
    (archive.runs / SECOND).mkdir()
    (archive.runs / SECOND / "run.json").write_text("{")
    history = read_history(archive)
    assert len(history.runs) == 1
    assert len(history.unread) == 2
    assert "there is no ledger" in history.unread[0]
    assert f"{SECOND}/run.json" in history.unread[1]


def test_what_was_taken_down_is_told(archive: Archive) -> None:
    takedown = Takedown(
        id="takedown-1",
        time="2021-01-20T08:00:00+00:00",
        url="https://contoh.test/dicabut",
        reason="asked for",
        policy=None,
        operator=None,
        version="0.1.0",
        tombstone="<urn:uuid:1>",
        addresses=("https://contoh.test/dicabut",),
        removed=(),
        files=(),
    )
    archive.takedowns.write_bytes(msgspec.json.encode(takedown) + b"\n")
    (withdrawn,) = read_history(archive).withdrawn
    assert (withdrawn.id, withdrawn.url, withdrawn.reason, withdrawn.records) == (
        "takedown-1",
        "https://contoh.test/dicabut",
        "asked for",
        0,
    )
    archive.takedowns.write_text("rusak\n")
    assert "takedowns.jsonl" in read_history(archive).unread[0]
