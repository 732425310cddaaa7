"""Taking records out of a finished WARC file without moving the others.

What indexes, catalogs and metadata records say of a file (name, offset, length) stays true: the place of each record
that goes is taken by a metadata record of just as many bytes. So a rewritten file has the size that it had, and differs
from the old one in those places alone. The filling names the record that tells why, in its block: a link would lead
into nothing where the file is used by itself.
"""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from warc import draft
from warc.errors import WarcWriteError
from warc.record import new_record_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path
    from typing import BinaryIO

    from warc.record import RecordRef

_PIECE: Final = 1024 * 1024
_GZIP: Final = b"\x1f\x8b"
_GZIP_HEAD: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_STORED: Final = 65535
"""Bytes that a stored block of deflate can hold (RFC 1951, 3.2.4)."""

_TYPES: Final = (draft.WARC_FIELDS, f"{draft.WARC_FIELDS}; charset=utf-8")


@dataclass(frozen=True, slots=True)
class Gap:
    """A range of a file, in bytes, that whole records fill."""

    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Rewritten:
    """SHA-256 (hexadecimal) of a file before and after."""

    before: str
    after: str


def gaps(refs: Iterable[RecordRef]) -> list[Gap]:
    """The ranges that these records of one file take; neighbours make one."""
    found: list[Gap] = []
    for ref in sorted(refs, key=lambda ref: ref.offset):
        if found and found[-1].offset + found[-1].length == ref.offset:
            found[-1] = Gap(found[-1].offset, found[-1].length + ref.length)
        else:
            found.append(Gap(ref.offset, ref.length))
    return found


def rewrite(path: Path, target: Path, removed: Iterable[RecordRef], note_id: str, moment: datetime) -> Rewritten:
    """Copy `path` to `target` without these records; what takes their places names the record `note_id`.

    The copy is on disk when this returns. Raises WarcWriteError, also for a gap that is too small for any record.
    """
    before, after = hashlib.sha256(), hashlib.sha256()
    try:
        with path.open("rb") as source, target.open("xb") as out:
            for gap in gaps(removed):
                for piece in _pieces(source, gap.offset - source.tell()):
                    before.update(piece)
                    after.update(piece)
                    out.write(piece)
                start = source.read(2)
                filling = filler(gap.length, note_id, moment, compressed=start == _GZIP)
                if filling is None:
                    raise WarcWriteError(path, f"the record at byte {gap.offset} is too short for a note in its place")
                source.seek(gap.offset)
                for piece in _pieces(source, gap.length):
                    before.update(piece)
                after.update(filling)
                out.write(filling)
            while piece := source.read(_PIECE):
                before.update(piece)
                after.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
    except OSError as error:
        raise WarcWriteError(target, error.strerror or str(error)) from error
    return Rewritten(before.hexdigest(), after.hexdigest())


def filler(length: int, note_id: str, moment: datetime, *, compressed: bool) -> bytes | None:
    """A metadata record of just so many bytes, as a gzip member or plain; None if there is no room for one.

    It is stored, not deflated, so that its length can be chosen; blanks in its block fill it up.
    """
    if not compressed:
        return _record(length, note_id, moment)
    blocks = 1
    while (size := length - len(_GZIP_HEAD) - 8 - 5 * blocks) > _STORED * blocks:
        blocks += 1
    record = _record(size, note_id, moment)
    return None if record is None else _member(record, blocks)


def _record(size: int, note_id: str, moment: datetime) -> bytes | None:
    """The digits of Content-Length make one size in ten thousand impossible with one content type, not with two."""
    for content_type in _TYPES:
        empty = _laid_out(0, content_type, note_id, moment)
        for digits in range(7):
            blanks = size - len(empty) - digits
            record = _laid_out(max(blanks, 0), content_type, note_id, moment)
            if len(record) == size:
                return record
    return None


def _laid_out(blanks: int, content_type: str, note_id: str, moment: datetime) -> bytes:
    block = f"outcome: removed\r\nnote: {note_id}{' ' * blanks}\r\n".encode()
    record = draft.metadata(None, block, content_type, None, moment)
    return record.header(new_record_id(), None) + block + b"\r\n\r\n"


def _member(data: bytes, blocks: int) -> bytes:
    """A gzip member (RFC 1952) of that many stored blocks."""
    parts = [_GZIP_HEAD]
    for number in range(blocks):
        piece = data[number * _STORED : (number + 1) * _STORED]
        last = number == blocks - 1
        parts += [struct.pack("<BHH", last, len(piece), len(piece) ^ 0xFFFF), piece]
    parts.append(struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF))
    return b"".join(parts)


def _pieces(file: BinaryIO, length: int) -> Iterator[bytes]:
    while length > 0 and (piece := file.read(min(length, _PIECE))):
        length -= len(piece)
        yield piece
