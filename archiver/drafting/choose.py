"""Selectors that hold on all pages: candidates come from the elements that were found, the pages decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bs4.element import Tag

from archiver.drafting.document import Document
from archiver.drafting.names import LASTING, names


@dataclass(frozen=True, slots=True)
class Found:
    """On one page: the elements that hold what is looked for, and a test whether a selector finds just that.

    `is_right` answers None where the selector finds nothing.
    """

    document: Document
    tags: Sequence[Tag]
    is_right: Callable[[str], bool | None]


@dataclass(frozen=True, slots=True)
class Choice:
    """A selector, and on which of the pages it finds what it should."""

    selector: str
    pages: tuple[str, ...]


_MOST_NAMES = 40
"""Candidates that are tried for one page's element."""


def best(found: Sequence[Found]) -> Choice | None:
    """The selector that is right on most pages; of equals the one with the most lasting name, then the shortest.

    A lasting name goes before any other, on however few pages. One that finds something else on as many pages is none.
    """
    ranked: dict[str, int] = {}
    for place in found:
        tried = sorted(pair for tag in place.tags for pair in names(tag))[:_MOST_NAMES]
        for rank, selector in tried:
            ranked[selector] = min(rank, ranked.get(selector, rank))
    chosen: tuple[tuple[bool, int, int, int, str], Choice] | None = None
    for selector, rank in ranked.items():
        answers = [(place.document.url, place.is_right(selector)) for place in found]
        right = tuple(url for url, answer in answers if answer)
        wrong = sum(answer is False for _, answer in answers)
        if len(right) <= wrong:
            continue
        order = (rank > LASTING, wrong - len(right), rank, len(selector), selector)
        if chosen is None or order < chosen[0]:
            chosen = order, Choice(selector, right)
    return chosen[1] if chosen else None


def cover(found: Iterable[Found], *, most: int = 3) -> tuple[Choice, ...]:
    """Selectors that together are right on all the pages, the one that is right on most first."""
    left = list(found)
    choices: list[Choice] = []
    while left and len(choices) < most and (choice := best(left)) is not None:
        choices.append(choice)
        left = [place for place in left if place.document.url not in choice.pages]
    return tuple(choices)
