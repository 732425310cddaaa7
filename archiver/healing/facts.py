"""The printed facts of an article: what a selector has to give for each, and which elements of a page give it.

A fact is looked for by its value, never by a name: the byline is where the names stand that an earlier capture, or the
page's own metadata, says are the authors'. What a selector gives is read by the same rules that read an article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final
from urllib.parse import urljoin

from msgspec.structs import replace

from archiver.article import Article
from archiver.extraction import bylines, dates, fields
from archiver.extraction.dom import Node, ancestors
from archiver.healing.lookup import Lookup
from archiver.outlet import Css, Layout, Outlet, Selectors

Accepts = Callable[[Sequence[str], Article, Outlet], bool]
"""Whether the texts that a selector gives are the fact as the article has it."""

MACHINE_DATES: Final = ("datetime", "content", "title")
"""Attributes in which an element may say its date."""

SOURCES: Final = ("data-src", "data-original", "data-lazy-src", "src")
"""Attributes in which a picture names its address, as `archiver.extraction.images` reads them."""

_SLACK = 90
"""Characters around names or a date that are still a byline or a date line: labels, a place, a clock's zone."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of a layout.

    `plain` fields are one CSS selector, `many` may stand in several elements, `linked` ones in links; `attrs` may hold
    the value in place of a text.
    """

    name: str
    accepts: Accepts
    plain: bool = False
    many: bool = False
    linked: bool = False
    attrs: tuple[str, ...] = ()

    def selectors(self, layout: Layout) -> Selectors:
        """What the layout says of it."""
        value = getattr(layout, self.name)
        return ((value,) if value else ()) if self.plain else value


def _same_title(texts: Sequence[str], article: Article, _outlet: Outlet) -> bool:
    return article.title is not None and fields.strip_suffix(texts[0], ()) == article.title


def _same_lead(texts: Sequence[str], article: Article, _outlet: Outlet) -> bool:
    return texts[0] == article.lead


def _same_authors(texts: Sequence[str], article: Article, outlet: Outlet) -> bool:
    if not article.authors or any(
        len(text) > len(" ".join((*article.authors, *article.editors))) + _SLACK for text in texts
    ):
        return False
    found = [bylines.parse(text, brands=(*outlet.brand, outlet.title)) for text in texts]
    return _flat(item.authors for item in found) == article.authors


def _same_editors(texts: Sequence[str], article: Article, outlet: Outlet) -> bool:
    if not article.editors or any(
        len(text) > len(" ".join((*article.authors, *article.editors))) + _SLACK for text in texts
    ):
        return False
    found = [bylines.parse(text, brands=(*outlet.brand, outlet.title)) for text in texts]
    return _flat(item.editors or item.authors for item in found) == article.editors


def _flat(groups: Iterator[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))


def _same_moment(text: str, iso: str | None, outlet: Outlet) -> bool:
    """Whether the text says this moment, to the minute; to the day where no time is asked for."""
    if iso is None or len(text) > _SLACK:
        return False
    moment = dates.parse(text)
    if moment is None:
        return False
    if "T" not in iso:
        return moment.iso(outlet.zone)[:10] == iso
    if moment.precision == "day":
        return False
    wanted, given = datetime.fromisoformat(iso), moment.instant(outlet.zone)
    on_the_clock = wanted.replace(tzinfo=None, second=0) == moment.wall.replace(second=0)
    return on_the_clock or given.replace(second=0) == wanted.replace(second=0)


def _same_published(texts: Sequence[str], article: Article, outlet: Outlet) -> bool:
    return _same_moment(texts[0], article.published, outlet)


def _same_modified(texts: Sequence[str], article: Article, outlet: Outlet) -> bool:
    return _same_moment(texts[0], article.modified, outlet)


def _same_section(texts: Sequence[str], article: Article, _outlet: Outlet) -> bool:
    return texts[0] == article.section


def _same_source(texts: Sequence[str], article: Article, _outlet: Outlet) -> bool:
    return article.source is not None and (bylines.parse(texts[0]).source or texts[0]) == article.source


def _same_tags(texts: Sequence[str], article: Article, _outlet: Outlet) -> bool:
    names = [part.strip(" #\u200b") for text in texts for part in text.split(",")]
    return bool(article.tags) and tuple(dict.fromkeys(name for name in names if name)) == article.tags


def _same_captions(texts: Sequence[str], article: Article, _outlet: Outlet) -> bool:
    wanted = [image.caption for image in article.images if image.caption]
    texts = tuple(dict.fromkeys(texts))
    if not wanted or len(texts) != len(wanted):
        return False
    credits_ = sum(len(image.credit or "") for image in article.images)
    return all(
        caption in text and len(text) <= len(caption) + credits_ + _SLACK
        for caption, text in zip(wanted, texts, strict=True)
    )


def _same_credits(texts: Sequence[str], article: Article, _outlet: Outlet) -> bool:
    wanted = [image.credit for image in article.images if image.credit]
    return bool(wanted) and list(dict.fromkeys(texts)) == list(dict.fromkeys(wanted))


def _same_image(texts: Sequence[str], article: Article, _outlet: Outlet) -> bool:
    return bool(article.images) and urljoin(article.url, texts[0]) == article.images[0].url


FACTS: Final[Mapping[str, Fact]] = MappingProxyType(
    {
        fact.name: fact
        for fact in (
            Fact("title", _same_title),
            Fact("lead", _same_lead),
            Fact("authors", _same_authors, many=True, linked=True),
            Fact("editors", _same_editors, many=True, linked=True),
            Fact("published", _same_published, attrs=MACHINE_DATES),
            Fact("modified", _same_modified, attrs=MACHINE_DATES),
            Fact("section", _same_section, linked=True),
            Fact("source", _same_source, linked=True),
            Fact("tags", _same_tags, plain=True, many=True, linked=True),
            Fact("caption", _same_captions, plain=True, many=True),
            Fact("credit", _same_credits, plain=True, many=True),
            Fact("image", _same_image, plain=True, linked=True, attrs=SOURCES),
        )
    }
)
"""By name. The picture comes last: which one is the first on a page depends on whose captions are found."""


def value(article: Article, name: str) -> object:
    """What the article says of a fact; empty or None where it says nothing."""
    if name == "caption":
        return tuple(image.caption for image in article.images if image.caption)
    if name == "credit":
        return tuple(image.credit for image in article.images if image.credit)
    if name == "image":
        return article.images[0].url if article.images else None
    return getattr(article, name)


def printing(fact: Fact, lookup: Lookup, article: Article, outlet: Outlet) -> list[tuple[Node, str | None]]:
    """The elements that print the fact, or a part of it that has several, nearest to the title first.

    With each, the attribute that says it, or None for its text. Elements within links to other stories are left out,
    unless links are what the fact is made of.
    """
    found = _saying(fact, lookup, article, outlet)
    if not found:
        found = [item for part in _parts(fact, article) for item in _saying(fact, lookup, part, outlet)]
    title = next(iter(lookup.where(lambda text: text == article.title)), None)
    start = lookup.order(title) if title is not None else 0
    unlinked = [item for item in found if fact.linked or not _is_in_link(item[0])]
    return sorted(unlinked, key=lambda item: abs(lookup.order(item[0]) - start))


def _saying(fact: Fact, lookup: Lookup, article: Article, outlet: Outlet) -> list[tuple[Node, str | None]]:
    """The elements that say the whole fact, those left out that say as much again beside it."""

    def is_it(text: str) -> bool:
        return fact.accepts([text], article, outlet)

    nodes = lookup.where(is_it)
    inner = [
        node
        for node in nodes
        if not any(2 * len(lookup.text(other)) < len(lookup.text(node)) for other in nodes if _holds(node, other))
    ]
    named = [
        (node, name)
        for node in lookup.elements
        for name in fact.attrs
        if (text := node.attributes.get(name)) and is_it(text)
    ]
    return [*((node, None) for node in inner), *named]


def _holds(outer: Node, inner: Node) -> bool:
    return any(holder.mem_id == outer.mem_id for holder in ancestors(inner))


def asked(fact: Fact, lookup: Lookup, article: Article, outlet: Outlet) -> Article:
    """The article as its page can be asked for the fact: for the day alone where it prints dates without a time."""
    iso = getattr(article, fact.name) if fact.name in ("published", "modified") else None
    if iso is None or "T" not in iso or printing(fact, lookup, article, outlet):
        return article
    return replace(article, **{fact.name: iso[:10]})


def _parts(fact: Fact, article: Article) -> list[Article]:
    """For a fact that may stand in several elements: the article with one of its values alone, for each."""
    if fact.name in ("caption", "credit"):
        images = [image for image in article.images if getattr(image, fact.name)]
        return [replace(article, images=(image,)) for image in images] if len(images) > 1 else []
    if fact.name in ("authors", "editors", "tags") and len(values := getattr(article, fact.name)) > 1:
        return [replace(article, **{fact.name: (each,)}) for each in values]
    return []


def _is_in_link(node: Node) -> bool:
    return node.tag == "a" or any(holder.tag == "a" for holder in ancestors(node))


def by_layout(article: Article, fact: Fact, layout: Layout) -> bool:
    """Whether a selector of the layout gave the fact; pictures and captions are not told apart by their evidence."""
    evidence = article.evidence.get(fact.name)
    if fact.name in ("image", "caption", "credit"):
        return True
    return evidence in {
        f"css:{css.query}" + (f"@{css.attr}" if css.attr else "")
        for selector in fact.selectors(layout)
        if (css := Css(selector) if isinstance(selector, str) else selector) and isinstance(css, Css)
    }
