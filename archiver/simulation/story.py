"""A case: one invented story and the facts of the page that carries it, as `sites/<outlet>/cases/<case>.toml` has them.

The template decides how an outlet prints these facts; the expectation (`expect`) says what is to be read from them.
Both start here, so neither can copy the other's mistakes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from importlib.resources import files
from typing import Literal

import msgspec
from msgspec import Struct

from archiver.article import Outcome, RerouteKind
from archiver.errors import NotFoundError
from archiver.fixtures.expectation import ExpectedRemoval, ExpectedSource

KEPT_KINDS = frozenset({"paragraph", "heading", "list", "quote"})

LineKind = Literal[
    "paragraph",
    "heading",
    "list",
    "quote",
    "related",
    "related_box",
    "poll",
    "promo",
    "source",
    "initials",
    "sign_off",
    "notice",
    "mark",
    "ad",
    "picture",
]
"""What a line of the body is. The first four are the story; templates print the others as the outlet's junk."""

_TAG = re.compile(r"<[^>]+>")
_BREAK = re.compile(r"\s*(?:<br>\s*){2,}")


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a page's body. `text` may hold inline HTML; `<br><br>` in it parts paragraphs.

    `form` picks among the ways in which the outlet's template prints this kind. `time` (ISO 8601) is that of the live
    blog's entry to which the line belongs.
    """

    kind: LineKind
    text: str = ""
    href: str = ""
    items: tuple[str, ...] = ()
    form: str = ""
    time: str = ""

    def plain(self) -> Iterator[str]:
        """The lines a reader sees of it: list items one each, paragraphs parted at double breaks."""
        for part in self.items or _BREAK.split(self.text):
            yield plain_text(part)


class Page(Struct, frozen=True, forbid_unknown_fields=True):
    """One page of the story; all but the first have an address with a query of their own.

    `status` is the HTTP status that it comes with, `template` the one among the era's that prints it.
    """

    lines: tuple[Line, ...]
    query: str = ""
    status: int = 200
    template: str = "article.html.j2"


class Picture(Struct, frozen=True, forbid_unknown_fields=True):
    """A picture and its caption as printed; `caption` and `credit` are what a reader parts it into."""

    url: str
    printed: str = ""
    caption: str | None = None
    credit: str | None = None
    alt: str = ""


class Teaser(Struct, frozen=True, forbid_unknown_fields=True):
    """Another story that the page points to: headline, address, printed date, one-sentence summary."""

    title: str
    href: str
    date: str = ""
    summary: str = ""


class Redirect(Struct, frozen=True, forbid_unknown_fields=True):
    """An address that answers with another one."""

    url: str
    target: str
    status: int = 301


class Reading(Struct, frozen=True, forbid_unknown_fields=True):
    """What a careful reader notes beyond the story itself; written by hand. A page that is no article has no layout."""

    removed: tuple[ExpectedRemoval, ...]
    rerouted: tuple[RerouteKind, ...]
    must_not: tuple[str, ...]
    layout: str | None = None
    outcome: Outcome = "saved"
    lead: str | None = None
    section: str | None = None
    source: str | None = None
    modified: str | None = None
    sources: tuple[ExpectedSource, ...] = ()


class Case(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A story, its page and its way into the outlet's source. Dates of the story are ISO 8601 with offset.

    `as_of` is when the page is captured: it decides relative dates and the clock of the recording. `era` is the folder
    of the outlet's site that holds the templates of that time; without one they stand in the site's own. `listed` is
    the address under which the source has the story: the article's own, or one that redirects to it. `whole` is the
    query of an address that has all pages in one, where the site serves it. `feeds` are read beside the outlet's own
    sources.
    """

    outlet: str
    name: str
    as_of: str
    url: str
    listed: str
    title: str
    published: str
    printed_date: str
    pages: tuple[Page, ...]
    reading: Reading
    era: str = ""
    whole: str = ""
    feeds: tuple[str, ...] = ()
    lead: str = ""
    dateline: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    related: tuple[Teaser, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    page: dict[str, str | int] = {}

    @property
    def templates(self) -> str:
        """Folder of the page's templates, below that of all sites."""
        return f"{self.outlet}/{self.era}" if self.era else self.outlet

    def entries(self) -> Iterator[tuple[str, str]]:
        """The lines of a live blog's entries, each with its entry's time."""
        for page in self.pages:
            for line in page.lines:
                if line.kind in KEPT_KINDS and line.time:
                    yield from ((line.time, text) for text in line.plain())

    def kept(self) -> Iterator[str]:
        """The body's lines in order, all pages together."""
        for page in self.pages:
            for line in page.lines:
                if line.kind in KEPT_KINDS:
                    yield from line.plain()


def plain_text(markup: str) -> str:
    """Inline HTML as a reader sees it: tags gone, entities resolved, blanks folded."""
    return " ".join(unescape(_TAG.sub("", markup)).split())


def case_names(outlet: str) -> list[str]:
    """Names of the cases of an outlet, sorted. Raises `NotFoundError` with the outlets there are."""
    if outlet not in outlet_names():
        raise NotFoundError(f"no simulated outlet {outlet!r}: there are {', '.join(outlet_names())}")
    folder = files(__package__) / "sites" / outlet / "cases"
    return sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))


def outlet_names() -> list[str]:
    """Names of the outlets that have a site here, sorted."""
    return sorted(
        entry.name for entry in (files(__package__) / "sites").iterdir() if entry.is_dir() and entry.name[0] not in "_."
    )


def load_case(outlet: str, case: str) -> Case:
    """Read a case. Raises `NotFoundError` with the names there are."""
    if case not in case_names(outlet):
        raise NotFoundError(f"no case {case!r} of {outlet}: there are {', '.join(case_names(outlet))}")
    source = files(__package__) / "sites" / outlet / "cases" / f"{case}.toml"
    facts = msgspec.toml.decode(source.read_bytes(), type=dict[str, object])
    return msgspec.convert({"outlet": outlet, "name": case, **facts}, Case)
