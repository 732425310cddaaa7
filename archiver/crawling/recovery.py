"""Putting in order what went wrong with writing: files that a killed run left open, and errors of the disk."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from archiver.catalog.rebuild import rebuild
from archiver.errors import CannotWriteError, KlipingError
from warc.errors import WarcWriteError
from warc.repair import repair

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.archive import Archive

_LOG = logging.getLogger(__name__)


def mend(archive: Archive) -> None:
    """Finish what a killed run left open, and make a lost catalog anew: a replay would copy what it doesn't know.

    Files that another run is writing are left alone. Raises `CannotWriteError`.
    """
    try:
        for repaired in repair(archive.warc, index_directory=archive.index):
            _LOG.warning("finished %s of a run that was killed: %d records", repaired.path, repaired.records)
    except WarcWriteError as error:
        raise as_ours(error, archive.root) from error
    if not archive.catalog.exists() and archive.warc_files():
        rebuild(archive)


def as_ours(error: Exception, root: Path) -> KlipingError:
    """A failure to write the archive at `root`, as an error that tells the user what to do."""
    match error:
        case KlipingError():
            return error
        case WarcWriteError():
            return CannotWriteError(f"{error}; all that was written before is whole. Make room and run again")
    return CannotWriteError(f"cannot write the archive {root}: {error}; make room or the folder writable")
