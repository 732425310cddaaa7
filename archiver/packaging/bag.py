"""An archive as a bag: a copy with checksums of every file, as repositories take it in (BagIt, RFC 8493).

The Library of Congress' own `bagit` makes the manifests and checks them. It writes version 0.97 of the format, whose
manifests are those of 1.0.
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import warnings
from collections.abc import Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import bagit

import archiver
from archiver.catalog.connection import connect_to_read, plain_errors
from archiver.errors import BadDataError, CannotWriteError, NotFoundError
from archiver.packaging.files import archive_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.archive import Archive

CHECKSUMS = ("sha256", "sha512")


@dataclass(frozen=True, slots=True)
class Bagged:
    """A bag that was made and checked: files of the payload by number, and their bytes."""

    files: int
    size: int


def make_bag(archive: Archive, target: Path, about: Mapping[str, str]) -> Bagged:
    """Copy the archive into a bag at `target`; it is there whole and checked, or not at all.

    What is still being written is left out; the catalog is copied as of one moment. `about` are fields of
    bag-info.txt. Raises `CannotWriteError` where the target is there already or nothing can be written,
    `NotFoundError` for an archive without WARC files, `BadDataError` for a damaged catalog and where the copy is not
    what was read.
    """
    if not archive.warc_files():
        raise NotFoundError(f"{archive.root} has no finished WARC file: there is nothing to put into a bag")
    if target.exists():
        raise CannotWriteError(f"{target} is there already: name another folder, or move it away")
    if target.resolve().is_relative_to(archive.root.resolve()):
        raise CannotWriteError(f"{target} lies within the archive: name a folder outside of it")
    stage = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        files, size = _copy(archive, stage)
        with _quiet_bagit():
            bag = bagit.make_bag(str(stage), dict(_fields(about, size)), checksums=list(CHECKSUMS))
            bag.validate()
        os.sync()
        stage.rename(target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotWriteError(f"cannot write {target}: {reason}; make room or name another folder") from error
    except bagit.BagError as error:
        raise BadDataError(f"the copy of {archive.root} is not what was read: {error}; try again") from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return Bagged(files, size)


def _copy(archive: Archive, stage: Path) -> tuple[int, int]:
    files = size = 0
    for path in archive_files(archive):
        copy = stage / path.relative_to(archive.root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if path == archive.catalog:
            _snapshot(path, copy)
        else:
            shutil.copy2(path, copy)
        files, size = files + 1, size + copy.stat().st_size
    return files, size


def _snapshot(catalog: Path, copy: Path) -> None:
    """The catalog as one file that needs no log beside it, also while a crawl writes to it."""
    with closing(connect_to_read(catalog)) as source, plain_errors(catalog), closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")


def _fields(about: Mapping[str, str], size: int) -> Iterator[tuple[str, str]]:
    yield from about.items()
    yield "Bag-Size", f"{size / 1_000_000:.1f} MB"
    yield "Bag-Software-Agent", f"Kliping/{archiver.__version__} with bagit.py {bagit.VERSION}"


@contextmanager
def _quiet_bagit() -> Iterator[None]:
    """Without the log lines that it writes to stderr, and its warnings to its own authors.

    Its 1.9.0 calls `re.sub` in a way that Python 3.13 warns of, and leaves the closing of files to the collector.
    """
    logger = logging.getLogger("bagit")
    silent = logging.NullHandler()
    logger.addHandler(silent)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.removeHandler(silent)
