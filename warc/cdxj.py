"""CDXJ, the index that archivists' tools share: a line a capture, sorted by turned-round address (SURT)."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from warc.errors import WarcWriteError
from warc.message import parse_head
from warc.output import sync_folder
from warc.read import payload_digest
from warc.record import CAPTURES, timestamp14
from warc.surt import surt

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from warc.message import Head
    from warc.read import Record
    from warc.record import RecordRef


def cdxj_line(ref: RecordRef, head: Head | None, method: str = "GET") -> str:
    """`key timestamp {json}`, without an end of line. `head` is the response's; None for a resource."""
    mime = head.get("content-type") if head else None
    fields = {
        "url": ref.url or "",
        "mime": "warc/revisit" if ref.type == "revisit" else (mime or "-").partition(";")[0].strip().lower(),
        "status": str(head.status) if head and head.status else "-",
        "digest": ref.payload_digest or "-",
        "length": str(ref.length),
        "offset": str(ref.offset),
        "filename": ref.file,
    }
    if method != "GET":
        fields["method"] = method
    return f"{surt(ref.url or '')} {timestamp14(ref.date)} {json.dumps(fields)}"


class FileIndex:
    """Gathers the lines of a file whose records it is shown, one after the other."""

    def __init__(self) -> None:
        self._captures: list[tuple[RecordRef, Head | None]] = []
        self._methods: dict[str, str] = {}

    def add(self, record: Record) -> None:
        """Take note of a record. A request, which says with which method, may come after its response."""
        if record.ref.type == "request":
            method = record.block.partition(b" ")[0].decode("latin-1")
            self._methods.update(dict.fromkeys(record.all("WARC-Concurrent-To"), method))
        elif record.ref.type in CAPTURES:
            digest = record.ref.payload_digest or payload_digest(record)
            self._captures.append((replace(record.ref, payload_digest=digest), parse_head(record.block)))

    def lines(self) -> list[str]:
        """What the index should hold, in the order of the records."""
        return [cdxj_line(ref, head, self._methods.get(ref.record_id, "GET")) for ref, head in self._captures]


def cdxj_name(warc_name: str) -> str:
    """Name of the index of a WARC file."""
    return warc_name.removesuffix(".gz").removesuffix(".warc") + ".cdxj"


def write_cdxj(lines: Iterable[str], path: Path) -> None:
    """Write the lines, which come in the order of their bytes. The file is there whole or not at all.

    Raises WarcWriteError.
    """
    fresh = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink()
        raise WarcWriteError(path, error.strerror or str(error)) from error
