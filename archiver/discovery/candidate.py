"""What a source gives: addresses that may be articles, and further documents to look into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archiver.outlet import Source


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that a source names. `title` and `published` (ISO 8601) are what the source says of it.

    Both are hints: what the page itself says goes before them.
    """

    url: str
    title: str | None
    published: str | None
    source_url: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """What one captured document gave: candidates and further sources, in its order, each address once.

    `notes` say what was wrong with it, for the ledger: a damaged sitemap gives what stands before the damage.
    """

    candidates: tuple[Candidate, ...] = ()
    more: tuple[Source, ...] = ()
    notes: tuple[str, ...] = ()


def absolute(base: str, link: str | None) -> str | None:
    """The link as an absolute http(s) address without its fragment; None where it is none."""
    if not link or not link.strip():
        return None
    try:
        url = urldefrag(urljoin(base, link.strip())).url
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def is_homepage(url: str) -> bool:
    """Whether the address is a site's front page: no article, whatever a feed says."""
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query


def distinct(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Each address once, where it first stood; a title or date that only a later mention has is added."""
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        known = found.get(candidate.url)
        if known is None:
            found[candidate.url] = candidate
        else:
            title, published = known.title or candidate.title, known.published or candidate.published
            found[candidate.url] = Candidate(known.url, title, published, known.source_url)
    return tuple(found.values())
