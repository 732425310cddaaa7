from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from archiver.archive import Archive
from archiver.errors import BadDataError, CannotWriteError
from archiver.takedown.log import RemovedRecord, Takedown, TakenDown, append, read_takedowns
from tests.takedown.support import AMP, QUOTE, URL

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.takedown.log import Reason


def removed(url: str, because: Reason) -> RemovedRecord:
    return RemovedRecord("<urn:x:1>", "response", url, "2021-01-13T04:00:00Z", None, "a.warc.gz", 0, 1, because)


TAKEDOWN = Takedown(
    id="20210113T040000Z-takedown-0001",
    time="2021-01-13T04:00:00+00:00",
    url=URL,
    reason="putusan",
    policy=None,
    operator=None,
    version="0.1.0",
    tombstone="<urn:x:2>",
    addresses=(URL, AMP),
    removed=(removed(URL, "address"), removed(QUOTE, "copy"), removed("https://uji.example/x", "payload")),
    files=(),
)
SECOND = msgspec.structs.replace(TAKEDOWN, id="b", addresses=("https://uji.example/read/99",), removed=())


@pytest.fixture
def log(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "archive")


def test_lines_are_added_once(log: Archive) -> None:
    assert read_takedowns(log) == []
    for takedown in (TAKEDOWN, SECOND, TAKEDOWN):
        append(log, takedown)
    assert read_takedowns(log) == [TAKEDOWN, SECOND]
    assert log.takedowns.read_bytes().count(b"\n") == 2


def test_half_a_line_is_passed_over_and_mended(log: Archive) -> None:
    append(log, TAKEDOWN)
    with log.takedowns.open("ab") as file:
        file.write(b'{"id":"c","ti')
    assert read_takedowns(log) == [TAKEDOWN]
    append(log, SECOND)
    assert read_takedowns(log) == [TAKEDOWN, SECOND]


def test_what_must_not_come_back(log: Archive) -> None:
    append(log, TAKEDOWN)
    taken_down = TakenDown(log)
    for url in (URL, AMP, QUOTE, f"{URL}#atas"):
        assert taken_down.why(url) == "taken down at 2021-01-13T04:00:00+00:00, 20210113T040000Z-takedown-0001"
    for url in ("https://uji.example/x", "https://uji.example/read/2", "http://["):
        assert taken_down.why(url) is None


def test_a_log_that_is_none(log: Archive) -> None:
    log.takedowns.write_text("{}\n")
    with pytest.raises(BadDataError, match=r"takedowns\.jsonl"):
        read_takedowns(log)
    with pytest.raises(CannotWriteError, match=r"takedowns\.jsonl"):
        append(Archive(log.root / "tiada"), TAKEDOWN)
