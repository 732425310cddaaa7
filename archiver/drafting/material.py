"""What a draft is made of: the captures of a site in WARC files, its HTML pages parsed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from archiver.capture import Capture
from archiver.crawling.inputs import find_warcs
from archiver.drafting.document import Document, read_document
from archiver.errors import NotFoundError
from archiver.outlets import Outlets
from archiver.warcfile import WarcPages

MOST_PAGES: Final = 40
"""HTML pages that are looked at, the newest; more make a draft slower, and no better."""

_HTML: Final = frozenset({"text/html", "application/xhtml+xml"})
_TEXTS: Final = frozenset(
    "text/plain text/xml application/xml application/rss+xml application/atom+xml application/json "
    "application/feed+json application/x-gzip application/gzip".split()
)
"""Types of robots.txt, feeds and sitemaps."""
_NO_DATE: Final = datetime.min.replace(tzinfo=UTC)
_SECOND_LEVEL: Final = frozenset("co com or go ac web my net org sch edu gov".split())
"""Labels that stand before a country's: `co.id` is no site's domain."""


@dataclass(frozen=True, slots=True)
class Material:
    """The captures of one domain; `documents` are its HTML pages, at most `MOST_PAGES`. `damage`: what was not read."""

    domain: str
    captures: Sequence[Capture]
    documents: Sequence[Document]
    damage: tuple[str, ...]


def read_material(names: Iterable[str | Path], scratch: Path, *, domain: str | None = None) -> Material:
    """The captures in WARC files and folders of such; without a domain, of the one with most pages.

    `scratch` is a folder for the good part of damaged files. Raises `NotFoundError` where there is no file, or no page
    of the domain in them, and `BadDataError` for a file that cannot be read at all.
    """
    captures: dict[str, Capture] = {}
    pages: dict[str, Capture] = {}
    damage: list[str] = []
    paths = find_warcs(names)
    for number, path in enumerate(paths):
        folder = scratch / f"file-{number}"
        folder.mkdir()
        archived = WarcPages(path, Outlets(()), folder)
        for capture in archived.captures():
            if domain is not None and not lies_on(capture.url, domain):
                continue
            if is_html(capture):
                pages[capture.url] = capture
            elif _kind(capture) in _TEXTS:
                captures[capture.url] = capture
            if len(pages) > MOST_PAGES:
                del pages[min(pages, key=lambda url: (pages[url].date or _NO_DATE, url))]
        damage += archived.damage
    domain = domain or _commonest_domain(pages.values())
    documents = tuple(read_document(page) for page in pages.values() if domain and lies_on(page.url, domain))
    if domain is None or not documents:
        files = ", ".join(map(str, paths))
        raise NotFoundError(f"there is no page of {domain or 'any site'} in {files}: give captures of its articles")
    own = [capture for capture in (*pages.values(), *captures.values()) if lies_on(capture.url, domain)]
    return Material(domain, tuple(own), documents, tuple(damage))


def domain_of(url: str) -> str:
    """The domain whose hosts a site's pages lie on: without `www.`, a port, or the channel before a known ending.

    >>> [domain_of(f"https://{host}/") for host in ("www.tempo.co", "news.detik.com", "www.viva.co.id", "127.0.0.1:80")]
    ['tempo.co', 'detik.com', 'viva.co.id', '127.0.0.1']
    """
    host = (urlsplit(url).hostname or "").rstrip(".")
    labels = host.split(".")
    if labels[-1].isdecimal() or len(labels) < 3:
        return host
    keep = 3 if labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else 2
    return ".".join(labels[-keep:])


def lies_on(url: str, domain: str) -> bool:
    """Whether the address is on the domain or a host below it."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    return host == domain or host.endswith(f".{domain}")


def is_html(capture: Capture) -> bool:
    """Whether the server called it HTML."""
    return _kind(capture) in _HTML


def _kind(capture: Capture) -> str:
    return (capture.header("content-type") or "text/html").partition(";")[0].strip().lower()


def _commonest_domain(captures: Iterable[Capture]) -> str | None:
    counted = Counter(domain_of(capture.url) for capture in captures)
    return counted.most_common(1)[0][0] if counted else None
