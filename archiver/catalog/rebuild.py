"""The catalog made anew from the WARC files alone, when it is lost, damaged or of another version.

Texts come from conversion records, everything else about an article from metadata records; no page is read
again. Of several readings of one capture the newest stands, as it does when they are saved one by one.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from archiver.catalog.connection import alone
from archiver.catalog.content import body_of, restore
from archiver.catalog.staging import Pair, Staging
from archiver.catalog.store import Catalog
from archiver.errors import CannotWriteError
from warc.errors import WarcReadError
from warc.read import Record, payload_digest, read_records, response_head

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archiver.archive import Archive


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild found. `damaged` says of each file that could not be read to its end where it broke off.

    `unmatched` names metadata records whose text is nowhere, or is another article's.
    """

    files: int
    captures: int
    articles: int
    damaged: tuple[str, ...]
    unmatched: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing was missing."""
        return not self.damaged and not self.unmatched


def rebuild(archive: Archive, *, on_file: Callable[[Path], None] = lambda _: None) -> Rebuilt:
    """Make `catalog.db` anew and put it in the old one's place when it is complete, in one step.

    `on_file` is told of each file before it is read. Where a file is damaged, what stands before the damage
    is taken, and the old catalog is kept as `catalog.db.old`. Raises `LockedError` while another program has
    the catalog open, `CannotWriteError` where the new one cannot be written; the old one then stays as it
    was.
    """
    fresh = archive.catalog.with_name("catalog.db.new")
    files, damaged, unmatched = archive.warc_files(), list[str](), list[str]()
    try:
        _remove(fresh)
        with alone(archive.catalog):
            with Catalog(fresh) as catalog, catalog.transaction(), Staging() as staging:
                for path in files:
                    on_file(path)
                    try:
                        for record in read_records(path):
                            _take(record, catalog, staging)
                    except WarcReadError as error:
                        damaged.append(str(error))
                for pair in staging.pairs():
                    if not _save(catalog, pair):
                        unmatched.append(pair.metadata.record_id)
                captures, articles = catalog.counts()
            if damaged and archive.catalog.exists():
                shutil.copy2(archive.catalog, archive.catalog.with_name("catalog.db.old"))
            _put_in_place(fresh, archive.catalog)
    except OSError as error:
        raise CannotWriteError(
            f"cannot make {archive.catalog} anew: {error}; make room or give write permission, then try again"
        ) from error
    finally:
        _remove(fresh)
    return Rebuilt(len(files), captures, articles, tuple(damaged), tuple(unmatched))


def take_in(archive: Archive, path: Path) -> bool:
    """Add to the catalog what a finished WARC file holds and the catalog does not: its writer died between the two.

    False if the catalog knows records that are not in the file, as after a power cut: then only `rebuild` helps.
    Raises `LockedError`, `CannotWriteError`, `BadDataError`, `warc.errors.WarcReadError`.
    """
    with Catalog(archive.catalog) as catalog, catalog.transaction(), Staging() as staging:
        missing = {ref.record_id for ref in catalog.records_in(path.name)}
        for record in read_records(path):
            _take(record, catalog, staging)
            missing.discard(record.ref.record_id)
        for pair in staging.pairs():
            _save(catalog, pair)
    return not missing


def _take(record: Record, catalog: Catalog, staging: Staging) -> None:
    match record.ref.type:
        case "response" | "revisit":
            digest = record.ref.payload_digest or payload_digest(record)
            truncated = record.get("WARC-Truncated") if record.ref.type == "response" else None
            catalog.add_capture(replace(record.ref, payload_digest=digest), _status(record), truncated=truncated)
        case "conversion":
            staging.add_conversion(record)
        case "metadata":
            staging.add_metadata(record)


def _status(record: Record) -> int | None:
    try:
        return response_head(record).status
    except WarcReadError:
        return None  # something else than HTTP


def _save(catalog: Catalog, pair: Pair) -> bool:
    """Whether the two records make an article."""
    if pair.conversion is None or pair.text is None:
        return False
    try:
        article = restore(pair.article, body_of(restore(pair.article, ""), pair.text))
    except (msgspec.MsgspecError, ValueError):
        return False
    if not article.captures:
        return False
    catalog.save(article, conversion=pair.conversion, metadata=pair.metadata)
    return True


def _put_in_place(fresh: Path, catalog: Path) -> None:
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    fresh.replace(catalog)
    folder = os.open(catalog.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _remove(database: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
