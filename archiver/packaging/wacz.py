"""An archive, or some of its articles, as a WACZ package whose pages carry the clean text.

Whoever opens it in ReplayWeb.page finds each article by its words and reads it as it was captured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import archiver
from archiver.article import clean_text
from archiver.catalog.entry import ALL
from archiver.errors import BadDataError, NotFoundError
from archiver.packaging.belongings import Belongings
from warc.record import timestamp14
from warc.selection import Selection, select
from warc.wacz import About, Contents, Page, Source, whole, write_wacz

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.archive import Archive
    from archiver.catalog import Catalog, Entry, Filters
    from warc.signing import Signer


@dataclass(frozen=True, slots=True)
class Packaged:
    """What became a package. `left_out` counts article versions whose capture is in no finished WARC file."""

    contents: Contents
    left_out: int


@dataclass(slots=True)
class _Shelf:
    """The articles that pass the filters, in all their versions, as far as finished WARC files hold them."""

    archive: Archive
    catalog: Catalog
    filters: Filters
    left_out: int = 0
    files: dict[str, Path] = field(init=False)
    belongings: Belongings = field(init=False)

    def __post_init__(self) -> None:
        self.files = {path.name: path for path in self.archive.warc_files()}
        self.belongings = Belongings(self.archive, self.catalog)

    def versions(self) -> Iterator[Entry]:
        self.left_out = 0
        for newest in self.catalog.articles(self.filters):
            for entry in self.catalog.versions(newest.article.url):
                if all(self.file_of(record_id) for record_id in self.belongings.own(entry)):
                    yield entry
                else:
                    self.left_out += 1

    def file_of(self, record_id: str) -> Path | None:
        ref = self.catalog.record(record_id)
        return self.files.get(ref.file) if ref else None

    def pages(self) -> Iterator[Page]:
        for entry in self.versions():
            capture = self.catalog.record(entry.record_id)
            url = capture.url if capture and capture.url else entry.article.url
            page_id = entry.record_id.removeprefix("<urn:uuid:").rstrip(">")
            yield Page(page_id, url, entry.captured, entry.article.title, clean_text(entry.article))

    def selection(self) -> Selection:
        own, more = set[str](), set[str]()
        for entry in self.versions():
            own.update(self.belongings.own(entry))
            more.update(record_id for record_id in self.belongings.others(entry) if self.file_of(record_id))
        if not own:
            raise NotFoundError(f"{self.archive.root} has no such article: kliping search finds what it has")
        likely = sorted({path for record_id in own | more if (path := self.file_of(record_id))})
        others = sorted(set(self.files.values()) - set(likely))
        selection = select(own | more, likely, others)
        if missing := selection.missing & own:
            raise BadDataError(
                f"{self.archive.catalog} names {len(missing)} records that are in no WARC file, first {min(missing)}: "
                f"make it anew with kliping catalog rebuild {self.archive.root}"
            )
        return selection


def package(
    archive: Archive,
    catalog: Catalog,
    output: Path,
    *,
    filters: Filters = ALL,
    title: str | None = None,
    signer: Signer | None = None,
    on_file: Callable[[str], None] = lambda _: None,
) -> Packaged:
    """Write a package to `output`; it is there whole and checked, or not at all.

    Without filters it has all finished WARC files as they are; with filters one WARC file, with the captures of the
    articles that pass, what belongs to them (see `belongings`), and their texts, each record byte for byte.
    `on_file` is told of each WARC file before it is written. Raises `NotFoundError` where there is nothing to pack,
    `BadDataError` where the catalog does not fit the files, WarcReadError for a damaged file, WarcWriteError where the
    disk refuses.
    """
    shelf = _Shelf(archive, catalog, filters)
    created = datetime.now(UTC)
    if filters == ALL:
        if not shelf.files:
            raise NotFoundError(f"{archive.root} has no finished WARC file: there is nothing to pack")
        warcs: Iterable[Source] = map(whole, shelf.files.values())
    else:
        name = f"{filters.outlet or 'selection'}-{timestamp14(created.isoformat())}.warc.gz"
        selection = shelf.selection()
        warcs = [Source(name, selection.size, selection.members())]
    about = About(title or _title(filters), _description(filters), "Kliping", archiver.__version__, created)
    contents = write_wacz(output, _told(warcs, on_file), shelf.pages(), about, signer=signer)
    return Packaged(contents, shelf.left_out)


def _told(warcs: Iterable[Source], on_file: Callable[[str], None]) -> Iterator[Source]:
    for source in warcs:
        on_file(source.name)
        yield source


def _title(filters: Filters) -> str:
    parts = [f" of {filters.outlet}" if filters.outlet else "", f" since {filters.since}" if filters.since else ""]
    return "".join(["News articles", *parts, f" until {filters.until}" if filters.until else ""])


def _description(filters: Filters) -> str:
    what = "All captures of the archive" if filters == ALL else "The captures of some articles"
    return (
        f"{what}, each exchange as it went over the wire. The pages are articles, one entry for each version; "
        "their text is title, lead and body as they were cut out of the page."
    )
