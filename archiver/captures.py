"""The captures of an archive, read without a crawl and as a replay reads them: same layouts, same joining of pages.

Where a capture lies says the catalog, so that nothing need be held in memory.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

import msgspec

from archiver.article import Article, CaptureRef
from archiver.capture import Capture
from archiver.crawling.frontier import normal
from archiver.extraction import extract, join
from warc.encoding import decode_content
from warc.errors import WarcReadError
from warc.identify import identify
from warc.message import MessageError, entity
from warc.read import open_record, response_head
from warc.record import parse_warc_date, target_uri

if TYPE_CHECKING:
    from datetime import datetime

    from archiver.archive import Archive
    from archiver.catalog import Catalog
    from archiver.outlet import Outlet
    from archiver.outlets import Outlets
    from warc.message import Head
    from warc.read import Record
    from warc.record import RecordRef

MAX_PAGES: Final = 40
"""Pages of one article, as in a crawl."""

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
"""HTTP statuses that lead to another address."""

_HTML = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True)
class Response:
    """A captured response: `body` is decoded; `whole` is False where the capture was cut short.

    `source` is the record that holds the body: another one than `ref` where that is a revisit.
    """

    ref: RecordRef
    source: RecordRef
    head: Head
    body: bytes
    whole: bool

    @property
    def succeeded(self) -> bool:
        """Whether it came with a page (2xx)."""
        return 200 <= (self.head.status or 0) < 300

    @property
    def is_html(self) -> bool:
        """Whether it is HTML, by what the server says or by its first bytes."""
        stated = (self.head.get("content-type") or "").partition(";")[0].strip().lower()
        seen = identify([self.body], self.head)
        return stated in _HTML or seen == "text/html" or not (stated or seen)


@dataclass(slots=True)
class _Pages:
    """The pages of one article as they are found; `waiting` are addresses that a pager names."""

    outlet: Outlet | None
    date: datetime
    parts: list[Article] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    waiting: deque[str] = field(default_factory=deque)
    complete: bool = True

    def add(self, article: Article) -> None:
        self.parts.append(article)
        self.seen.add(article.url)
        self.waiting.extend(more for page in article.more_pages if (more := normal(page)) is not None)


class Captures:
    """Reads captures that the catalog knows. A damaged or missing file raises WarcReadError or OSError."""

    def __init__(self, archive: Archive, catalog: Catalog, outlets: Outlets) -> None:
        self._archive = archive
        self._catalog = catalog
        self._outlets = outlets

    def response(self, record: Record, ref: RecordRef) -> Response:
        """What a response or revisit record holds; a revisit has the body of the capture that it repeats."""
        head, source = response_head(record), record
        if ref.type == "revisit":
            source = self.original(record)
        try:
            body = b"".join(entity(source.block, response_head(source)))
            body = decode_content(body, head.joined("content-encoding"))
        except MessageError as error:
            raise WarcReadError(ref.file, ref.offset, f"{ref.url}: {error}") from error
        return Response(ref, source.ref, head, body, whole=source.get("WARC-Truncated") is None)

    def article(self, url: str, first: Response) -> Article:
        """The article that begins with this response, its other pages joined, or the reason why there is none.

        Of the other pages those captures count that were made nearest to the first one's.
        """
        outlet = self._outlets.for_url(url)
        article = extract(capture_of(url, first), outlet)
        if article.outcome != "saved" or not article.more_pages:
            return article
        pages = _Pages(outlet, parse_warc_date(first.ref.date))
        pages.add(article)
        while pages.waiting:
            page = pages.waiting.popleft()
            if page not in pages.seen:
                pages.seen.add(page)
                self._add_page(page, pages)
        return msgspec.structs.replace(join(pages.parts), complete=pages.complete)

    def reread(self, url: str, record_id: str) -> Article:
        """The article of a capture that the catalog knows by its id."""
        ref = self._catalog.record(record_id)
        if ref is None:
            raise WarcReadError(self._archive.warc, 0, f"{url}: its capture {record_id} is not in the catalog")
        return self.article(url, self.response(self.open(ref), ref))

    def _add_page(self, url: str, pages: _Pages) -> None:
        if pages.outlet is not None and not pages.outlet.owns(url):
            return
        response = self._nearest(url, pages.date) if len(pages.seen) <= MAX_PAGES else None
        if response is None:
            pages.complete = False
        elif response.head.status in REDIRECTS:
            target = normal(urljoin(url, response.head.get("location") or ""))
            if target is None:
                pages.complete = False
            else:
                pages.waiting.appendleft(target)
        else:
            page = extract(capture_of(url, response), pages.outlet) if response.succeeded and response.whole else None
            if page is None or page.outcome != "saved":
                pages.complete = False
            elif all(page.text != part.text for part in pages.parts):
                pages.add(page)

    def _nearest(self, url: str, date: datetime) -> Response | None:
        refs = self._catalog.captures(target_uri(url))
        if not refs:
            return None
        ref = min(refs, key=lambda ref: abs(parse_warc_date(ref.date) - date))
        return self.response(self.open(ref), ref)

    def original(self, revisit: Record) -> Record:
        """The capture that a revisit refers to, by its id, else by address and date (WARC 1.1, 6.7.2)."""
        ref = self._catalog.record(revisit.get("WARC-Refers-To") or "")
        if ref is None:
            url, date = revisit.get("WARC-Refers-To-Target-URI"), revisit.get("WARC-Refers-To-Date")
            captures = self._catalog.captures(url or revisit.ref.url or "")
            ref = next((ref for ref in captures if ref.date == date and ref.type == "response"), None)
        if ref is None:
            reason = f"{revisit.ref.url}: the capture that this revisit refers to is not in the catalog"
            raise WarcReadError(revisit.ref.file, revisit.ref.offset, reason)
        return self.open(ref)

    def open(self, ref: RecordRef) -> Record:
        """The record that the catalog has at this place."""
        path = self._archive.warc / ref.file
        record = open_record(path, ref.offset)
        if record.ref.record_id != ref.record_id:
            reason = f"the catalog has {ref.record_id} here: kliping catalog rebuild {self._archive.root} sets it right"
            raise WarcReadError(path, ref.offset, reason)
        return record


def capture_of(url: str, response: Response) -> Capture:
    """The response as extraction takes it."""
    ref = response.ref
    place = CaptureRef(ref.file, ref.offset, ref.record_id, ref.date, ref.payload_digest)
    return Capture(url, response.body, response.head.headers, parse_warc_date(ref.date), place)
