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
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from warc.record import RecordRef


@dataclass(frozen=True, slots=True)
class Repaired:
    """A file that was finished: `path` is its name now, None if it held no capture and was removed.

    `records` counts what it holds, `cut` the bytes that were taken off its end.
    """

    path: Path | None
    records: int
    cut: int


def repair(directory: Path, *, index_directory: Path | None = None, never_last: Collection[str] = ()) -> list[Repaired]:
    """Finish every left-over `.open` file of a folder, and write its CDXJ (default: beside it).

    A file that a writer still holds is left alone. Each record is read to its end, so that gzip's checksums are
    checked. Records of the types in `never_last` are nothing without the one that follows them, and go if it is not
    there. Raises WarcWriteError if the folder can't be written.
    """
    done = []
    try:
        for path in sorted(directory.glob(f"*{OPEN_SUFFIX}")):
            with io.FileIO(path, "r+b") as file:
                if lock(file) and same_file(file, path):
                    done.append(_finish(path, file, index_directory or directory, never_last))
    except OSError as error:
        raise WarcWriteError(directory, error.strerror or str(error)) from error
    return done


def write_missing_indexes(directory: Path, index_directory: Path) -> list[Path]:
    """Write the CDXJ of every finished file that has none: its writer met a full disk, or it came from elsewhere.

    Returns these files. One that can't be read to its end gets none. Raises WarcWriteError.
    """
    indexed = []
    for path in sorted(file for file in directory.glob("*.warc*") if file.name.endswith((".warc", ".warc.gz"))):
        cdxj = index_directory / cdxj_name(path.name)
        try:
            if not cdxj.exists():
                _index(path, cdxj)
                indexed.append(path)
        except WarcReadError:
            continue  # `warc.verify` tells what is wrong with it
        except OSError as error:
            raise WarcWriteError(cdxj, error.strerror or str(error)) from error
    return indexed


def _finish(path: Path, file: io.FileIO, index_directory: Path, never_last: Collection[str]) -> Repaired:
    finished = path.with_name(path.name.removesuffix(OPEN_SUFFIX))
    records = list(_whole_records(path))
    while records and records[-1].type in never_last:
        records.pop()
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
    _index(finished, index_directory / cdxj_name(finished.name))
    return Repaired(finished, len(records), cut)


def _index(path: Path, cdxj: Path) -> None:
    index = FileIndex()
    for record in read_records(path):
        index.add(record)
    write_cdxj(sorted(index.lines(), key=str.encode), cdxj)


def _whole_records(path: Path) -> Iterator[RecordRef]:
    """The places of all records up to the first that is not whole."""
    try:
        for record in read_records(path):
            yield record.ref
    except WarcReadError:
        return
