"""Which element holds the story: the one that holds its prose and little else, named by what lasts from page to page.

Prose is what the fallback keeps of a page and no other page repeats. Pages whose container has another name are of
another layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bs4.element import Tag

from archiver.drafting.choose import Found, best
from archiver.drafting.document import Document, key
from archiver.extraction.captions import is_caption

_SHORTEST = 40
"""Characters from which on a line counts as prose."""
_ENOUGH = 0.85
"""Share of the prose that a container holds."""


@dataclass(frozen=True, slots=True)
class _Fit:
    """How much a container may hold beside the prose: so many times as much text, and so many characters more."""

    times: float
    characters: int

    def allows(self, size: int, prose: int) -> bool:
        return size <= self.times * prose + self.characters


_BOXES = frozenset({"div", "section"})
"""Elements that may stand in a row as the story's containers; paragraphs leave its headings and lists out."""

_FITS = (_Fit(1.05, 40), _Fit(1.2, 150), _Fit(1.6, 400), _Fit(3.0, 1000))
"""From a container that is the story's alone to one that holds as much again; the closest that has a name is taken."""


@dataclass(frozen=True, slots=True)
class Group:
    """Pages of one layout: the selector of their container, and the share of the prose that it holds at least."""

    documents: tuple[Document, ...]
    selector: str
    share: float


def prose(documents: Sequence[Document]) -> dict[str, tuple[str, ...]]:
    """For each page, by its address, the keys of the paragraphs that stand in its story alone."""
    lines = {document.url: _lines(document) for document in documents}
    stories: dict[str, set[str]] = {}
    for document in documents:
        for line in lines[document.url]:
            stories.setdefault(line, set()).add(key(document.reading.title or document.url))
    return {url: tuple(line for line in found if len(stories[line]) == 1) for url, found in lines.items()}


def _lines(document: Document) -> list[str]:
    """The long lines of the story but its lead, which may stand elsewhere."""
    leads = {key(text) for name in ("og:description", "description") if (text := document.head.get(name))}
    lines = (line for block in document.reading.blocks for line in block.text.split("\n"))
    return [key(line) for line in lines if len(line) >= _SHORTEST and key(line) not in leads]


def group(documents: Sequence[Document]) -> list[Group]:
    """The pages by layout, the commonest first; those whose container has no name at all are left out.

    A selector that fits one page closely takes the others with it on which it holds the prose and more.
    """
    told = prose(documents)
    left = [document for document in documents if told[document.url]]
    groups: list[Group] = []
    for fit in _FITS:
        while left and (choice := best([_found(document, told[document.url], fit) for document in left])) is not None:
            chosen = tuple(page for page in left if _is_container(page, told[page.url], _FITS[-1], choice.selector))
            share = min(_share(document, told[document.url], choice.selector) for document in chosen)
            groups.append(Group(chosen, choice.selector, share))
            left = [document for document in left if document not in chosen]
    return sorted(groups, key=lambda found: -len(found.documents))


def _found(document: Document, lines: Sequence[str], fit: _Fit) -> Found:
    return Found(document, _containers(document, lines, fit), partial(_is_container, document, lines, fit))


def _containers(document: Document, lines: Sequence[str], fit: _Fit) -> list[Tag]:
    """The elements that hold enough of the prose and not much more, from the innermost to the outermost.

    Then those that stand around the first paragraphs: a story may be a row of containers with one name.
    """
    whole = len(key(document.reading.text))
    holding = [
        element.tag
        for element in document.elements
        if fit.allows(len(element.key), whole)
        and element.tag.name not in ("body", "html")
        and sum(len(line) for line in lines if line in element.key) >= _ENOUGH * sum(map(len, lines))
    ]
    boxes = [element for element in document.elements if element.tag.name in _BOXES]
    around = [[box.tag for box in boxes if line in box.key] for line in lines[:2]]
    return holding[::-1] + [tags[-1] for tags in around if tags]


def _is_container(document: Document, lines: Sequence[str], fit: _Fit, selector: str) -> bool | None:
    """None where the selector finds nothing, or what a less close fit would take."""
    found = document.texts(selector)
    if not any(found):
        return None
    whole = len(key(document.reading.text))
    size = sum(len(key(text)) for text in found)
    if _held(found, lines) < _ENOUGH * sum(map(len, lines)) or not _FITS[-1].allows(size, whole):
        return False
    return True if fit.allows(size, whole) else None


def _share(document: Document, lines: Sequence[str], selector: str) -> float:
    return _held(document.texts(selector), lines) / sum(map(len, lines))


def _held(found: Sequence[str], lines: Sequence[str]) -> int:
    text = "\n".join(map(key, found))
    return sum(len(line) for line in lines if line in text)


def is_photo_story(documents: Sequence[Document]) -> bool:
    """Whether most lines of the stories close with a photo credit: their captions are the story."""
    lines = [block.text for document in documents for block in document.reading.blocks if len(block.text) >= _SHORTEST]
    return sum(map(is_caption, lines)) > len(lines) / 2
