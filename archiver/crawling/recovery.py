"""Putting in order what went wrong with writing: files that a killed run left open, and errors of the disk."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from archiver.catalog.connection import is_outdated
from archiver.catalog.rebuild import rebuild, take_in
from archiver.crawling.lock import archive_lock, outlet_locks
from archiver.errors import CannotWriteError, KlipingError
from archiver.takedown.journal import resume
from warc.errors import WarcReadError, WarcWriteError
from warc.repair import repair, write_missing_indexes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from archiver.archive import Archive
    from warc.repair import Repaired

_NEVER_LAST = frozenset({"conversion"})
"""A text without the metadata record that follows it belongs to no article: the page is read again instead."""


@contextmanager
def writing(archive: Archive, names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Be one of those who write to an archive: with the locks of these outlets, and after everything was put in order.

    Gives what was done for that, for the user. Raises `LockedError` while another run is at one of the outlets or
    something is taken out of the archive, and what `mend` raises.
    """
    takedown = resume(archive)
    told = (f"finished the takedown of {takedown.url}, which had been interrupted",) if takedown else ()
    locks = archive.root / "locks"
    with archive_lock(locks, alone=False), outlet_locks(locks, names):
        yield (*told, *mend(archive))


def mend(archive: Archive) -> tuple[str, ...]:
    """Finish what a killed run left open, and bring the catalog up to date; returns what was done, for the user.

    What was captured is kept, and so is every article that was whole. Files that another run is writing are left
    alone. Raises `CannotWriteError`, and `LockedError` where the catalog must be made anew and another run has it.
    """
    try:
        repaired = repair(archive.warc, index_directory=archive.index, never_last=_NEVER_LAST)
        indexed = write_missing_indexes(archive.warc, archive.index)
    except WarcWriteError as error:
        raise as_ours(error, archive.root) from error
    done = [_told(file, archive.warc) for file in repaired]
    done += [f"wrote the index of {path}, which had none" for path in indexed]
    done += _mend_catalog(archive, [file.path for file in repaired if file.path])
    return tuple(done)


def as_ours(error: Exception, root: Path) -> KlipingError:
    """A failure to write the archive at `root`, as an error that tells the user what to do."""
    match error:
        case KlipingError():
            return error
        case WarcWriteError():
            return CannotWriteError(f"{error}; all that was written before is whole. Make room and run again")
    return CannotWriteError(f"cannot write the archive {root}: {error}; make room or the folder writable")


def _told(file: Repaired, folder: Path) -> str:
    if file.path is None:
        return f"removed a file from {folder} that a killed run had begun and that held nothing"
    cut = f", {file.cut} bytes of an unfinished one cut off" if file.cut else ""
    return f"finished {file.path}, which a killed run had left open: {file.records} records{cut}"


def _mend_catalog(archive: Archive, paths: list[Path]) -> Iterator[str]:
    """A lost catalog is made anew: a replay would copy what it does not know, a crawl fetch it."""
    if not archive.catalog.exists():
        if archive.warc_files():
            rebuild(archive)
            yield f"made {archive.catalog} anew, which was lost"
        return
    if is_outdated(archive.catalog):
        rebuild(archive)
        yield f"made {archive.catalog} anew: an earlier Kliping had made it"
        return
    for path in paths:
        try:
            agrees = take_in(archive, path)
        except WarcReadError as error:
            raise as_ours(error, archive.root) from error
        if not agrees:
            rebuild(archive)
            yield f"made {archive.catalog} anew: it knew records of {path} that are lost"
            return
