"""What the machine says of an archive: how much room it takes, and who is writing to it. Nothing is touched."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archiver.archive import Archive

_KERNEL_LOCKS: Final = Path("/proc/locks")

_WARC_NAME = re.compile(r"(.+?)-\d{14}-")
"""The outlet's name in that of a WARC file of a crawl."""


class Disk(Struct, frozen=True, kw_only=True):
    """Bytes that an archive takes, by part, and that its file system has left."""

    warc: int
    index: int
    catalog: int
    runs: int
    other: int
    free: int
    size: int
    """Of the whole file system."""

    @property
    def used(self) -> int:
        """What the archive takes."""
        return self.warc + self.index + self.catalog + self.runs + self.other


def disk(archive: Archive) -> Disk:
    """The archive's own sizes, and what is left for it."""
    parts = Counter[str]()
    for entry in os.scandir(archive.root):
        name = "catalog" if entry.name.startswith(archive.catalog.name) else entry.name
        part = name if name in {"warc", "index", "catalog", "runs"} else "other"
        parts[part] += sum(_sizes(entry))
    space = shutil.disk_usage(archive.root)
    return Disk(
        warc=parts["warc"],
        index=parts["index"],
        catalog=parts["catalog"],
        runs=parts["runs"],
        other=parts["other"],
        free=space.free,
        size=space.total,
    )


def warc_bytes(archive: Archive) -> Counter[str]:
    """Bytes of WARC files by the first part of their names: the outlet's, or what was done for several of them."""
    sizes = Counter[str]()
    for entry in os.scandir(archive.warc) if archive.warc.is_dir() else ():
        if found := _WARC_NAME.match(entry.name):
            sizes[found[1]] += sum(_sizes(entry))
    return sizes


def lock_holders(archive: Archive) -> dict[str, int] | None:
    """The process that holds the lock of each outlet, of those that are locked; None where the system does not tell.

    While the whole archive is locked, because something is being taken out of it, there is an "archive" too.

    The kernel is asked and no lock is tried: trying takes it, and a run that begins just then would find it taken.
    """
    try:
        held = dict(_held())
        files = sorted((archive.root / "locks").glob("*.lock"))
        found = {path.stem: _holder(path, held) for path in files}
    except OSError:
        return None
    return {name: process for name, process in found.items() if process is not None}


def _held() -> Iterator[tuple[str, int]]:
    """-> place, process. A line is `1: FLOCK  ADVISORY  WRITE 4711 08:01:1234567 0 EOF`, see proc_locks(5)."""
    for line in _KERNEL_LOCKS.read_text(encoding="ascii").splitlines():
        words = line.split()
        if words[1:2] == ["FLOCK"] and words[3] == "WRITE":
            yield words[5], int(words[4])


def _holder(path: Path, held: Mapping[str, int]) -> int | None:
    """The kernel names device and inode; layered file systems have another device, so the process is compared too."""
    status = path.stat()
    place = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
    if place in held:
        return held[place]
    named = path.read_text(encoding="ascii", errors="replace").strip()
    same = (process for place, process in held.items() if place.endswith(f":{status.st_ino}"))
    return next((process for process in same if str(process) == named), None)


def _sizes(entry: os.DirEntry[str]) -> Iterator[int]:
    """Of a file, or of all that is in a folder. What goes away meanwhile counts for nothing."""
    try:
        if entry.is_dir(follow_symlinks=False):
            for inner in os.scandir(entry):
                yield from _sizes(inner)
        else:
            yield entry.stat(follow_symlinks=False).st_size
    except FileNotFoundError:
        return
