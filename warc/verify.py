"""Whether WARC files are what they should be: each record by itself, and all of them together.

Sees what `warcio check` passes over: a file cut in mid-record, records that share a gzip member, ids used twice,
links into nothing, an index that does not agree.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warc.cdxj import FileIndex, cdxj_name
from warc.checks import check_record
from warc.errors import WarcReadError
from warc.links import Links
from warc.read import open_record, payload_digest, read_records
from warc.record import CAPTURES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from warc.read import Record

_PIECE = 1024 * 1024
_START = re.compile(rb"\x1f\x8b\x08|WARC/1\.[01]\r\n")
_START_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: where (`offset` in bytes of the file), of which kind (`code`), and what is wrong.

    Codes: `file`, `framing`, `field`, `block-digest`, `payload-digest`, `http`, `duplicate-id`, `link`, `revisit`,
    `conversion`, `index`.
    """

    file: Path
    offset: int
    code: str
    message: str


def verify(
    paths: Iterable[Path],
    *,
    index_directory: Path | None = None,
    known: Callable[[str], bool] = lambda _record_id: False,
    on_record: Callable[[Path, Record], None] = lambda _path, _record: None,
) -> Iterator[Finding]:
    """All faults of some WARC files that belong together, as they are found.

    Every file must have its CDXJ in `index_directory`; without one, a CDXJ is checked if it lies beside its file.
    `known` tells of a record id whether it is in a file that is not among these. `on_record` is shown every record
    that can be read.
    """
    links = Links(known)
    for path in paths:
        try:
            yield from _verify_file(path, index_directory, links, on_record)
        except OSError as error:
            yield Finding(path, 0, "file", f"it can't be read: {error.strerror or error}")
    for fault in links.unresolved():
        yield Finding(fault.file, fault.offset, fault.code, fault.message)


def _verify_file(
    path: Path, index_directory: Path | None, links: Links, on_record: Callable[[Path, Record], None]
) -> Iterator[Finding]:
    index = FileIndex()
    bodiless: dict[str, Finding] = {}  # by record id, until the request says that the method was HEAD
    for record in _records(path):
        if isinstance(record, Finding):
            yield record
            continue
        on_record(path, record)
        ref = record.ref
        for code, message in check_record(record):
            if code == "no-body":
                bodiless[ref.record_id] = Finding(path, ref.offset, "http", message)
            else:
                yield Finding(path, ref.offset, code, message)
        digest = ref.payload_digest or payload_digest(record) if ref.type in CAPTURES else None
        for fault in links.follow(path, record, digest):
            yield Finding(path, fault.offset, fault.code, fault.message)
        if ref.type == "request" and record.block.startswith(b"HEAD "):
            for answer in record.all("WARC-Concurrent-To"):
                bodiless.pop(answer, None)
        index.add(record)
    yield from bodiless.values()
    cdxj = (index_directory or path.parent) / cdxj_name(path.name)
    if index_directory or cdxj.exists():
        yield from _verify_index(path, cdxj, index.lines())


def _records(path: Path) -> Iterator[Record | Finding]:
    """All records that can be read, and a finding for each place where one can't."""
    with path.open("rb") as file:
        if path.suffix == ".gz" and file.read(5) == b"WARC/":
            yield Finding(path, 0, "framing", "it is called .gz and is not compressed")
    offset: int | None = 0
    while offset is not None:
        try:
            yield from read_records(path, offset)
            return
        except WarcReadError as error:
            yield Finding(path, error.offset, "framing", error.reason)
            offset = _next_record(path, error.offset + 1)


def _next_record(path: Path, offset: int) -> int | None:
    """Where, from `offset` on, the next record starts that can be read; None if there is none."""
    with path.open("rb") as file:
        file.seek(offset)
        start, data = offset, file.read(_PIECE)
        while len(data) >= _START_LENGTH:
            for match in _START.finditer(data):
                if _is_record(path, start + match.start()):
                    return start + match.start()
            more = file.read(_PIECE)
            if not more:
                return None
            keep = data[-_START_LENGTH:]
            start, data = start + len(data) - len(keep), keep + more
    return None


def _is_record(path: Path, offset: int) -> bool:
    try:
        open_record(path, offset)
    except WarcReadError:
        return False
    return True


def _verify_index(path: Path, cdxj: Path, expected: list[str]) -> Iterator[Finding]:
    if not cdxj.exists():
        yield Finding(path, 0, "index", f"it has no index {cdxj}")
        return
    lines = cdxj.read_bytes().splitlines(keepends=True)
    if lines != sorted(lines):
        yield Finding(cdxj, 0, "index", "its lines are not sorted")
    missing = {f"{line}\n".encode(): line for line in expected}
    offset = 0
    for line in lines:
        if missing.pop(line, None) is None:
            yield Finding(cdxj, offset, "index", f"{path.name} has no such capture: {line[:80]!r}")
        offset += len(line)
    for absent in missing.values():
        place = int(json.loads(absent.split(" ", 2)[2])["offset"])
        yield Finding(path, place, "index", f"{cdxj.name} does not have this capture")
