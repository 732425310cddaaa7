"""Reading WARC files, record by record, with the place of every fault.

warcio reads on where it should stop (a file cut in mid-record passes `warcio check`), and it is lenient about
framing. This reader knows the exact bytes of each record and says where a file stops being a WARC file; all records
before that place are given first.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from warc.encoding import decode_content
from warc.errors import WarcReadError
from warc.message import Head, MessageError, entity, parse_head
from warc.record import RecordRef, sha1_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MAX_BLOCK = 1024 * 1024 * 1024
"""Bytes a record's block may have before it is refused rather than held in memory."""

_PIECE = 64 * 1024
_MAX_HEADER = 64 * 1024
_END = b"\r\n\r\n"
_VERSION = re.compile(rb"WARC/[01]\.\d+\r\n")


@dataclass(frozen=True, slots=True)
class Record:
    """One record: where it lies, its named fields in their order, and its block.

    `values` has the fields' values by their names in lower case.
    """

    ref: RecordRef
    version: str
    fields: tuple[tuple[str, str], ...]
    block: bytes
    values: Mapping[str, list[str]] = field(repr=False, compare=False)

    def get(self, name: str) -> str | None:
        """Value of the first field of that name, in any case."""
        values = self.values.get(name.lower())
        return values[0] if values else None

    def all(self, name: str) -> Sequence[str]:
        """Values of all fields of that name, in any case."""
        return self.values.get(name.lower(), ())


def read_records(path: Path | str, offset: int = 0) -> Iterator[Record]:
    """The records of a .warc or .warc.gz file, in order, from the one that starts at `offset` bytes on.

    Raises WarcReadError where the file is no WARC file or is damaged, after all good records before that place, and
    FileNotFoundError and other OSErrors as they come.
    """
    path = Path(path)
    size = path.stat().st_size
    if size == 0:
        raise WarcReadError(path, 0, "the file is empty")
    with path.open("rb") as file:
        while offset < size:
            record = _record_at(file, path, offset)
            yield record
            offset += record.ref.length


def open_record(path: Path | str, offset: int) -> Record:
    """The one record that starts at `offset` bytes. Raises WarcReadError if none does."""
    path = Path(path)
    with path.open("rb") as file:
        return _record_at(file, path, offset)


def response_entity(record: Record) -> tuple[int, list[tuple[str, str]], bytes]:
    """Status, headers and decoded body of a `response` record: transfer and content decoding undone.

    A revisit has no body of its own: `WarcIndex.response` finds it. Raises WarcReadError if the block is no HTTP
    response or its body can't be decoded.
    """
    head = response_head(record)
    try:
        body = decode_content(b"".join(entity(record.block, head)), head.joined("content-encoding"))
    except MessageError as error:
        raise WarcReadError(record.ref.file, record.ref.offset, f"{record.ref.url}: {error}") from error
    return head.status or 0, list(head.headers), body


def response_head(record: Record) -> Head:
    """Status line and headers of a `response` or `revisit` record. Raises WarcReadError if there are none."""
    head = parse_head(record.block)
    if head is None or head.status is None:
        raise WarcReadError(record.ref.file, record.ref.offset, f"{record.ref.url}: the block is no HTTP response")
    return head


def payload_digest(record: Record) -> str:
    """Digest of the entity of a record that holds an HTTP message, whether or not the record states it."""
    head = parse_head(record.block)
    return sha1_label(record.block) if head is None else sha1_label(*entity(record.block, head))


def read_member(path: Path | str, ref: RecordRef) -> bytes:
    """The raw bytes of a record as they lie in the file: its gzip member, or its plain text."""
    with Path(path).open("rb") as file:
        file.seek(ref.offset)
        return file.read(ref.length)


def _record_at(file: BinaryIO, path: Path, offset: int) -> Record:
    file.seek(offset)
    start = file.read(2)
    file.seek(offset)
    if start == b"\x1f\x8b":
        return _gzipped_record(file, path, offset)
    if start == b"WA":
        return _plain_record(file, path, offset)
    if offset:
        raise WarcReadError(path, offset, f"no record starts here but {start!r}")
    raise WarcReadError(path, 0, "this is no WARC file: it begins neither with a gzip member nor with WARC/1.x")


