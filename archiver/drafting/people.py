"""Which elements print who wrote and who edited a story: those with the names that the metadata have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from archiver.drafting.choose import Found
from archiver.drafting.document import Document, Element
from archiver.drafting.matching import all_are, beside_junk, innermost, is_called, keys
from archiver.extraction import bylines

_LONGEST: Final = 120
"""Characters of a byline."""
_LABELLED: Final = re.compile(r"\s*(?:penulis|pewarta|reporter|oleh|laporan|wartawan|by)\b", re.IGNORECASE)


def authors(documents: Iterable[Document]) -> Iterator[Found]:
    """The elements around the story that print a name which the metadata have, else those that are called bylines."""
    for document in documents:
        declared = {name.casefold() for name in declared_authors(document)}
        found: list[Element] = []
        for element in beside_junk(document.small(_LONGEST)):
            names = {name.casefold() for name in bylines.parse(element.text).authors}
            if names and (names <= declared or (not declared & names and _is_byline(element))):
                found.append(element)
        if found:
            inner = innermost(found)
            yield Found(document, [item.tag for item in inner], partial(all_are, document, keys(inner)))


def declared_authors(document: Document) -> tuple[str, ...]:
    """Names that JSON-LD or meta elements give as the author's; not the site's own."""
    head = document.head
    site = head.get("og:site_name")
    given = (*head.ld("author"), *head.meta.get("author", ()), *head.meta.get("article:author", ()))
    found = (name for text in given for name in bylines.names(text, brands=(site,) if site else ()))
    return tuple(dict.fromkeys(found))


def editors(documents: Iterable[Document]) -> Iterator[Found]:
    """The elements that name an editor as such, and no author."""
    for document in documents:
        found = [
            element
            for element in beside_junk(document.small(_LONGEST))
            if (byline := bylines.parse(element.text)).editors and not byline.authors
        ]
        if found:
            yield Found(document, [item.tag for item in found], partial(all_are, document, keys(found)))


def _is_byline(element: Element) -> bool:
    return _LABELLED.match(element.text) is not None or is_called(element, "byline")
