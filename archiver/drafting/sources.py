"""Where an unknown site says what is new: robots.txt, the links in its pages' heads, and its index pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

from bs4.element import Tag

from archiver.capture import Capture
from archiver.discovery import Discovery, discover
from archiver.drafting.document import Document
from archiver.drafting.material import lies_on
from archiver.drafting.names import names
from archiver.extraction.dom import InvalidSelectorError, Node, ancestors
from archiver.outlet import Feed, Listing, NewsSitemap, Source

_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")
_NEWS = ("news", "berita", "latest", "terbaru")
_FEED_MARKS = (b"<rss", b"<feed", b"<rdf:RDF", b"https://jsonfeed.org/version/")
_GZIP = b"\x1f\x8b"
_START = 2048
_UNTRIED = 3
"""Sources that are named and were not captured: no more than these are told."""
_FEWEST = 3
"""Links to articles from which on a page is an index of them."""
_TITLE = 15
"""Characters of a link's text beyond which it is a headline."""
_ITEMS = ("li", "article")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A source and what speaks for it."""

    source: Source
    reason: str


def named_sources(documents: Sequence[Document], captures: Iterable[Capture], domain: str) -> list[Proposed]:
    """Sources of this domain, each address once.

    Feeds that pages name in their heads (not those of a single story), sitemaps that robots.txt names, and what was
    captured and turns out to be a feed or a sitemap.
    """
    found: dict[str, Proposed] = {}
    paths = {urlsplit(document.url).path for document in documents}
    for document in documents:
        for url in feed_links(document):
            if lies_on(url, domain) and not any(len(path) > 1 and path in url for path in paths):
                found.setdefault(url, Proposed(Feed(url), f"named in the head of {urlsplit(document.url).hostname}"))
    for capture in captures:
        for url in sitemap_lines(capture):
            if lies_on(url, domain):
                found.setdefault(url, Proposed(NewsSitemap(url), f"named in {capture.url}"))
        if capture.url not in found and (source := _seen(capture)) is not None:
            found[capture.url] = Proposed(source, "captured")
    return list(found.values())


def _seen(capture: Capture) -> Source | None:
    """What the captured document turns out to be."""
    start = capture.body[:_START].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(_GZIP) or b"<urlset" in start or b"<sitemapindex" in start:
        return NewsSitemap(capture.url)
    if any(mark in start for mark in _FEED_MARKS):
        return Feed(capture.url)
    return None


def feed_links(document: Document) -> Iterator[str]:
    """Addresses of the feeds that the page's head names."""
    for link in document.soup.find_all("link"):
        rel = " ".join(map(str, link.get_attribute_list("rel")))
        if "alternate" in rel and str(link.get("type") or "").lower() in _FEEDS and link.get("href"):
            yield urljoin(document.url, str(link["href"]))


def sitemap_lines(capture: Capture) -> Iterator[str]:
    """Addresses of the sitemaps that a robots.txt names, those of news first (RFC 9309, 2.2.4: other records)."""
    if urlsplit(capture.url).path != "/robots.txt":
        return
    lines = (line.partition(":") for line in capture.body.decode("utf-8", "replace").splitlines())
    found = [urljoin(capture.url, value.strip()) for name, _, value in lines if name.strip().lower() == "sitemap"]
    yield from sorted(dict.fromkeys(found), key=lambda url: not any(word in url.lower() for word in _NEWS))


def proven(proposed: Sequence[Proposed], captures: Iterable[Capture], articles: Sequence[str]) -> list[Proposed]:
    """The sources that were captured and name something, with how much, the best first.

    `articles` are addresses of articles that were captured.
    """
    by_url = {capture.url: capture for capture in captures}
    rated: list[tuple[int, Proposed]] = []
    for item in proposed:
        capture = by_url.get(item.source.url)
        found = discover(item.source, capture) if capture is not None else Discovery()
        if found.candidates or found.more:
            known = sum(candidate.url in articles for candidate in found.candidates)
            more = f", and {len(found.more)} further documents" if found.more else ""
            reason = f"{item.reason}; names {len(found.candidates)} addresses{more}, {known} of the captured articles"
            rated.append((len(found.candidates), Proposed(item.source, reason)))
    return [item for _, item in sorted(rated, key=lambda pair: -pair[0])]


def untried(proposed: Iterable[Proposed], captures: Iterable[Capture]) -> list[Proposed]:
    """Some of the sources that were named and not captured."""
    urls = {capture.url for capture in captures}
    return [item for item in proposed if item.source.url not in urls][:_UNTRIED]


def listing(document: Document, articles: Sequence[str]) -> Proposed | None:
    """The page as an index of articles: a selector for their links, and for what holds a link and its date."""
    wanted = set(articles)
    links = [link for link in document.soup.find_all("a") if _address(document, link) in wanted]
    titled = [link for link in links if len(link.get_text(strip=True)) > _TITLE] or links
    if len({_address(document, link) for link in titled}) < _FEWEST:
        return None
    rated: list[tuple[int, int, int, str]] = []
    for selector, rank in _link_selectors(titled[:_FEWEST]).items():
        right, wrong = _hits(document, selector, wanted)
        if right >= _FEWEST and wrong <= right / 4:
            rated.append((wrong - right, rank, len(selector), selector))
    if not rated:
        return None
    selector = min(rated)[-1]
    right, wrong = _hits(document, selector, wanted)
    item, dates = _item(document, selector)
    return Proposed(
        Listing(document.url, links=selector, item=item, dates=dates),
        f"{right} links to articles, {wrong} others",
    )


def _address(document: Document, link: Tag) -> str:
    return urljoin(document.url, str(link.get("href") or ""))


def _link_selectors(links: Iterable[Tag]) -> dict[str, int]:
    """Selectors for the links, by their own names and by those of what holds them, with their ranks."""
    ranked: dict[str, int] = {}
    for link in links:
        for holder in (link, *islice(link.parents, 4)):
            for rank, name in names(holder):
                selector, cost = (name, rank) if holder is link else (f"{name} a[href]", rank + 1)
                ranked[selector] = min(cost, ranked.get(selector, cost))
    return ranked


def _hits(document: Document, selector: str, wanted: set[str]) -> tuple[int, int]:
    """How many addresses of articles the selector finds, and how many others."""
    try:
        nodes = document.page.all(selector)
    except InvalidSelectorError:
        return 0, 0
    found = {urljoin(document.url, node.attributes.get("href") or "") for node in nodes if node.tag == "a"}
    return len(found & wanted), len(found - wanted)


def _item(document: Document, links: str) -> tuple[str | None, str | None]:
    """The element around each link that also holds a time, and the selector of that time."""
    for tag in _ITEMS:
        holders = [_around(node, tag) for node in document.page.all(links)]
        timed = [holder for holder in holders if holder is not None and holder.css_first("time") is not None]
        if timed and len(timed) >= len(holders) / 2:
            return tag, "time"
    return None, None


def _around(node: Node, tag: str) -> Node | None:
    return next((holder for holder in ancestors(node) if holder.tag == tag), None)
