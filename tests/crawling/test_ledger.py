"""The ledger: one outcome for each address, a sum that is checked, a file that survives a kill."""

from __future__ import annotations

import contextlib
import errno
import io
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.crawling.ledger import Ledger, LedgerError, Line, read_ledger
from archiver.errors import BadDataError, CannotWriteError, NotFoundError

URL = "https://uji.example/read/1"


def clock() -> datetime:
    return datetime(2021, 1, 13, 4, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.jsonl"


def test_a_line_says_what_became_of_an_address(path: Path) -> None:
    told: list[Line] = []
    ledger = Ledger(path, clock=clock, listener=told.append)
    assert ledger.discover(URL, "https://uji.example/index", outlet="uji")
    ledger.settle(URL, "redirected", evidence="HTTP 301", record="<urn:uuid:1>", target=URL + "0", attempts=2)
    ledger.close()
    assert (
        list(read_ledger(path))
        == told
        == [
            Line(
                url=URL,
                outcome="redirected",
                discovered_from="https://uji.example/index",
                time="2021-01-13T04:00:00+00:00",
                attempts=2,
                evidence="HTTP 301",
                record="<urn:uuid:1>",
                target=URL + "0",
                outlet="uji",
            )
        ]
    )


def test_an_address_is_discovered_once_and_settled_once(path: Path) -> None:
    ledger = Ledger(path, clock=clock)
    assert ledger.discover(URL)
    assert not ledger.discover(URL)
    assert ledger.is_open(URL)
    ledger.settle(URL, "gone")
    assert not ledger.discover(URL)
    with pytest.raises(LedgerError, match="has its outcome already"):
        ledger.settle(URL, "saved")
    with pytest.raises(LedgerError, match="was never discovered"):
        ledger.settle(URL + "0", "saved")
    ledger.close()
    assert [line.outcome for line in read_ledger(path)] == ["gone"]


def test_an_address_without_an_outcome_is_an_error_told_loudly(path: Path) -> None:
    ledger = Ledger(path, clock=clock)
    ledger.discover(URL)
    with pytest.raises(LedgerError, match=f"1 addresses were discovered, 0 have an outcome; without one: {URL}"):
        ledger.close()


def test_a_killed_run_leaves_half_a_line_at_most(path: Path) -> None:
    ledger = Ledger(path, clock=clock)
    for number in range(3):
        ledger.discover(f"{URL}{number}")
        ledger.settle(f"{URL}{number}", "saved")
    whole = path.read_bytes()  # nothing waits in a buffer
    ledger.close()
    path.write_bytes(whole[:-20])
    assert [line.url for line in read_ledger(path)] == [f"{URL}0", f"{URL}1"]


def test_a_damaged_line_within_is_named(path: Path) -> None:
    path.write_bytes(b'{"url":"x"}\n')
    with pytest.raises(BadDataError, match="line 1"):
        list(read_ledger(path))
    with pytest.raises(NotFoundError):
        list(read_ledger(path.with_name("none")))


def test_a_full_disk_is_told_and_the_outcome_counted() -> None:
    ledger = Ledger(Path("/dev/full"), clock=clock)
    ledger.discover(URL)
    with pytest.raises(CannotWriteError, match="No space left"):
        ledger.settle(URL, "saved")
    assert ledger.counts == {"saved": 1}
    with pytest.raises(CannotWriteError, match="No space left"):
        ledger.close()
    ledger.release()


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["saved", "gone", "known", "discover"]))))
def test_discovered_is_settled_plus_open(steps: list[tuple[int, str]]) -> None:
    ledger = Ledger(Path("/dev/null"), clock=clock)
    for number, outcome in steps:
        ledger.discover(f"{URL}{number}")
        if outcome != "discover" and ledger.is_open(f"{URL}{number}"):
            ledger.settle(f"{URL}{number}", outcome)  # type: ignore[arg-type]  # it is one of them
    assert ledger.discovered == sum(ledger.counts.values()) + ledger.pending == len({number for number, _ in steps})
    ledger.release()


class FullDisk(io.RawIOBase):
    """Takes so many bytes, then none until there is `room` again."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.content = b""

    def write(self, data: Any) -> int:
        if not self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        taken = bytes(data)[: self.room]
        self.room -= len(taken)
        self.content += taken
        return len(taken)


def test_a_line_that_a_full_disk_cuts_short_goes_on_where_there_is_room_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Ledger(path, clock=clock)
    disk = FullDisk(250)
    ledger._file.close()
    monkeypatch.setattr(ledger, "_file", disk)
    urls = [f"https://uji.example/read/{number}" for number in range(4)]
    for url in urls:
        ledger.discover(url)
        with contextlib.suppress(CannotWriteError):
            ledger.settle(url, "saved")
    assert len(disk.content) == 250
    disk.room = 10_000
    ledger.close()
    path.write_bytes(disk.content)
    assert [line.url for line in read_ledger(path)] == urls
