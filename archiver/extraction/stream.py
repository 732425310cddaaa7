"""The visible characters of a page in reading order, each with its place in the source.

The parser gives a tree without places, the tokenizer places without a tree. So the page is parsed twice: as it is, and
with every word of its text replaced by a number of the same kind (no white space) in private-use characters. The trees
are alike, and in the second one the numbers tell where each word came from, through every rule by which a browser moves
misplaced text. Where the trees or the words disagree, the characters have no place: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from archiver.extraction import dom
from archiver.extraction.dom import Node, Page
from archiver.extraction.tokens import BLANK, Unit, tokens, units

Span: TypeAlias = tuple[int, int]
"""A range of characters in the decoded page, the end exclusive."""

NONE, SOFT, HARD = range(3)
"""What stands before a character: nothing, white space, the beginning of a line."""

_FIRST = 0xE000
_BASE = 0x1900
"""The private-use area has 6400 code points, U+E000 to U+F8FF; two of them number forty million words."""


@dataclass(slots=True)
class Stream:
    """Visible characters without white space, and beside each one where it stands.

    `breaks` has one entry more than `text`: what stands before each character, and at the end. `tokens` numbers the
    stretches of text in the source, so that neighbours in one stretch make one range. `extents` maps the `mem_id` of
    the elements that were asked for to their first and last character (exclusive).
    """

    source: str
    text: list[str] = field(default_factory=list)
    spans: list[Span | None] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)
    breaks: bytearray = field(default_factory=lambda: bytearray([HARD]))
    extents: dict[int, Span] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.text)

    def ranges(self, characters: Collection[int]) -> tuple[Span, ...] | None:
        """The source ranges of these characters, given in reading order; None if one of them has no place."""
        found: list[Span] = []
        last = -1
        for index in characters:
            span = self.spans[index]
            if span is None:
                return None
            if found and self.tokens[index] == last and found[-1][0] <= span[0]:
                found[-1] = (found[-1][0], span[1])
            else:
                found.append(span)
            last = self.tokens[index]
        return tuple(found)


def read(source: str, page: Page, wanted: Iterable[Node] = ()) -> Stream:
    """The stream of a parsed page; `wanted` are the elements whose extents are noted.

    A wanted element stands apart from the text around it, as the walker sets a marked element apart. What is invisible
    is left out, unless it holds a wanted element.
    """
    reader = _Reader(source, page, list(wanted))
    reader.read()
    return reader.stream


class _Reader:
    """Goes through both trees side by side."""

    def __init__(self, source: str, page: Page, wanted: list[Node]) -> None:
        self.stream = Stream(source)
        self._page = page
        self._wanted = frozenset(node.mem_id for node in wanted)
        self._holders = frozenset(holder.mem_id for node in wanted for holder in dom.ancestors(node))
        self._words = _Words(source)

    def read(self) -> None:
        numbered = Page(self._words.numbered)
        stack: list[tuple[Node, Node | None, bool]] = [(self._page.root, numbered.root, False)]
        while stack:
            node, twin, closing = stack.pop()
            tag = node.tag
            if closing:
                self._edge(node)
                continue
            if tag == dom.TEXT:
                self._text(node.text_content or "", twin)
            elif node.mem_id in self._holders or (tag not in dom.INVISIBLE and node.mem_id not in self._page.hidden):
                self._edge(node)
                stack.append((node, None, True))
                stack.extend(reversed(list(_children(node, twin))))

    def _edge(self, node: Node) -> None:
        """An element begins or ends here."""
        stream = self.stream
        key = node.mem_id
        if key in self._wanted:
            stream.extents[key] = (stream.extents.get(key, (len(stream), 0))[0], len(stream))
            self._break(SOFT)
        if node.tag not in dom.INLINE:
            self._break(HARD)

    def _break(self, strength: int) -> None:
        breaks = self.stream.breaks
        breaks[-1] = max(breaks[-1], strength)

    def _text(self, text: str, twin: Node | None) -> None:
        stream = self.stream
        placed = self._words.read(twin.text_content or "") if twin is not None else []
        null = "\ufffd" if "\ufffd" in text else ""  # what a parser makes of U+0000 depends on where it stands
        shown = [(unit.text.replace("\0", null), unit[1:], token) for unit, token in placed]
        if "".join(part for part, _, _ in shown) != text.translate(_NO_BLANKS):
            shown = []
        spans = iter([(span, token) for part, span, token in shown for _ in part])
        for character in text:
            if character in BLANK:
                self._break(SOFT)
                continue
            span, token = next(spans, (None, -1))
            if character.isspace():
                self._break(SOFT)
                continue
            stream.text.append(character)
            stream.spans.append(span)
            stream.tokens.append(token)
            stream.breaks.append(NONE)


_NO_BLANKS = dict.fromkeys(map(ord, BLANK))


def _children(node: Node, twin: Node | None) -> Iterator[tuple[Node, Node | None, bool]]:
    """The children with those of the other tree; where these are no counterparts, without."""
    child = node.first_child
    other = twin.first_child if twin is not None else None
    while child is not None:
        yield child, other if other is not None and other.tag == child.tag else None, False
        child = child.next
        other = other.next if other is not None else None


class _Words:
    """The words of the source, by number."""

    def __init__(self, source: str) -> None:
        self._words: list[tuple[list[Unit], int]] = []
        parts: list[str] = []
        done = 0
        for number, token in enumerate(tokens(source)):
            parts.append(source[done : token.start])
            word: list[Unit] = []
            for unit in units(source, *token[:2], coded=token.coded):
                if unit.text in BLANK:
                    parts += [self._number(word, number), source[unit.start : unit.end]]
                    word = []
                else:
                    word.append(unit)
            parts.append(self._number(word, number))
            done = token.end
        self.numbered = "".join((*parts, source[done:]))

    def _number(self, word: list[Unit], token: int) -> str:
        if all(unit.text == "\0" for unit in word):
            return "\0" * len(word)
        high, low = divmod(len(self._words), _BASE)
        self._words.append((word, token))
        return chr(_FIRST + high) + chr(_FIRST + low)

    def read(self, text: str) -> list[tuple[Unit, int]]:
        """The characters that numbers in the other tree stand for; none where something else stands between them."""
        found: list[tuple[Unit, int]] = []
        digits = [ord(character) - _FIRST for character in text if character not in BLANK]
        for high, low in zip(digits[::2], digits[1::2], strict=False):
            number = high * _BASE + low
            if not (0 <= high < _BASE and 0 <= low < _BASE and number < len(self._words)):
                return []
            word, token = self._words[number]
            found += [(unit, token) for unit in word]
        return found
