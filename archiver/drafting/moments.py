"""Which elements print when a story was published and changed: those that agree with the metadata on the day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta, timezone
from typing import Final

from archiver.drafting.choose import Found
from archiver.drafting.document import Document, Element
from archiver.drafting.matching import beside_junk, first_of
from archiver.extraction import dates
from archiver.extraction.instants import MODIFIED, PUBLISHED

_LONGEST: Final = 90
"""Characters of an element that prints a date and little else."""
_CHANGED: Final = re.compile(r"diperbarui|perbaruan|update|modified|diubah|revisi", re.IGNORECASE)


def publications(documents: Iterable[Document], zone: timezone) -> Iterator[Found]:
    """The first printed date of the day that the metadata name; where they name none, the first after the title."""
    for document in documents:
        expected = declared_date(document, PUBLISHED, zone)
        printed = [element for element in _dated(document) if not _CHANGED.search(element.text)]
        agreeing = [element for element in printed if expected in (None, _day(element, zone))]
        if agreeing:
            yield first_of(document, _barest(_most_exact(agreeing)))


def changes(documents: Iterable[Document], zone: timezone) -> Iterator[Found]:
    """The printed date that says that it is of a change."""
    for document in documents:
        expected = declared_date(document, MODIFIED, zone)
        printed = [element for element in _dated(document) if _CHANGED.search(element.text)]
        agreeing = [element for element in printed if expected in (None, _day(element, zone))]
        if agreeing:
            yield first_of(document, agreeing)


def declared_date(document: Document, names: Sequence[str], zone: timezone) -> str | None:
    """The day, in the outlet's zone, that the first of these metadata fields names; None where none does."""
    for name in names:
        kind, _, path = name.partition(":")
        texts = document.head.ld(path) if kind == "jsonld" else document.head.meta.get(path, ())
        for text in texts:
            moment = dates.parse(text)
            if moment is not None:
                return moment.instant(zone).astimezone(zone).date().isoformat()
    return None


def zone_of(documents: Iterable[Document], usual: timezone) -> timezone:
    """The offset that the pages' own dates have most often; the usual one where they have none but UTC."""
    offsets: dict[timedelta, int] = {}
    for document in documents:
        for name in ("datePublished", "dateModified"):
            for text in document.head.ld(name):
                moment = dates.parse(text)
                if moment is not None and moment.offset:
                    offsets[moment.offset] = offsets.get(moment.offset, 0) + 1
    return timezone(max(offsets, key=lambda offset: offsets[offset])) if offsets else usual


def _dated(document: Document) -> list[Element]:
    """Elements that print a date and little else, the title's neighbours first; those of other stories' are links."""
    found = [
        element
        for element in beside_junk(document.small(_LONGEST))
        if dates.parse(element.text) is not None and element.tag.find_parent("a") is None and element.tag.name != "a"
    ]
    order = {id(element.tag): number for number, element in enumerate(document.elements)}
    title = next((n for n, element in enumerate(document.elements) if element.tag.name == "h1"), 0)
    before = [element for element in found if order[id(element.tag)] < title]
    return [element for element in found if element not in before] + before


def _most_exact(elements: Sequence[Element]) -> list[Element]:
    """Those that print the time of day too, if any do."""
    timed = [element for element in elements if (moment := dates.parse(element.text)) and moment.precision != "day"]
    return timed or list(elements)


def _barest(elements: Sequence[Element]) -> list[Element]:
    """Those that print nothing but a date, if any do; else the shortest."""
    bare = [element for element in elements if dates.is_date(element.text)]
    return bare or sorted(elements, key=lambda element: len(element.text))[:1]


def _day(element: Element, zone: timezone) -> str | None:
    moment = dates.parse(element.text)
    return moment.instant(zone).astimezone(zone).date().isoformat() if moment else None
