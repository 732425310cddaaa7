"""What an outlet file declares: where news is found, which addresses are articles, how its pages are built.

Everything here is a frozen value. An outlet file (`spiders/tempo.py`, say) makes one `Outlet` of them and imports
no Scrapy. Selectors are CSS as lexbor understands it (level 4 with `:is`, `:has`, `:not`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta, timezone
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from archiver.article import RemovalKind


@dataclass(frozen=True, slots=True)
class NewsSitemap:
    """A sitemap in Google's news form, or an index of such; gzip is seen by its bytes."""

    url: str


@dataclass(frozen=True, slots=True)
class Feed:
    """An RSS, Atom or JSON feed."""

    url: str


@dataclass(frozen=True, slots=True)
class Listing:
    """An index page: `links` selects the article links, `next` the link to the following page.

    `dates` selects, within the element that `item` selects around each link, the printed time. Where a pager counts,
    `pages` is the address of a further page with `{n}` in it; n grows by `step` from `at`, that of the first page.
    """

    url: str
    links: str
    item: str | None = None
    dates: str | None = None
    next: str | None = None
    pages: str | None = None
    step: int = 1
    at: int = 1


@dataclass(frozen=True, slots=True)
class Payload:
    """A JSON document in the place of an index page, as sites have it that draw their pages with JavaScript.

    `links` is what addresses of articles look like in it; they are looked for in all its strings. `title` and `date`
    are the keys of the headline and the time in the object that holds such a string. Nuxt's packed form is unpacked.
    """

    url: str
    links: re.Pattern[str]
    title: str = "title"
    date: str = "published_at"


Source: TypeAlias = NewsSitemap | Feed | Listing | Payload


@dataclass(frozen=True, slots=True, kw_only=True)
class ByDate:
    """What an outlet has for each day, month or year of its past: `source` has `{day}` in its addresses.

    `{day:%Y/%m/%d}` is formatted as `strftime` does; `{day.month}` is a number without a leading zero. For a month or
    a year, the day is its first. There is something for days in [`since`, `until`).
    """

    source: Source
    every: Literal["day", "month", "year"] = "day"
    since: date | None = None
    until: date | None = None


Twin: TypeAlias = tuple[re.Pattern[str], str]
"""What the address of an AMP or mobile page has in it, and what its article's main address has there (`re.sub`)."""


@dataclass(frozen=True, slots=True)
class Css:
    """Text of the first element that `query` selects, or its attribute `attr`; `own` leaves child elements out."""

    query: str
    attr: str | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Meta:
    """Content of `<meta name=…>` or `<meta property=…>`."""

    name: str


@dataclass(frozen=True, slots=True)
class JsonLd:
    """A property of the page's NewsArticle in JSON-LD; a dot goes into an object: `author.name`."""

    path: str


Selector: TypeAlias = str | Css | Meta | JsonLd
"""A plain string is short for `Css(string)`."""

Selectors: TypeAlias = tuple[Selector, ...]
"""Tried in order of trust: the first that gives a usable value wins, and the evidence names it."""


Drops: TypeAlias = Mapping[RemovalKind, tuple[str, ...]]
"""Selectors of junk elements, by the kind that they are removed as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How an outlet built its article pages in one era.

    A layout fits a capture whose date lies in [`since`, `until`) and in whose page `when` and `body` match something;
    of those that fit, the first in the outlet's order is taken. Without a capture date the selectors decide.
    `area` is the element whose visible text is accounted for word by word; by default the smallest one that holds title
    and body. A field's selectors are tried before the general ones (`archiver.extraction.metadata`).
    `drop` names, by kind, the elements that are junk wherever they stand in the area. `photos` is for pages of
    pictures whose captions are the story: they are kept, whatever credit closes them. `entries` selects, within the
    body, the entries of a live blog, and `entry_time`, within an entry, the element that prints when it was written.
    """

    name: str
    body: str
    when: str | None = None
    since: date | None = None
    until: date | None = None
    area: str | None = None
    title: Selectors = ()
    lead: Selectors = ()
    authors: Selectors = ()
    editors: Selectors = ()
    published: Selectors = ()
    modified: Selectors = ()
    section: Selectors = ()
    tags: str | None = None
    image: str | None = None
    caption: str | None = None
    credit: str | None = None
    source: Selectors = ()
    pager: str | None = None
    drop: Drops = field(default_factory=dict)
    photos: bool = False
    entries: str | None = None
    entry_time: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A news outlet: its name on the command line, its hosts, sources, addresses, brand words and layouts.

    `sources` name what is new, `back_catalogue` what there was. `twins` tell addresses of one article by their form.
    `brand` are the names with which it opens datelines and closes titles ("TEMPO.CO"). `distrust` names the JSON-LD
    and meta fields that are known to lie on its pages. `utc_offset` (hours) is the zone of times printed without one.
    `known_broken` is the address that tells why pages of today are not read rightly.
    """

    name: str
    title: str
    domains: tuple[str, ...]
    article_url: re.Pattern[str]
    sources: tuple[Source, ...] = ()
    back_catalogue: tuple[ByDate, ...] = ()
    twins: tuple[Twin, ...] = ()
    brand: tuple[str, ...] = ()
    layouts: tuple[Layout, ...] = ()
    distrust: frozenset[str] = frozenset()
    language: str = "id"
    utc_offset: int = 7
    known_broken: str | None = None

    @property
    def zone(self) -> timezone:
        """The zone of printed times that name none; WIB (+07:00) unless the outlet says otherwise."""
        return timezone(timedelta(hours=self.utc_offset))

    def owns(self, url: str) -> bool:
        """Whether the address lies on one of the outlet's hosts."""
        try:
            host = (urlsplit(url).hostname or "").rstrip(".")
        except ValueError:
            return False  # no address at all, "http://[" say
        return any(host == domain or host.endswith("." + domain) for domain in self.domains)

    def wants(self, url: str) -> bool:
        """Whether the address is one of an article of this outlet."""
        return self.owns(url) and self.article_url.search(url) is not None
