"""Where the story stands on a page, by its lines: how much of it an element holds, and what else is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from archiver.article import Article
from archiver.extraction.dom import INLINE, Node, ancestors, fold
from archiver.extraction.layouts import outermost
from archiver.healing.lookup import Lookup

SHORTEST = 15
"""Characters of a line from which on it is looked for: shorter ones stand on many pages."""

_ENOUGH = 0.95
"""Share of the lines on the page that the story's container holds."""

_PRESENT = 0.5
"""Share of a story's lines that a page must print to be a page of this story."""

_MORE = 0.2
"""Share of the story's length that a right selector may take in beyond the tightest one."""

_MORE_CHARACTERS = 60

_PARAGRAPHS = INLINE | {"p", "blockquote", "pre", "li", "td", "figcaption"}
"""Elements that are text of a story and no container of one."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How elements hold a story: the share of its lines, characters beside them, and lines that stand there twice."""

    held: float
    beside: int
    doubled: int


@dataclass(frozen=True, slots=True)
class Story:
    """The lines of a story that its page prints; `tightest` holds them with the least beside them, doubles none."""

    lookup: Lookup
    lines: tuple[str, ...]
    size: int
    tightest: Node

    def fit(self, nodes: Sequence[Node]) -> Fit:
        """How these elements hold the story."""
        texts = [self.lookup.text(node) for node in nodes]
        whole = "\n".join(texts)
        counts = [whole.count(line) for line in self.lines]
        return Fit(
            sum(count > 0 for count in counts) / len(counts),
            max(0, len(whole) - self.size),
            sum(count > 1 for count in counts),
        )

    def accepts(self, nodes: Sequence[Node], more: float = _MORE) -> bool:
        """Whether these elements are the story's container, or its containers.

        `more` is the share of the story's length that they may take in beyond the tightest one.
        """
        if not nodes:
            return False
        fit, best = self.fit(nodes), self.fit([self.tightest])
        slack = max(more * self.size, _MORE_CHARACTERS)
        return fit.held >= _ENOUGH * best.held and fit.beside <= best.beside + slack and fit.doubled <= best.doubled

    def selected(self, query: str) -> tuple[Node, ...]:
        """What a body's selector means on this page."""
        return outermost(self.lookup.page.all(query))

    def named(self) -> Iterator[Node]:
        """Elements from whose names a selector may be made: the container and its like around it, then paragraphs'."""
        yield self.tightest
        for holder in ancestors(self.tightest):
            if holder.tag == "body" or not self.accepts([holder]):
                break
            yield holder
        first = next((node for node in self.lookup.elements if self._is_line(node)), None)
        if first is not None:
            yield first
            yield from islice((node for node in ancestors(first) if node.tag != "body"), 2)

    def _is_line(self, node: Node) -> bool:
        return (
            node.tag not in INLINE
            and self.lines[0] in node.text()
            and not any(child.tag not in INLINE and self.lines[0] in child.text() for child in node.iter())
        )


def lines_of(article: Article) -> tuple[str, ...]:
    """The story's lines that are long enough to be looked for, each once."""
    lines = (fold(line) for line in article.text.split("\n"))
    return tuple(dict.fromkeys(line for line in lines if len(line) >= SHORTEST))


def find_story(lookup: Lookup, article: Article) -> Story | None:
    """Where the page prints the article's text; None where it prints too little of it."""
    wanted = lines_of(article)
    whole = lookup.whole
    lines = tuple(line for line in wanted if line in whole)
    if not lines or len(lines) < _PRESENT * len(wanted):
        return None
    node = lookup.page.body
    while True:
        inner = [child for child in node.iter() if _held(lookup, child, lines) >= _ENOUGH * len(lines)]
        if not inner or inner[0].tag in _PARAGRAPHS:
            break
        node = inner[0]
    return Story(lookup, lines, sum(map(len, lines)), node)


def _held(lookup: Lookup, node: Node, lines: Sequence[str]) -> int:
    if node.mem_id in lookup.page.hidden or lookup.order(node) < 0:
        return 0
    text = lookup.text(node)
    return sum(line in text for line in lines)
