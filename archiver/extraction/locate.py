"""The way back: from each piece of an article to the characters of the decoded page that it was cut out of.

An article says of a piece in which element it stood, not where in it. Every visible character of the article's area is
in exactly one piece, so the pieces are fitted into the page's characters, the innermost elements first: what is left
of an element then is what its own lines were made of. A piece that fits in two ways, or in none, has no place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, permutations
from typing import Literal, NamedTuple, TypeAlias

from archiver.article import Article, Where
from archiver.capture import Capture
from archiver.extraction import charset, dom
from archiver.extraction.dom import Node, Page
from archiver.extraction.stream import HARD, NONE, Span, Stream, read
from archiver.extraction.walk import CELL_BAR

Ranges: TypeAlias = tuple[Span, ...]
"""Where a piece stands: ranges of characters in the decoded page, in reading order; markup lies between them."""


class Piece(NamedTuple):
    """A part of an article: its title or lead (`number` 0), or an item of one of its three lists, from 0."""

    part: Literal["title", "lead", "block", "rerouted", "removed"]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Located:
    """The pieces of one page (`page` counts from 1) in `source`, the page as `charset.decode` gives it.

    `ranges` has every piece of this page; None for one that could not be located.
    """

    page: int
    source: str
    ranges: dict[Piece, Ranges | None]


@dataclass(frozen=True, slots=True)
class Trace:
    """The same, character by character: to whom each visible one belongs, None for what lies in no piece."""

    page: int
    stream: Stream
    owners: list[Piece | None]
    pieces: tuple[Piece, ...]

    def ranges(self) -> dict[Piece, Ranges | None]:
        """The places of the page's pieces in its source; None for one that could not be located."""
        owned: dict[Piece, list[int]] = {piece: [] for piece in self.pieces}
        for index, owner in enumerate(self.owners):
            if owner is not None:
                owned[owner].append(index)
        return {piece: self.stream.ranges(found) or None for piece, found in owned.items()}


def locate(article: Article, capture: Capture) -> Located:
    """The places of an article's pieces in one of its pages.

    `capture` is the page that the article was extracted from; for a joined article, any of its pages. Raises
    `ValueError` where the address is none of these.
    """
    traced = trace(article, capture)
    return Located(traced.page, traced.stream.source, traced.ranges())


def trace(article: Article, capture: Capture) -> Trace:
    """To which piece of the article each visible character of the page belongs; see `locate`."""
    number = _page_number(article, capture)
    source, _ = charset.decode(capture)
    page = Page(source)
    needles = list(_needles(article, number, page))
    stream = read(source, page, [needle.element for needle in needles])
    owners: list[Piece | None] = [None] * len(stream)
    needles.sort(key=lambda needle: (-needle.depth, needle.element.mem_id))
    for element, inside in groupby(needles, key=lambda needle: needle.element.mem_id):
        if element in stream.extents:
            _Field(stream, owners, stream.extents[element]).settle(list(inside))
    pieces = tuple(piece for piece, _, where in _pieces(article) if where.page == number)
    return Trace(number, stream, owners, pieces)


def _page_number(article: Article, capture: Capture) -> int:
    if capture.url in article.pages:
        return article.pages.index(capture.url) + 1
    if len(article.pages) > 1:
        raise ValueError(f"{capture.url} is none of the {len(article.pages)} pages of {article.url}")
    return 1


def _pieces(article: Article) -> Iterator[tuple[Piece, str, Where]]:
    """All pieces, each with its text and its place. A title that only the metadata give is no piece of a page."""
    areas = article.areas or ("/html",)
    evidence = article.evidence.get("title", "")
    if article.title and evidence.startswith("css:") and evidence != "css:title":
        yield Piece("title"), article.title, Where(1, areas[0])
    if article.lead:
        yield Piece("lead"), article.lead, Where(1, areas[0])
    for number, block in enumerate(article.blocks):
        yield Piece("block", number), block.text, block.where
    for number, line in enumerate(article.rerouted):
        yield Piece("rerouted", number), line.text, line.where
    for number, removal in enumerate(article.removed):
        yield Piece("removed", number), removal.text, removal.where


@dataclass(frozen=True, slots=True)
class _Needle:
    """A text to be found within an element, which lies `depth` elements below the root."""

    piece: Piece
    text: str
    element: Node
    depth: int


_GROUPING = frozenset({"ul", "ol", "dl", "blockquote", "table", "pre"})
"""Elements whose lines make one block; the block names the place of its first line alone."""


