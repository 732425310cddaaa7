"""A receipt, made of what the archive's own files say: catalog, runs, WARC records, and the checks of all of them."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import archiver
from archiver.catalog import Catalog
from archiver.errors import KlipingError, NotFoundError
from archiver.packaging.files import archive_files, unfinished_files
from archiver.reports.receipt.captures import origins, survey
from archiver.reports.receipt.contents import holdings
from archiver.reports.receipt.history import read_history, still_absent
from archiver.reports.receipt.validators import check_all
from archiver.reports.receipt.values import Check, Contents, FileDigest, Missing, Receipt, Robots

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.archive import Archive
    from archiver.reports.receipt.captures import Survey
    from archiver.reports.receipt.contents import Holdings
    from archiver.reports.receipt.history import History


def compose(
    archive: Archive,
    *,
    check: Callable[[Archive], Sequence[Check]] = check_all,
    on_step: Callable[[str], None] = lambda _: None,
) -> Receipt:
    """Read the whole archive and say what is in it; `on_step` is told what is read next.

    What cannot be read is part of the receipt. Raises `NotFoundError` for an archive without WARC files.
    """
    warcs = archive.warc_files()
    if not warcs:
        raise NotFoundError(f"{archive.root} has no finished WARC file: there is nothing to give a receipt for")
    on_step("reading the WARC files")
    found = survey(warcs)
    on_step("reading the catalog and the runs")
    held, history = holdings(archive), read_history(archive)
    with _known(archive) as known:
        absences = still_absent(history, found.absences, known)
    on_step("checking with every validator that is here")
    checks = check(archive)
    on_step("reckoning the digests of all files")
    return Receipt(
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        by=f"Kliping {archiver.__version__}",
        archive=archive.root.resolve().name,
        archive_version=_version(archive),
        contents=_contents(held, found),
        origins=origins(found),
        runs=tuple(history.runs),
        outcomes=dict(history.outcomes.most_common()),
        robots=Robots(
            files=tuple(found.robots[url] for url in sorted(found.robots)),
            decisions=dict(found.decisions.most_common()),
            refused=history.refused,
        ),
        missing=Missing(
            absences=absences,
            incomplete=tuple(held.incomplete),
            sources=tuple(history.sources[url] for url in sorted(history.sources)),
            withdrawn=tuple(history.withdrawn),
            unfinished_runs=history.unfinished,
            unfinished_files=unfinished_files(archive),
            requisites=history.requisites,
            unread=tuple(_unread(held, found, history)),
            windows=history.windows,
        ),
        checks=tuple(checks),
        files=tuple(_digest(archive, path) for path in archive_files(archive)),
    )


def _contents(held: Holdings, found: Survey) -> Contents:
    return Contents(
        articles=sum(outlet.articles for outlet in held.outlets),
        versions=sum(outlet.versions for outlet in held.outlets),
        words=sum(outlet.words for outlet in held.outlets),
        outlets=held.outlets,
        records=dict(found.records.most_common()),
        first=found.first,
        last=found.last,
        truncated=found.truncated,
        rebuilt=found.rebuilt,
    )


@contextmanager
def _known(archive: Archive) -> Iterator[Callable[[str], bool]]:
    """Asks the catalog whether it has an article of an address; it has none where there is no catalog."""
    try:
        catalog = Catalog(archive.catalog, read_only=True)
    except KlipingError:
        yield lambda _url: False
        return
    with catalog:
        yield catalog.known


def _unread(held: Holdings, found: Survey, history: History) -> Iterator[str]:
    yield from found.unread
    if held.unread:
        yield held.unread
    yield from history.unread


def _version(archive: Archive) -> str | None:
    """The Kliping that made the folder; None where nothing says so."""
    try:
        return str(tomllib.loads(archive.marker.read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        return None


def _digest(archive: Archive, path: Path) -> FileDigest:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return FileDigest(path=str(path.relative_to(archive.root)), size=file.tell(), sha256=digest.hexdigest())
