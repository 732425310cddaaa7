"""The other pages of an article that goes over several: their addresses, from the pager and the head's links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from archiver.extraction.dom import Node, Page
from archiver.extraction.head import Head
from archiver.outlet import Layout

_PARAMETERS = ("page", "hal", "halaman", "p")
_MOST_PAGES = 60
_REL_PAGE = re.compile(r"^page-(\d+)$")


def page_number(url: str) -> int:
    """Which page of its article an address is; 1 where it does not say. "All" counts as 1: it needs no other."""
    for name, value in parse_qsl(urlsplit(url).query):
        if name in _PARAMETERS and value.isdecimal() and 0 < int(value) <= _MOST_PAGES:
            return int(value)
    return 1


def other_pages(page: Page, head: Head, layout: Layout, area: Node, url: str) -> tuple[str, ...]:
    """Addresses of the article's other pages, in their order; empty for a page that holds it all.

    Links are looked for where the layout has its pager, and in what holds the article's area.
    """
    own = urlsplit(url)
    found: dict[int, str] = {}
    for href in _links(page, head, layout, area):
        address = head.absolute(href)
        try:
            parts = urlsplit(address or "")
        except ValueError:
            continue
        same = parts.hostname == own.hostname and parts.path.rstrip("/") == own.path.rstrip("/")
        if address is None or not same or _is_all(parts.query):
            continue
        found.setdefault(page_number(address), address.split("#")[0])
    if not found or _is_all(own.query):
        return ()
    found[1] = url.split("?", maxsplit=1)[0]
    found.pop(page_number(url), None)
    return tuple(found[number] for number in sorted(found))


def _links(page: Page, head: Head, layout: Layout, area: Node) -> Iterator[str]:
    """Links that may lead to other pages; `other_pages` keeps those of the same article."""
    yield from head.pages
    nodes = page.all("a[href*='page=']", area.parent or area)
    for node in (*nodes, *(page.all(layout.pager) if layout.pager else ())):
        href = node.attributes.get("href")
        if href and not href.startswith(("#", "javascript:")):
            yield href


def _is_all(query: str) -> bool:
    return any(name in _PARAMETERS and value == "all" for name, value in parse_qsl(query))
