"""The whole way from captured pages to a drafted outlet, in one readable function."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

from archiver.capture import Capture
from archiver.drafting import addresses, moments, site, sources
from archiver.drafting.addresses import Addresses
from archiver.drafting.document import Document
from archiver.drafting.layout import DraftLayout, draft_layouts
from archiver.drafting.sources import Proposed
from archiver.errors import NotFoundError
from archiver.extraction.metadata import WIB
from archiver.outlet import Outlet

_NO_ARTICLE = frozenset({"not_article", "empty", "challenge", "consent_wall", "soft_404", "hijacked"})


@dataclass(frozen=True, slots=True)
class Draft:
    """An outlet, and for each of its keys what speaks for the value. `untried` are sources that were not captured."""

    outlet: Outlet
    layouts: tuple[DraftLayout, ...]
    sources: tuple[Proposed, ...]
    untried: tuple[Proposed, ...]
    addresses: Addresses
    reasons: Mapping[str, str]
    articles: tuple[Document, ...]
    others: tuple[Document, ...]


def draft(name: str, domain: str, documents: Sequence[Document], captures: Sequence[Capture]) -> Draft:
    """Draft the outlet of `domain` from its captured HTML pages; `captures` are all captures, robots.txt among them.

    Raises `NotFoundError` where no page tells a story.
    """
    articles = [document for document in documents if _is_article(document)]
    if not articles:
        raise NotFoundError(
            f"none of the {len(documents)} captured pages of {domain} tells a story: "
            "capture several articles of it (kliping capture URL...) and name the WARC file with --from"
        )
    others = [document for document in documents if document not in articles]
    zone = moments.zone_of(articles, WIB)
    layouts = draft_layouts(articles, zone)
    indexes = [document.url for document in others if document.reading.outcome == "not_article"]
    links = {url for document in documents for url in _links(document, domain)}
    own = [document.url for document in articles]
    stories = addresses.alike(own, sorted(links))
    learnt = addresses.learn(own, sorted(links - set(stories)) + indexes)
    proposed = sources.named_sources(documents, captures, domain)
    listed = (sources.listing(document, [*own, *stories]) for document in others if document.url in indexes)
    ranked = (*sources.proven(proposed, captures, own), *filter(None, listed))
    reasons = {"article_url": _said_of(learnt)}
    outlet = Outlet(
        name=name,
        title=site.title_of(articles) or name.title(),
        domains=(domain,),
        sources=tuple(item.source for item in ranked),
        article_url=re.compile(learnt.pattern),
        brand=site.brand_of(articles, domain, reasons),
        distrust=site.distrust_of(articles, reasons),
        layouts=tuple(item.layout for item in layouts),
        language=site.commonest(document.head.language for document in articles) or "id",
        utc_offset=int((zone.utcoffset(None) or timedelta()).total_seconds() // 3600),
    )
    untried = tuple(sources.untried(proposed, captures))
    return Draft(outlet, layouts, ranked, untried, learnt, reasons, tuple(articles), tuple(others))


def _is_article(document: Document) -> bool:
    """Whether the page tells a story: it says so itself, or extraction without a layout finds one under a heading."""
    if document.reading.outcome in _NO_ARTICLE or not urlsplit(document.url).path.strip("/"):
        return False
    declared = bool(document.head.article) or (document.head.get("og:type") or "").lower() == "article"
    return declared or (len(document.reading.text) >= 300 and document.reading.title is not None)


def _links(document: Document, domain: str) -> list[str]:
    """Addresses on the domain that the page links to, without fragments."""
    found: list[str] = []
    for link in document.soup.find_all("a"):
        try:
            url = urljoin(document.url, str(link.get("href") or "")).partition("#")[0]
            host = urlsplit(url).hostname or ""
        except ValueError:
            continue
        if host == domain or host.endswith(f".{domain}"):
            found.append(url)
    return found


def _said_of(learnt: Addresses) -> str:
    text = f"matches {len(learnt.articles)} of {len(learnt.articles) + len(learnt.missed)} captured articles"
    text += f" and {len(learnt.wrong)} of {learnt.others} other addresses that the pages link to"
    return text + (f": {', '.join(learnt.wrong[:3])}" if learnt.wrong else "")
