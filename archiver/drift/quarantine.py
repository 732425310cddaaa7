"""The quarantine of an outlet: what its runs capture waits, and becomes an article when the alarm is over.

A page that waits is a `deferred` line of a ledger with a record: the capture is in the archive, its text is in nobody's
way. Which ones still wait is what the catalog knows no reading of.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from archiver.captures import Captures
from archiver.crawling.ledger import read_ledger
from archiver.errors import BadDataError, NotFoundError
from archiver.operating.history import crawls
from archiver.reextraction.findings import Finding
from archiver.reextraction.run import Keeper
from warc.errors import WarcReadError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from archiver.archive import Archive
    from archiver.article import Article
    from archiver.catalog import Catalog
    from archiver.config import Config
    from archiver.crawling.ledger import Line
    from archiver.outlets import Outlets

EVIDENCE: Final = "quarantined: captured, and the article waits until its outlet's alarm is over (kliping drift)"
"""What the ledger says of a page that waits."""


def is_waiting(line: Line) -> bool:
    """Whether the address was captured in a quarantine."""
    return line.outcome == "deferred" and line.record is not None and line.evidence == EVIDENCE


def waiting(archive: Archive, catalog: Catalog, outlet: str, since: str) -> Iterator[Line]:
    """The captures of an outlet that wait since a run, oldest first."""
    runs: list[str] = []
    for run in crawls(archive, (outlet,)):
        if run.account.run < since:
            break
        runs.append(run.account.run)
    for name in reversed(runs):
        with suppress(BadDataError, NotFoundError):
            for line in read_ledger(archive.runs / name / "ledger.jsonl"):
                if line.outlet == outlet and is_waiting(line) and catalog.reading(line.record or "") is None:
                    yield line


def release(
    archive: Archive, catalog: Catalog, outlets: Outlets, config: Config, lines: Iterable[Line]
) -> tuple[int, tuple[Path, ...]]:
    """Make articles of captures that waited; returns how many, and the WARC files that they were written to.

    What is no article today, or the same as one at another address, stays a capture; so does what cannot be read.
    Raises `CannotWriteError`, `LockedError` and `BadDataError`.
    """
    captures = Captures(archive, catalog, outlets)
    kept = 0
    with Keeper(archive, config) as keeper:
        for line in lines:
            with suppress(WarcReadError, OSError):
                article = captures.reread(line.url, line.record or "")
                if article.outcome == "saved" and not _is_elsewhere(article, catalog):
                    kept += keeper.keep(Finding("appeared", None, article))
    return kept, keeper.files


def _is_elsewhere(article: Article, catalog: Catalog) -> bool:
    addresses = [address for address in (article.url, article.canonical_url) if address]
    newest = [versions[-1].article.url for address in addresses if (versions := catalog.versions(address))]
    return any(url != article.url for url in newest)
