"""Files that a dead writer left behind: cut to their last whole record and finished in its place."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warc.cdxj import FileIndex, cdxj_name, write_cdxj
from warc.errors import WarcReadError, WarcWriteError
from warc.output import OPEN_SUFFIX, lock, same_file, sync_folder
from warc.read import read_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warc.record import RecordRef


@dataclass(frozen=True, slots=True)
class Repaired:
    """A file that was finished: `path` is its name now, None if it held no capture and was removed.

    `records` counts what it holds, `cut` the bytes of the record that was being written.
    """

    path: Path | None
    records: int
    cut: int


def repair(directory: Path, *, index_directory: Path | None = None) -> list[Repaired]:
    """Finish every left-over `.open` file of a folder, and write its CDXJ (default: beside it).

    A file that a writer still holds is left alone. Each record is read to its end, so that gzip's checksums are
    checked. Raises WarcWriteError if the folder can't be written.
    """
    done = []
    try:
        for path in sorted(directory.glob(f"*{OPEN_SUFFIX}")):
            with io.FileIO(path, "r+b") as file:
                if lock(file) and same_file(file, path):
                    done.append(_finish(path, file, index_directory or directory))
    except OSError as error:
        raise WarcWriteError(directory, error.strerror or str(error)) from error
    return done


def _finish(path: Path, file: io.FileIO, index_directory: Path) -> Repaired:
    finished = path.with_name(path.name.removesuffix(OPEN_SUFFIX))
    records = list(_whole_records(path))
    end = records[-1].offset + records[-1].length if records else 0
    cut = path.stat().st_size - end
    if len(records) < 2:  # a warcinfo record at most
        path.unlink()
        sync_folder(path.parent)
        return Repaired(None, 0, cut)
    if finished.exists():
        raise WarcWriteError(finished, f"the file exists already: move it or {path} away")
    file.truncate(end)
    os.fsync(file.fileno())
    path.rename(finished)
    sync_folder(path.parent)
    index = FileIndex()
    for record in read_records(finished):
        index.add(record)
    write_cdxj(index.lines(), index_directory / cdxj_name(finished.name))
    return Repaired(finished, len(records), cut)


def _whole_records(path: Path) -> Iterator[RecordRef]:
    """The places of all records up to the first that is not whole."""
    try:
        for record in read_records(path):
            yield record.ref
    except WarcReadError:
        return
