"""Which files of an archive are the archive, and which only a running program needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warc.output import OPEN_SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archiver.archive import Archive

_PASSING = (OPEN_SUFFIX, ".part", ".draft", ".lock", ".new", ".old")
"""Ends of the names of files that are being written, or that nobody needs afterwards."""


def archive_files(archive: Archive) -> Iterator[Path]:
    """All finished files, by path, the databases among them without the logs that SQLite keeps beside them."""
    logs = (f"{archive.catalog.name}-", f"{archive.pending.name}-")
    for path in sorted(archive.root.rglob("*")):
        passing = path.name.startswith(".") or path.name.endswith(_PASSING)
        if path.is_file() and not passing and not path.name.startswith(logs):
            yield path


def unfinished_files(archive: Archive) -> tuple[str, ...]:
    """Names of WARC files that are being written, or whose writer died."""
    return tuple(sorted(path.name for path in archive.warc.glob(f"*{OPEN_SUFFIX}")))
