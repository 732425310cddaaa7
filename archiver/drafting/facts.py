"""Which elements print the title, the lead and what belongs to the picture and to the tags.

Every function gives, for each page on which it finds something, the elements and a test; `archiver.drafting.choose`
makes selectors of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from bs4.element import Tag

from archiver.drafting.choose import Found
from archiver.drafting.document import Document, Element, key
from archiver.drafting.matching import all_are, are_all, beside_junk, first_is, first_of, is_called, keys
from archiver.extraction.captions import is_caption, is_credited
from archiver.extraction.fields import strip_suffix

_LONGEST_TITLE: Final = 300
_LONGEST_LEAD: Final = 600
_LONGEST_CAPTION: Final = 500
_SHORTEST_TITLE: Final = 12
_SEPARATOR: Final = re.compile(r"\s+[-–—|•·]\s+|:\s+")
_TAG_LINK: Final = re.compile(r"/(?:tags?|topik|topic|indeks-tag|keyword)s?/", re.IGNORECASE)
_HEADINGS: Final = ("h1", "h2")


def titles(documents: Iterable[Document]) -> Iterator[Found]:
    """The element that prints what headline, og:title or the page's title say; a heading before any other."""
    for document in documents:
        headings = [element for element in document.small(_LONGEST_TITLE) if element.tag.name in _HEADINGS]
        others = [element for element in document.small(_LONGEST_TITLE) if not _is_linked(element)]
        wanted = [key(title) for title in declared_titles(document)]
        first = next((w for elements in (headings, others) for w in wanted if any(e.key == w for e in elements)), None)
        first = first or next((element.key for element in headings if element.tag.name == "h1"), None)
        if first is not None:
            tags = [element.tag for element in (*headings, *others) if element.key == first]
            yield Found(document, tags, partial(first_is, document, {first}))


def _is_linked(element: Element) -> bool:
    return element.tag.name == "a" or element.tag.find_parent("a") is not None


def declared_titles(document: Document) -> list[str]:
    """What the page's metadata call the story, the likeliest first: as they stand, without the site, in parts."""
    head = document.head
    sites = tuple(filter(None, (head.get("og:site_name"),)))
    whole = [next(iter(head.ld("headline")), ""), head.get("og:title") or "", head.title]
    parts = sorted((part for title in whole for part in _SEPARATOR.split(title)), key=len, reverse=True)
    found = (*whole, *(strip_suffix(title, sites) for title in whole), *parts)
    return [title for title in dict.fromkeys(found) if len(title) >= _SHORTEST_TITLE]


def leads(documents: Iterable[Document], bodies: dict[str, str]) -> Iterator[Found]:
    """What stands before the story and says what the description says, or is called a lead. `bodies`: keys of texts."""
    for document in documents:
        told = key(document.head.get("og:description") or document.head.get("description") or "")
        title = key(document.reading.title or "")
        found = [
            element
            for element in beside_junk(document.small(_LONGEST_LEAD))
            if element.key not in bodies[document.url]
            and element.key != title
            and title not in element.key
            and element.text.count(" ") >= 4
            and (element.key == told or is_called(element, "lead"))
        ]
        if found:
            yield first_of(document, found)


def tag_lists(documents: Iterable[Document]) -> Iterator[Found]:
    """The links to the story's tags: two or more in one element that is called so, or that lead to pages of tags."""
    for document in documents:
        for element in document.elements:
            links = [link for link in element.tag.find_all("a") if link.get_text(strip=True)]
            tagged = [link for link in links if _TAG_LINK.search(str(link.get("href") or ""))]
            if len(element.text) <= _LONGEST_LEAD and len(tagged) >= 2 and len(tagged) == len(links):
                texts = {key(link.get_text()) for link in tagged}
                yield Found(document, tagged, partial(are_all, document, texts))
                break


def captions(documents: Iterable[Document]) -> Iterator[Found]:
    """The text beside the story's picture: a figcaption, what is called a caption, or what closes with a credit."""
    for document in documents:
        found = [
            element
            for element in beside_junk(document.small(_LONGEST_CAPTION))
            if element.tag.find("img") is None and _is_caption(element)
        ]
        if found:
            yield Found(document, [item.tag for item in found[:1]], partial(all_are, document, keys(found)))


def pictures(documents: Iterable[Document]) -> Iterator[Found]:
    """The picture that og:image names, by its file name."""
    for document in documents:
        name = (document.head.get("og:image") or "").split("?")[0].rpartition("/")[2]
        found = [tag for tag in document.soup.find_all("img") if name and name in _source(tag)]
        if found:
            holders = [parent for tag in found[:1] for parent in (tag, tag.parent) if parent is not None]
            yield Found(document, holders[:1], partial(_is_picture, document, name))


def _is_caption(element: Element) -> bool:
    return (
        element.tag.name == "figcaption"
        or is_called(element, "caption")
        or (len(element.text) > 30 and (is_caption(element.text) or is_credited(element.text)))
    )


def _source(tag: Tag) -> str:
    return " ".join(str(tag.get(name) or "") for name in ("src", "data-src", "data-original", "srcset"))


def _is_picture(document: Document, name: str, selector: str) -> bool | None:
    nodes = document.nodes(selector)
    if not nodes:
        return None
    return name in " ".join(value or "" for value in nodes[0].attributes.values())
