"""What an address means: the article that has it, all addresses of that article, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archiver.captures import Captures, capture_of
from archiver.errors import BadDataError
from archiver.extraction import extract
from archiver.takedown.words import Words, words_of
from warc.errors import WarcReadError
from warc.record import target_uri

if TYPE_CHECKING:
    from archiver.archive import Archive
    from archiver.article import Article
    from archiver.catalog import Catalog, Entry
    from archiver.outlets import Outlets


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be taken down. `url` is the article's own address, `addresses` are all it goes by, as in records."""

    url: str
    title: str | None
    addresses: frozenset[str]
    words: Words


def find_target(archive: Archive, catalog: Catalog, outlets: Outlets, url: str) -> Target:
    """What is meant by an address: an article's own, that of a page of it, a canonical one, or just an address.

    Words are those of all versions, as they were read then and as they are read today. Raises `BadDataError` where a
    capture cannot be read.
    """
    captures = Captures(archive, catalog, outlets)
    known = catalog.versions(url)
    if not known:
        for page in _pages(captures, catalog, outlets, url):
            known = known or (catalog.versions(page.canonical_url) if page.canonical_url else [])
    addresses = {url} | {address for entry in known for address in _addresses(entry, outlets)}
    articles = [entry.article for entry in known]
    for address in sorted(addresses):
        articles += _pages(captures, catalog, outlets, address)
    return Target(
        known[-1].article.url if known else url,
        known[-1].article.title if known else None,
        frozenset(target_uri(address) for address in addresses),
        words_of(articles),
    )


def names_as_its_own(article: Article, addresses: frozenset[str] | set[str]) -> bool:
    """Whether a page says that it is another form of the article that goes by these addresses."""
    return article.canonical_url is not None and target_uri(article.canonical_url) in addresses


def _pages(captures: Captures, catalog: Catalog, outlets: Outlets, url: str) -> list[Article]:
    """Each capture of the address that came with a page, read by itself."""
    found = []
    try:
        for ref in catalog.captures(target_uri(url)):
            response = captures.response(captures.open(ref), ref)
            if response.succeeded and response.is_html:
                found.append(extract(capture_of(url, response), outlets.for_url(url)))
    except (WarcReadError, OSError) as error:
        raise BadDataError(f"{error}; so nobody can tell what is to be taken down") from error
    return found


def _addresses(entry: Entry, outlets: Outlets) -> set[str]:
    """A canonical address counts if it can be an article's: there are pages that name the site's front page."""
    article = entry.article
    addresses = {article.url, *article.pages}
    if canonical := article.canonical_url:
        outlet = outlets.for_url(canonical)
        if outlet.wants(canonical) if outlet else urlsplit(canonical).path.strip("/"):
            addresses.add(canonical)
    return addresses
