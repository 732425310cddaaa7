"""Whether an archive is sound: its WARC files, and what index and catalog say of them.

The files are checked by `warc.verify`; here is what needs the archive around them. Nothing is changed.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from archiver.archive import MARKER, Archive
from archiver.catalog import Catalog
from archiver.catalog.agreement import Agreement
from archiver.errors import BadDataError, NotFoundError
from warc.cdxj import cdxj_name
from warc.output import OPEN_SUFFIX, lock
from warc.verify import Finding, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from warc.read import Record

    OnRecord = Callable[[Path, Record], None]


def verify_archive(archive: Archive, *, on_record: OnRecord = lambda _path, _record: None) -> Iterator[Finding]:
    """All faults of an archive, as they are found; `on_record` is shown every record that can be read.

    A folder without `archive.toml` is taken for a heap of WARC files, which may lack index and catalog. Codes besides
    those of `warc.verify`: `open`, a file that a killed run left and the next one will finish; `catalog`. Files that a
    run is writing just now are passed over. Raises `BadDataError` where the catalog cannot be read.
    """
    written, left = _open_files(archive)
    for path in left:
        yield Finding(path, 0, "open", "a killed run left it; the next run into this archive finishes it")
    files = archive.warc_files()
    if not archive.marker.exists() and not archive.catalog.exists():
        yield from verify(files, index_directory=archive.index if archive.index.is_dir() else None, on_record=on_record)
        return
    yield from _stray_indexes(archive, {path.name for path in (*files, *written)})
    if not archive.catalog.exists():
        yield Finding(archive.catalog, 0, "catalog", f"it is missing: kliping catalog rebuild {archive.root} makes it")
        yield from verify(files, index_directory=archive.index, on_record=on_record)
        return
    with Catalog(archive.catalog, read_only=True) as catalog:
        agreement = Agreement(catalog)

        def see(path: Path, record: Record) -> None:
            agreement.add(path, record)
            on_record(path, record)

        unread = {path.name for path in written}
        known = _in_other_files(catalog, unread)
        yield from verify(files, index_directory=archive.index, known=known, on_record=see)
        yield from agreement.findings(archive.warc, unread=unread)


def verify_files(paths: Iterable[Path], *, on_record: OnRecord = lambda _path, _record: None) -> Iterator[Finding]:
    """All faults of some WARC files, as they are found.

    Links into other files count as good where these files lie in an archive whose catalog knows the record. Raises
    `NotFoundError` where a file cannot be read, `BadDataError` where it is no WARC file at all.
    """
    paths = tuple(paths)
    for path in paths:
        _check_file(path)
    homes = {path.absolute().parent.parent for path in paths}
    catalogs = [Catalog(home / "catalog.db", read_only=True) for home in homes if _is_archive(home)]
    try:
        yield from verify(
            paths,
            known=lambda record_id: any(catalog.has_record(record_id) for catalog in catalogs),
            on_record=on_record,
        )
    finally:
        for catalog in catalogs:
            catalog.close()


def _is_archive(folder: Path) -> bool:
    return (folder / MARKER).is_file() and (folder / "catalog.db").is_file()


def _check_file(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(5)
    except OSError as error:
        raise NotFoundError(f"cannot read {path}: {error.strerror or error}") from error
    if start and not start.startswith((b"\x1f\x8b", b"WARC/")):
        raise BadDataError(f"{path} is no WARC file: it begins with {start!r}")


def _open_files(archive: Archive) -> tuple[list[Path], list[Path]]:
    """-> the names that files being written will have, files that a dead writer left."""
    written, left = [], []
    for path in sorted(archive.warc.glob(f"*{OPEN_SUFFIX}")):
        with io.FileIO(path, "rb") as file:
            if lock(file):
                left.append(path)
            else:
                written.append(path.with_name(path.name.removesuffix(OPEN_SUFFIX)))
    return written, left


def _stray_indexes(archive: Archive, names: set[str]) -> Iterator[Finding]:
    expected = {cdxj_name(name) for name in names}
    for path in sorted(archive.index.glob("*.cdxj")):
        if path.name not in expected:
            yield Finding(path, 0, "index", "it is the index of a WARC file that is not there")


def _in_other_files(catalog: Catalog, names: set[str]) -> Callable[[str], bool]:
    """Whether a record lies in one of these files, which another run is writing."""

    def known(record_id: str) -> bool:
        ref = catalog.record(record_id)
        return ref is not None and ref.file in names

    return known
