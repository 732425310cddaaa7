"""The pages and articles in a WARC file, read without a crawl."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from archiver.article import Article, CaptureRef
from archiver.capture import Capture
from archiver.crawling.inputs import open_inputs
from archiver.errors import NotFoundError
from archiver.extraction import extract, join
from warc.encoding import decode_content
from warc.errors import WarcReadError
from warc.message import Head, MessageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archiver.outlets import Outlets
    from warc.index import ArchivedResponse

_MAX_REDIRECTS = 5
_HTML = ("text/html", "application/xhtml+xml")


class WarcPages:
    """The captured pages of a WARC file. Of a damaged one, those before the damage.

    `damage` says what could not be read, and grows while pages are read. `scratch` is a folder for a damaged file's
    good part. Raises `NotFoundError` where the file cannot be opened, `BadDataError` where nothing of it can be read.
    """

    def __init__(self, path: Path, outlets: Outlets, scratch: Path) -> None:
        inputs = open_inputs([path], scratch)
        self.damage = list(inputs.damage)
        self._path = path
        self._outlets = outlets
        self._index = inputs.index

    def articles(self) -> Iterator[Article]:
        """What the pages hold, in the file's order; those of one article are joined and come once.

        On an outlet's hosts only addresses of articles are read, elsewhere every HTML page; all must have been
        answered with 200.
        """
        seen = set[str]()
        for url in self._index.urls():
            outlet = self._outlets.for_url(url)
            if url in seen or (outlet is not None and not outlet.wants(url)):
                continue
            try:
                response = self._response(url)
                article = self._joined(url, response) if response and _is_page(response.head) else None
            except WarcReadError as error:
                self.damage.append(str(error))
                continue
            if article is not None:
                seen.update(article.pages)
                yield article

    def article(self, url: str) -> Article:
        """What the page at `url` holds, joined with its other pages as far as they are in the file.

        A captured redirect is followed. Raises `NotFoundError` where the file has no page of that address.
        """
        target, status = url, None
        for _ in range(1 + _MAX_REDIRECTS):
            response = self._response(target)
            if response is None:
                raise NotFoundError(f"{target} is not in {self._path}: kliping extract {self._path} shows what is")
            status, location = response.head.status, response.head.get("location")
            if status == 200:
                return self._joined(target, response)
            if location is None:
                break
            target = urljoin(target, location)
        raise NotFoundError(f"{url} was answered with HTTP {status} when {self._path} was captured: it has no page")

    def capture(self, url: str) -> Capture:
        """The newest capture of that very address. Raises `NotFoundError` where the file has none."""
        response = self._response(url)
        if response is None:
            raise NotFoundError(f"{url} is not in {self._path}: kliping extract {self._path} shows what is")
        return self._capture(url, response)

    def captures(self) -> Iterator[Capture]:
        """The newest capture of each address that was answered with 200, in the file's order; pages and others."""
        for url in self._index.urls():
            try:
                response = self._response(url)
            except WarcReadError as error:
                self.damage.append(str(error))
                continue
            if response is not None and response.head.status == 200:
                yield self._capture(url, response)

    def _joined(self, url: str, response: ArchivedResponse) -> Article:
        """Every page names the others that it knows of, so any of them leads to all."""
        found: dict[str, Article | None] = {url: self._extract(url, response)}
        while wanted := {page for article in found.values() if article for page in article.more_pages} - found.keys():
            for page in sorted(wanted):
                other = self._response(page)
                article = self._extract(page, other) if other and _is_page(other.head) else None
                found[page] = article if article and article.outcome == "saved" else None
        return join([article for article in found.values() if article])

    def _response(self, url: str) -> ArchivedResponse | None:
        ref = self._index.find(url)
        return self._index.response(ref) if ref else None

    def _extract(self, url: str, response: ArchivedResponse) -> Article:
        return extract(self._capture(url, response), self._outlets.for_url(url))

    def _capture(self, url: str, response: ArchivedResponse) -> Capture:
        ref, head = response.ref, response.head
        try:
            body = decode_content(response.body, head.joined("content-encoding"))
        except MessageError as error:
            damage = f"{self._path}: byte {ref.offset}: {url}: {error}"
            if damage not in self.damage:
                self.damage.append(damage)
            body = b""
        place = CaptureRef(ref.file, ref.offset, ref.record_id, ref.date, ref.payload_digest)
        return Capture(url, body, head.headers, datetime.fromisoformat(ref.date), place)


def _is_page(head: Head) -> bool:
    kind = (head.get("content-type") or "text/html").partition(";")[0].strip().lower()
    return head.status == 200 and kind in _HTML
