"""Sitemaps: https://www.sitemaps.org/protocol.html, with Google's news extension.

https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
"""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Final

from lxml import etree

from archiver.discovery.candidate import Candidate, Discovery, absolute, distinct
from archiver.extraction.dates import parse
from archiver.outlet import NewsSitemap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timezone

    from archiver.capture import Capture

MAX_BYTES: Final = 50 * 1024 * 1024
"""Of a sitemap when unpacked, by the protocol; what is beyond is not read."""

_GZIP = b"\x1f\x8b"


def read(capture: Capture, zone: timezone) -> Discovery:
    """Candidates of a sitemap, or the sitemaps of a sitemap index. Gzip is seen by its bytes.

    Dates without a zone are of `zone`.
    """
    data, notes = unpack(capture.body)
    candidates: list[Candidate] = []
    more: dict[str, NewsSitemap] = {}
    try:
        for entry in _entries(data):
            url = absolute(capture.url, _text(entry, "loc"))
            if url is None:
                notes.append(f"an entry without an address: {_text(entry, 'loc') or 'no <loc>'}"[:200])
            elif _name(entry) == "sitemap":
                more.setdefault(url, NewsSitemap(url))
            else:
                candidates.append(Candidate(url, _text(entry, "title"), _date(entry, zone), capture.url))
    except (etree.XMLSyntaxError, ValueError) as error:
        notes.append(f"not read to its end: {error}")
    more.pop(capture.url, None)
    return Discovery(distinct(candidates), tuple(more.values()), tuple(notes))


def unpack(body: bytes) -> tuple[bytes, list[str]]:
    """The document without its gzip wrapping, at most `MAX_BYTES` of it, and notes on what went wrong."""
    if not body.startswith(_GZIP):
        return (body, []) if len(body) <= MAX_BYTES else (body[:MAX_BYTES], [f"larger than {MAX_BYTES} bytes"])
    inflater = zlib.decompressobj(wbits=31)
    try:
        data = inflater.decompress(body, MAX_BYTES)
    except zlib.error as error:
        return b"", [f"damaged gzip: {error}"]
    if inflater.unconsumed_tail:
        return data, [f"larger than {MAX_BYTES} bytes when unpacked"]
    return data, [] if inflater.eof else ["the gzip data ends too early"]


def _entries(data: bytes) -> Iterator[etree._Element]:
    """The `url` and `sitemap` elements as they end; each is emptied after use.

    Raises `ValueError` where the document is of another kind. Entities that the document declares stay
    unresolved.
    """
    root: etree._Element | None = None
    parser = etree.iterparse(
        BytesIO(data.lstrip()),
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
    )
    for event, element in parser:
        if root is None:
            root = element
            if _name(root) not in {"urlset", "sitemapindex"}:
                raise ValueError(f"the root element is <{_name(root)}>, not <urlset> or <sitemapindex>")
        elif event == "end" and _name(element) in {"url", "sitemap"} and element.getparent() is root:
            yield element
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del root[0]


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def _text(entry: etree._Element, name: str) -> str | None:
    """Text of the entry's child of that local name, or of its news element's: not of an image or a video."""
    news = (child for group in entry if _name(group) == "news" for child in group)
    for element in (*entry, *news):
        text = " ".join("".join(map(str, element.itertext())).split()) if _name(element) == name else ""
        if text:
            return text
    return None


def _date(entry: etree._Element, zone: timezone) -> str | None:
    """The publication date, where it is one; `lastmod` says when a page changed."""
    moment = parse(_text(entry, "publication_date") or "")
    return moment.iso(zone) if moment else None
