"""What belongs to an article when it is handed on without the rest: which records, in which file.

Besides its captures, text and account these are the robots.txt that allowed it, and what its pages load to look right,
as far as the archive has it.
"""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

import msgspec

from archiver.captures import Captures, capture_of
from archiver.crawling.requisites import page_requisites, stylesheet_requisites
from archiver.outlets import Outlets
from warc.errors import WarcReadError
from warc.record import parse_warc_date, target_uri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.archive import Archive
    from archiver.captures import Response
    from archiver.catalog import Catalog, Entry
    from warc.record import RecordRef

MAX_LOADED: Final = 1000
"""Captures that are taken along for one page; a page that loads more is no page."""


class _Records(msgspec.Struct):
    robots: str | None = None


class _Account(msgspec.Struct):
    """The part of an article's metadata record that names the robots.txt: see `archiver.catalog.content`."""

    records: _Records


class Belongings:
    """Finds the records of articles through the catalog."""

    def __init__(self, archive: Archive, catalog: Catalog) -> None:
        self._catalog = catalog
        self._captures = Captures(archive, catalog, Outlets(()))

    @staticmethod
    def own(entry: Entry) -> tuple[str, ...]:
        """Ids of what makes the article: the captures of its pages, its text and its account."""
        captures = (capture.record_id for capture in entry.article.captures)
        return (*captures, entry.conversion_id, *((entry.metadata_id,) if entry.metadata_id else ()))

    def others(self, entry: Entry) -> Iterator[str]:
        """Ids of what it can be read without: robots.txt, and what the pages load."""
        if robots := self._robots(entry):
            yield robots
        for capture in entry.article.captures:
            if (ref := self._catalog.record(capture.record_id)) is not None:
                yield from self._loaded(ref)

    def _robots(self, entry: Entry) -> str | None:
        ref = self._catalog.record(entry.metadata_id or "")
        if ref is None:
            return None
        with suppress(WarcReadError, msgspec.MsgspecError, UnicodeDecodeError):
            found = msgspec.json.decode(self._captures.open(ref).block, type=_Account).records.robots
            return found if found and self._catalog.has_record(found) else None
        return None

    def _loaded(self, page: RecordRef) -> Iterator[str]:
        """Of each address that a page names, or its stylesheets, the capture nearest to the page's in time."""
        date = parse_warc_date(page.date)
        seen, waiting = {page.url}, deque([page])
        while waiting:
            ref = waiting.popleft()
            for url in self._named(ref, is_page=ref is page):
                if url in seen or len(seen) > MAX_LOADED:
                    continue
                seen.add(url)
                refs = self._catalog.captures(target_uri(url))
                if refs:
                    nearest = min(refs, key=lambda ref: abs(parse_warc_date(ref.date) - date))
                    yield nearest.record_id
                    waiting.append(nearest)

    def _named(self, ref: RecordRef, *, is_page: bool) -> tuple[str, ...]:
        """Addresses that a capture leads to: a redirect's target, what a page or a stylesheet loads.

        What cannot be read names nothing: the record itself is taken along, and whoever reads it sees the fault.
        """
        try:
            response = self._captures.response(self._captures.open(ref), ref)
        except WarcReadError:
            return ()
        location = response.head.get("location")
        if location and not response.succeeded:
            return (urljoin(ref.url or "", location),)
        if not response.succeeded:
            return ()
        capture = capture_of(ref.url or "", response)
        if _is_stylesheet(response):
            return stylesheet_requisites(capture)
        return page_requisites(capture) if is_page else ()


def _is_stylesheet(response: Response) -> bool:
    return (response.head.get("content-type") or "").partition(";")[0].strip().lower() == "text/css"