def _needles(article: Article, number: int, page: Page) -> Iterator[_Needle]:
    for piece, text, where in _pieces(article):
        node = dom.resolve(page, where.path) if where.page == number else None
        if node is None:
            continue
        chain = [node, *dom.ancestors(node)]
        if piece.part == "block" and "\n" in text:
            chain = chain[next((up for up, item in enumerate(chain) if item.tag in _GROUPING), 0) :]
        yield _Needle(piece, text, chain[0], len(chain))


class _Field:
    """What is left of an element for its own pieces: a text in which they are sought, and which they use up.

    In it a line feed stands where a line begins, a blank for other white space, and U+0000 for what is taken.
    """

    def __init__(self, stream: Stream, owners: list[Piece | None], extent: Span) -> None:
        self._owners = owners
        self._found: dict[Piece, int] = {}
        self._characters: list[int] = []
        parts: list[str] = []
        strength = HARD
        for index in range(*extent):
            strength = max(strength, stream.breaks[index])
            if owners[index] is not None:
                continue
            if strength != NONE:
                parts.append("\n" if strength == HARD else " ")
                self._characters.append(-1)
            parts.append(stream.text[index])
            self._characters.append(index)
            strength = NONE
        self._text = "".join((*parts, "\n"))

    def settle(self, needles: Sequence[_Needle]) -> None:
        """Give each needle its characters where there is only one way to do it; the strictest reading comes first."""
        for pattern in (_as_lines, _as_words, _anywhere, _letters):
            left = sorted(
                (needle for needle in needles if needle.piece not in self._found),
                key=lambda needle: (-len(needle.text), needle.text),
            )
            groups = [list(alike) for _, alike in groupby(left, key=lambda needle: needle.text)]
            while len(rest := [alike for alike in groups if not self._place(alike, pattern(alike[0].text))]) < len(
                groups
            ):
                groups = rest

    def _place(self, alike: list[_Needle], pattern: re.Pattern[str]) -> bool:
        """Place needles of the same text, if their number and order leave one way; says whether it did."""
        spans = [match.span() for match in pattern.finditer(self._text)]
        if len(spans) > len(alike):
            spans = [span for span in spans if self._stands_alone(*span)]
        if len(spans) != len(alike):
            return False
        orders = list(self._orders(alike, spans))
        if len(orders) != 1:
            return False
        for needle, (start, end) in zip(alike, orders[0], strict=True):
            for index in self._characters[start:end]:
                if index >= 0:
                    self._owners[index] = needle.piece
            self._text = f"{self._text[:start]}{_TAKEN * (end - start)}{self._text[end:]}"
            self._found[needle.piece] = start
        return True

    def _stands_alone(self, start: int, end: int) -> bool:
        """Whether on both sides a line begins or stands what is taken already."""
        return self._text[start - 1] in _EDGES and self._text[end] in _EDGES

    def _orders(self, alike: list[_Needle], spans: list[Span]) -> Iterator[Sequence[Span]]:
        """The ways to give needles of the same text their places so that each list keeps its order."""
        if len({needle.piece.part for needle in alike}) == 1:
            yield spans
        elif len(spans) <= _MOST_ALIKE:
            yield from (order for order in permutations(spans) if self._in_order(alike, order))

    def _in_order(self, alike: list[_Needle], spans: Sequence[Span]) -> bool:
        placed = [(needle.piece, span[0]) for needle, span in zip(alike, spans, strict=True)]
        return all(
            (other.number < piece.number) == (place < start)
            for piece, start in placed
            for other, place in (*self._found.items(), *placed)
            if other.part == piece.part and other != piece
        )


_TAKEN = "\0"
_EDGES = "\n\0"
_MOST_ALIKE = 6
"""Texts that stand in several of an article's lists are told apart by their order up to this number of copies."""


def _as_lines(text: str) -> re.Pattern[str]:
    """The text as it is, line by line."""
    return re.compile(rf"(?<=[{_EDGES}]){re.escape(text)}(?=[{_EDGES}])")


def _as_words(text: str) -> re.Pattern[str]:
    """The words of the text, whatever the lines; the bars that tell a table's cells apart are not on the page."""
    return re.compile(rf"(?<=[ {_EDGES}]){_words(text)}(?=[ {_EDGES}])")


def _anywhere(text: str) -> re.Pattern[str]:
    """The same, also within a word: for what was cut off a line's end."""
    return re.compile(_words(text))


def _words(text: str) -> str:
    return r"[\n ](?:\|[\n ])?".join(map(re.escape, dom.fold(text).replace(CELL_BAR, " ").split(" ")))


def _letters(text: str) -> re.Pattern[str]:
    """The characters of the text, whatever the white space: for lines that an empty element interrupts."""
    return re.compile(r"[\n ]*".join(re.escape(character) for character in text if not character.isspace()))
