"""The values that extraction gives: the article, its blocks, and all that was taken out of its page.

These are the keys of the JSON form, a contract: keys are added, never renamed, and every key of an article is
always there (null or empty). `msgspec.json.encode(article)` writes it, `msgspec.json.decode(data, type=Article)`
reads it back. They are msgspec structs and not dataclasses because a page makes about a hundred of them, and a
frozen dataclass costs ten times as much to build.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

BlockKind: TypeAlias = Literal["paragraph", "heading", "list", "quote", "table", "code", "embed", "entry"]

RerouteKind: TypeAlias = Literal[
    "title",
    "lead",
    "byline",
    "editor",
    "date",
    "dateline",
    "caption",
    "credit",
    "source",
    "section",
    "tags",
    "sign_off",
]

RemovalKind: TypeAlias = Literal[
    "related_inline",
    "related_list",
    "share",
    "nav",
    "ad",
    "comments",
    "promo",
    "editor_mark",
    "pagination",
    "copyright",
    "poll",
    "media_widget",
    "other",
]

Outcome: TypeAlias = Literal[
    "saved",
    "updated",
    "unchanged",
    "known",
    "deferred",
    "not_wanted",
    "redirected",
    "duplicate",
    "not_article",
    "paywall",
    "consent_wall",
    "challenge",
    "soft_404",
    "hijacked",
    "empty",
    "missing_page",
    "gone",
    "blocked_by_robots",
    "forbidden",
    "too_large",
    "timeout",
    "dns",
    "tls",
    "server_error",
    "not_archived",
    "error",
]
"""How a URL of a run can end; a closed list. Only `saved` and `updated` make an article."""


class Where(Struct, frozen=True):
    """Where something stood: `page` counts from 1; `path` is an element path in the tree of the named parser."""

    page: int
    path: str


class Block(Struct, frozen=True, omit_defaults=True):
    """One block of the kept body, in reading order. `items` are a list's lines, `level` a heading's 1-6."""

    kind: BlockKind
    text: str
    where: Where
    level: int | None = None
    items: tuple[str, ...] | None = None
    time: str | None = None
    """A live blog entry's own time, as ISO 8601 where it can be read, else as printed."""


class Rerouted(Struct, frozen=True):
    """A line that is no part of the running text but is a fact: it fills a field of the article."""

    kind: RerouteKind
    text: str
    where: Where


class Link(Struct, frozen=True):
    """One item of a removed list: absolute URL, the title as printed, the date as printed (or None)."""

    url: str
    title: str
    date: str | None = None


class Removal(Struct, frozen=True):
    """Text that was taken out: what kind of junk it is, which rule said so, and the links it held."""

    kind: RemovalKind
    text: str
    rule: str
    where: Where
    links: tuple[Link, ...] = ()


class Image(Struct, frozen=True):
    """A picture of the article: absolute URL, caption as printed, credit where the page sets it apart from that."""

    url: str
    caption: str | None = None
    credit: str | None = None


class Charset(Struct, frozen=True):
    """What the page declares, what its bytes look like, and what it was decoded with."""

    declared: str | None
    sniffed: str | None
    used: str


class CaptureRef(Struct, frozen=True):
    """Where a capture lies: WARC file name, byte offset of its response record, that record's id and date."""

    file: str
    offset: int
    record_id: str
    date: str
    payload_digest: str | None = None


class Extractor(Struct, frozen=True):
    """What made this article: program, its version, and the parser whose tree the paths refer to."""

    name: str
    version: str
    parser: str


class Article(Struct, frozen=True, kw_only=True):
    """An article cut out of its page, or, with another `outcome`, the reason why the page gave none."""

    url: str
    canonical_url: str | None = None
    outlet: str | None = None
    layout: str | None = None
    method: Literal["layout", "fallback"] | None = None
    outcome: Outcome = "saved"
    title: str | None = None
    lead: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    dateline: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    source: str | None = None
    images: tuple[Image, ...] = ()
    pages: tuple[str, ...] = ()
    more_pages: tuple[str, ...] = ()
    """Addresses of further pages that the pager names and that are not joined yet."""
    complete: bool = True
    areas: tuple[str, ...] = ()
    """For each page the path of the element whose visible text is accounted for word by word."""
    text: str = ""
    blocks: tuple[Block, ...] = ()
    rerouted: tuple[Rerouted, ...] = ()
    removed: tuple[Removal, ...] = ()
    notes: tuple[str, ...] = ()
    """What a reader should know: a contamination by later dates, a list whose dates contradict the story."""
    evidence: dict[str, str] = {}
    """For each field that was found, what gave it: a selector, a metadata field, the text."""
    charset: Charset
    captures: tuple[CaptureRef, ...] = ()
    extractor: Extractor


def clean_text(article: Article) -> str:
    """Title, lead and body with a blank line between them: the block of a conversion record."""
    return "\n\n".join(part for part in (article.title, article.lead, article.text) if part)