def _gzipped_record(file: BinaryIO, path: Path, offset: int) -> Record:
    """Inflates no more than the record's header announces: a small member can't fill the memory."""
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    data = bytearray()
    wanted = _MAX_HEADER
    header: _Header | None = None
    while not inflater.eof and len(data) <= wanted:
        piece = inflater.unconsumed_tail or file.read(_PIECE)
        if not piece:
            raise WarcReadError(path, offset, f"the file ends inside a record, {file.tell() - offset} bytes into it")
        try:
            data += inflater.decompress(piece, wanted + 1 - len(data))
        except zlib.error as error:
            raise WarcReadError(path, offset, f"damaged gzip member ({error})") from error
        if header is None and (end := data.find(b"\r\n\r\n")) >= 0:
            header = _parse_header(bytes(data[:end]), path, offset)
            wanted = header.size + header.content_length + 4
    if header is None:
        raise WarcReadError(path, offset, "a gzip member without a WARC header")
    length = file.tell() - offset - len(inflater.unused_data)
    if len(data) > wanted:
        reason = "more than one record in a gzip member: `warcio recompress` puts each into its own"
        raise WarcReadError(path, offset, reason if data[wanted - 4 : wanted] == _END else _no_end(header))
    with memoryview(data) as view:
        block, closing = bytes(view[header.size : wanted - 4]), bytes(view[wanted - 4 :])
    return _record(path, offset, length, header, block, closing)


def _plain_record(file: BinaryIO, path: Path, offset: int) -> Record:
    start = file.read(_MAX_HEADER)
    end = start.find(b"\r\n\r\n")
    if end < 0:
        raise WarcReadError(path, offset, "a record without the end of its header")
    header = _parse_header(start[:end], path, offset)
    file.seek(offset + header.size)
    block, closing = file.read(header.content_length), file.read(4)
    return _record(path, offset, header.size + len(block) + len(closing), header, block, closing)


@dataclass(frozen=True, slots=True)
class _Header:
    """A record's header; `size` counts its bytes, blank line included."""

    version: str
    fields: tuple[tuple[str, str], ...]
    content_length: int
    size: int


def _parse_header(header: bytes, path: Path, offset: int) -> _Header:
    if not _VERSION.match(header):
        raise WarcReadError(path, offset, f"a record begins with {header[:20]!r} and not with WARC/1.x")
    version, *lines = header.decode("utf-8", "surrogateescape").split("\r\n")
    fields: list[tuple[str, str]] = []
    for line in lines:
        name, colon, value = line.partition(":")
        if line[:1] in {" ", "\t"} and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}")
        elif colon:
            fields.append((name.strip(), value.strip()))
        else:
            raise WarcReadError(path, offset, f"a header line without a colon: {line[:60]!r}")
    length = next((value for name, value in fields if name.lower() == "content-length"), "")
    if not (length.isascii() and length.isdigit()):
        raise WarcReadError(path, offset, f"Content-Length is {length!r}")
    if int(length) > MAX_BLOCK:
        raise WarcReadError(path, offset, f"a block of {length} bytes is more than this program reads")
    return _Header(version, tuple(fields), int(length), len(header) + 4)


def _record(path: Path, offset: int, length: int, header: _Header, block: bytes, closing: bytes) -> Record:
    if closing != _END:
        raise WarcReadError(path, offset, _no_end(header))
    values: dict[str, list[str]] = {}
    for name, value in header.fields:
        values.setdefault(name.lower(), []).append(value)
    first = {name: found[0] for name, found in values.items()}
    url = first.get("warc-target-uri")
    ref = RecordRef(
        file=path.name,
        offset=offset,
        length=length,
        record_id=first.get("warc-record-id", ""),
        date=first.get("warc-date", ""),
        type=first.get("warc-type", ""),
        url=url.strip("<>") if url else None,
        payload_digest=first.get("warc-payload-digest"),
        refers_to=first.get("warc-refers-to"),
    )
    return Record(ref, header.version, header.fields, block, values)


def _no_end(header: _Header) -> str:
    return f"the record does not end after the {header.content_length} bytes that its Content-Length says"
