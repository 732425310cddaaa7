"""Index pages in HTML: the links to articles, the time printed beside each, and the link to the next page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archiver.discovery.candidate import Candidate, Discovery, absolute, distinct, is_homepage
from archiver.extraction.charset import decode
from archiver.extraction.dates import parse, parse_relative
from archiver.extraction.dom import Node, Page, fold, visible_text

if TYPE_CHECKING:
    from datetime import timezone

    from archiver.capture import Capture
    from archiver.outlet import Listing


def read(source: Listing, capture: Capture, zone: timezone) -> Discovery:
    """The listed articles in the page's order; times printed without a zone are of `zone`.

    "3 jam lalu" is counted back from the capture, and left out where its date is unknown.
    """
    text, _ = decode(capture)
    page = Page(text)
    base = _base(page, capture.url)
    items = page.all(source.item) if source.item else []
    candidates = []
    for link in page.all(source.links):
        url = absolute(base, link.attributes.get("href"))
        if url is None or is_homepage(url):
            continue
        item = _enclosing(link, items)
        published = _printed_date(page, source, item, capture, zone) if item else None
        candidates.append(Candidate(url, _title(link), published, capture.url))
    notes = () if candidates else (f"nothing on the page is matched by {source.links!r}",)
    return Discovery(distinct(candidates), _next(page, source, base, capture.url), notes)


def _base(page: Page, url: str) -> str:
    element = page.first("base[href]")
    return (element and absolute(url, element.attributes.get("href"))) or url


def _enclosing(link: Node, items: list[Node]) -> Node | None:
    """The innermost item that holds the link."""
    ids = {item.mem_id: item for item in items}
    node: Node | None = link
    while node is not None:
        if node.mem_id in ids:
            return ids[node.mem_id]
        node = node.parent
    return None


def _title(link: Node) -> str | None:
    """The link's text; a link around a picture has only its `title`, or none."""
    return fold(visible_text(link)) or fold(link.attributes.get("title") or "") or None


def _printed_date(page: Page, source: Listing, item: Node, capture: Capture, zone: timezone) -> str | None:
    for element in page.all(source.dates, item) if source.dates else []:
        for text in (
            element.attributes.get("datetime"),
            visible_text(element),
            element.attributes.get("title"),
        ):
            moment = text and (parse(text) or (parse_relative(text, capture.date) if capture.date else None))
            if moment:
                return moment.iso(zone)
    return None


def _next(page: Page, source: Listing, base: str, current: str) -> tuple[Listing, ...]:
    if source.pages:
        at = source.at + source.step
        url, source = absolute(base, source.pages.replace("{n}", str(at))), replace(source, at=at)
    else:
        element = page.first(source.next) if source.next else None
        url = absolute(base, element.attributes.get("href")) if element else None
    return (replace(source, url=url),) if url and url != current else ()
