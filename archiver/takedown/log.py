"""ARCHIVE/takedowns.jsonl: what was taken out of the archive, when and why; a JSON object a line, only ever appended.

It names addresses, records and digests, never a title or a word of the text.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec
from msgspec import Struct

from archiver.errors import BadDataError, CannotWriteError
from warc.output import sync_folder
from warc.record import target_uri

if TYPE_CHECKING:
    from archiver.archive import Archive


Reason: TypeAlias = Literal["address", "payload", "copy", "link"]
"""Why a record goes: it is of the address; has the same payload; holds a passage, as asked for; belongs to such one."""


class RemovedRecord(Struct, frozen=True):
    """A record that is gone: what it was, and where it lay."""

    record_id: str
    type: str
    url: str | None
    date: str
    payload_digest: str | None
    file: str
    offset: int
    length: int
    because: Reason


class ChangedFile(Struct, frozen=True):
    """A WARC file that was rewritten: SHA-256 before and after. Its size and all other records are as they were."""

    name: str
    before: str
    after: str


class Takedown(Struct, frozen=True, kw_only=True):
    """One line of the log.

    `url` is the article's own address, `addresses` are all that it went by: none of them is captured again.
    `tombstone` is the id of the metadata record that says the same in ARCHIVE/warc.
    """

    id: str
    time: str
    url: str
    reason: str
    policy: str | None
    operator: str | None
    version: str
    tombstone: str
    addresses: tuple[str, ...]
    removed: tuple[RemovedRecord, ...]
    files: tuple[ChangedFile, ...]


def read_takedowns(archive: Archive) -> list[Takedown]:
    """All of them, oldest first; half a line at the end, as a killed process leaves it, is passed over.

    Raises `BadDataError` for a line within that is none.
    """
    if not archive.takedowns.exists():
        return []
    lines = archive.takedowns.read_bytes().split(b"\n")[:-1]
    try:
        return [msgspec.json.decode(line, type=Takedown) for line in lines]
    except msgspec.MsgspecError as error:
        raise BadDataError(f"cannot read {archive.takedowns}: {error}; mend the file") from error


class TakenDown:
    """The addresses that must not come into an archive again, as its log says when this is made.

    Those are all that an article went by, and those of copies that were taken with it.
    """

    def __init__(self, archive: Archive) -> None:
        self._why = {
            address: f"taken down at {takedown.time}, {takedown.id}"
            for takedown in read_takedowns(archive)
            for address in (*takedown.addresses, *_copies(takedown))
        }

    def why(self, url: str) -> str | None:
        """When the address was taken down, and the takedown's id; None if it was not."""
        try:
            return self._why.get(target_uri(url)) if self._why else None
        except ValueError:
            return None  # no address at all: "http://[", say


def _copies(takedown: Takedown) -> list[str]:
    return [target_uri(record.url) for record in takedown.removed if record.because == "copy" and record.url]


def append(archive: Archive, takedown: Takedown) -> None:
    """Add a line that outlasts a power cut, unless it is there already. Raises `CannotWriteError`."""
    if any(known.id == takedown.id for known in read_takedowns(archive)):
        return
    try:
        with archive.takedowns.open("a+b") as file:
            file.seek(0)
            file.truncate(file.read().rfind(b"\n") + 1)
            file.write(msgspec.json.encode(takedown) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        sync_folder(archive.root)
    except OSError as error:
        raise CannotWriteError(f"cannot write {archive.takedowns}: {error.strerror}; make room") from error
