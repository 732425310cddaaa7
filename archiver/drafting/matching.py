"""Shared by what looks for facts: elements that stand clear of junk, and tests of what a selector finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from archiver.drafting.choose import Found
from archiver.drafting.document import Document, Element, key
from archiver.drafting.names import name_of
from archiver.extraction import classnames

_WHOLE: Final = frozenset({"[document]", "html", "body", "main", "article"})
"""Elements whose names speak of the page, not of a part of it."""


def beside_junk(elements: Iterable[Element]) -> Iterator[Element]:
    """The elements without those that stand in what calls itself junk: other stories, advertisements, menus."""
    for element in elements:
        holders = (element.tag, *element.tag.parents)
        if not any(classnames.removal(name_of(tag)) for tag in holders if tag.name not in _WHOLE):
            yield element


def is_called(element: Element, kind: str) -> bool:
    """Whether class or id say that the element is of that kind: "byline", "lead", "caption"."""
    name = classnames.reroute(name_of(element.tag))
    return name is not None and name.kind == kind


def innermost(elements: Sequence[Element]) -> list[Element]:
    """Those that hold none of the others, but for one with the same text."""
    keys = {id(element.tag): element.key for element in elements}
    outer = {
        id(holder)
        for element in elements
        for holder in element.tag.parents
        if keys.get(id(holder), element.key) != element.key
    }
    return [element for element in elements if id(element.tag) not in outer]


def keys(elements: Iterable[Element]) -> set[str]:
    """The keys of their texts."""
    return {element.key for element in elements}


def first_of(document: Document, found: Sequence[Element]) -> Found:
    """The first of these, and the elements in it or around it with the same text."""
    first = found[0].key
    return Found(document, [item.tag for item in found if item.key == first], partial(first_is, document, {first}))


def first_is(document: Document, wanted: set[str], selector: str) -> bool | None:
    """Whether the first element that the selector finds has one of these texts; None where it finds none."""
    texts = document.texts(selector)
    return key(texts[0]) in wanted if texts else None


def all_are(document: Document, wanted: set[str], selector: str) -> bool | None:
    """Whether each element that it finds has one of these texts."""
    texts = document.texts(selector)
    return all(key(text) in wanted for text in texts) if texts else None


def are_all(document: Document, wanted: set[str], selector: str) -> bool | None:
    """Whether it finds all of these texts and no other."""
    texts = {key(text) for text in document.texts(selector)}
    return texts == wanted if texts else None
