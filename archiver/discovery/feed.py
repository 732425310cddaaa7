"""Feeds: RSS and Atom in all their dialects, and JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from calendar import timegm
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from archiver.discovery.candidate import Candidate, Discovery, absolute, distinct, is_homepage
from archiver.extraction.dates import parse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timezone

    from archiver.capture import Capture


class _Item(Struct):
    """An item of a JSON feed, as far as it matters here."""

    url: str | None = None
    title: str | None = None
    date_published: str | None = None


class _JsonFeed(Struct):
    version: str
    items: list[_Item] = []


def read(capture: Capture, zone: timezone) -> Discovery:
    """The entries' links; dates of a JSON feed without a zone are of `zone`.

    Links to the front page are left out and noted: some feeds have no others.
    """
    if capture.body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _read_json(capture, zone)
    import feedparser  # noqa: PLC0415 - takes 0.1 s to import, and most outlets have a sitemap

    # A stream, because feedparser takes bytes for the name of a file.
    feed: Any = feedparser.parse(
        BytesIO(capture.body),
        response_headers={
            "content-type": _content_type(capture),
            "content-location": capture.url,
        },
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    notes = []
    if not feed.get("version"):
        notes.append("this is no feed")
    elif feed.bozo and not isinstance(feed.bozo_exception, feedparser.CharacterEncodingOverride):
        notes.append(f"not well-formed: {feed.bozo_exception}")
    entries = ((entry.get("link"), entry.get("title"), _date(entry)) for entry in feed.entries)
    return _discovery(capture, entries, notes)


def _content_type(capture: Capture) -> str:
    """The server's charset with a type for XML: many servers call a feed text/html."""
    _, _, parameters = (capture.header("content-type") or "").partition(";")
    return f"application/xml;{parameters}"


def _read_json(capture: Capture, zone: timezone) -> Discovery:
    try:
        feed = msgspec.json.decode(capture.body.lstrip(b"\xef\xbb\xbf \t\r\n"), type=_JsonFeed)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        return Discovery(notes=(f"this is no JSON feed: {error}",))
    dates = (parse(item.date_published or "") for item in feed.items)
    entries = (
        (item.url, item.title, moment.iso(zone) if moment else None)
        for item, moment in zip(feed.items, dates, strict=True)
    )
    return _discovery(capture, entries, [])


def _discovery(
    capture: Capture, entries: Iterable[tuple[str | None, str | None, str | None]], notes: list[str]
) -> Discovery:
    candidates, homepages, without = [], 0, 0
    for link, title, published in entries:
        url = absolute(capture.url, link)
        if url is None:
            without += 1
        elif is_homepage(url):
            homepages += 1
        else:
            candidates.append(Candidate(url, " ".join((title or "").split()) or None, published, capture.url))
    if homepages:
        notes.append(f"links to the front page and not to an article: {homepages}")
    if without:
        notes.append(f"entries without a web address: {without}")
    return Discovery(distinct(candidates), notes=tuple(notes))


def _date(entry: Any) -> str | None:
    """The entry's publication, in UTC; feedparser has read it already, a date without a zone as UTC."""
    instant = entry.get("published_parsed")
    if instant is None:
        return None
    try:
        return datetime.fromtimestamp(timegm(instant), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None
