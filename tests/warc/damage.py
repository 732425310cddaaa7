"""A file with records of all kinds, and ways to damage it."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from tests.warc.samples import PAGE, START, exchange, in_chunks, message, writer
from warc.read import read_records
from warc.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OTHER = PAGE.replace(b"pagi", b"sore")
CHUNKED = message(in_chunks(PAGE), "Transfer-Encoding: chunked")


def write_linked(folder: Path) -> Path:
    """warcinfo, response, request, response (chunked), request, revisit, request, conversion, metadata."""
    warc_writer = writer(folder)
    warc_writer.write_exchange(exchange(received=message(OTHER)))
    captured = warc_writer.write_exchange(exchange("https://www.example.com/b", CHUNKED, seconds=1))
    assert captured
    warc_writer.write_exchange(exchange("https://www.example.com/b", CHUNKED, seconds=2))
    warc_writer.write_conversion("https://www.example.com/b", "Selamat pagi.", captured, date=START)
    warc_writer.write_metadata(None, b"{}", "application/json", captured.record_id)
    (path,) = warc_writer.close()
    return path


def members(path: Path) -> list[bytes]:
    """The gzip members of a good file."""
    data = path.read_bytes()
    return [data[record.ref.offset : record.ref.offset + record.ref.length] for record in read_records(path)]


def codes(*paths: Path, index: bool = False) -> list[str]:
    """Codes of the findings, those about the index only if asked for."""
    findings = list(verify(paths, index_directory=paths[0].parent if index else None))
    assert all(finding.message for finding in findings)
    return [finding.code for finding in findings if index or finding.code != "index"]


def edit(path: Path, number: int, change: Callable[[bytes], bytes]) -> None:
    """Change the plain bytes of a record and pack it again."""
    packed = members(path)
    plain = gzip.decompress(packed[number])
    assert change(plain) != plain
    packed[number] = gzip.compress(change(plain))
    path.write_bytes(b"".join(packed))


def without_digests(plain: bytes) -> bytes:
    """A record's plain bytes without its digest fields, so that only other faults show."""
    lines = plain.split(b"\r\n\r\n", 1)[0].split(b"\r\n")
    kept = b"\r\n".join(line for line in lines if b"-Digest:" not in line)
    return kept + plain[plain.index(b"\r\n\r\n") :]
