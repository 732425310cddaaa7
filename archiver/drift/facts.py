"""What the alarm looks at: how each fetched page ended, and of each article what a redesign would change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from archiver.article import Article, Outcome

FIELDS: Final = (
    *("title", "authors", "published", "lead", "section", "images"),
    *("editors", "modified", "dateline", "tags", "source"),
)
"""Of an article, those that every reader misses first."""

GATE: Final[frozenset[Outcome]] = frozenset(
    {"not_article", "paywall", "consent_wall", "challenge", "soft_404", "hijacked", "empty"}
)
"""What a page can be that came without an error and holds no article."""

READ: Final[frozenset[Outcome]] = GATE.union(("saved", "updated", "unchanged", "duplicate"))
"""Outcomes of pages that were read. What the network did to a request is no drift."""


_LINE: Final = 40
"""Characters of a line that no two articles have by chance."""

_DATES: Final = frozenset({"published", "modified"})
_ADDED: Final = re.compile(" [+] (?:jsonld|meta):")


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """How an article was cut out: of the `fields` that were found, what gave each of them; None if nobody said.

    `rules` are those that removed something, `kinds` what they removed. `characters` are those of the body, `removed`
    the share of removed characters in all. `lines` are hashes of the body's longer lines, good within a process;
    `doubled` says that one of them stands there twice, `timed` that the date of publication has a time of day.
    """

    layout: str | None
    fields: Mapping[str, str | None]
    rules: frozenset[str]
    kinds: frozenset[str]
    characters: int
    blocks: int
    removed: float
    complete: bool
    contaminated: bool
    lines: frozenset[int]
    doubled: bool
    timed: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page that a run fetched and read; `article` is None where it gave none, or none of its own."""

    run: str
    url: str
    record_id: str | None
    time: datetime
    outcome: Outcome
    article: ArticleFacts | None


@dataclass(frozen=True, slots=True)
class Yield:
    """How many addresses a document of a source named."""

    url: str
    record_id: str | None
    candidates: int


@dataclass(frozen=True, slots=True)
class RunFacts:
    """One outlet in one run: the pages in the order of their outcomes, the documents of its sources."""

    run: str
    started: datetime
    pages: tuple[Page, ...]
    sources: tuple[Yield, ...]


def article_facts(article: Article) -> ArticleFacts:
    """What the alarm looks at in an article."""
    kept = len(article.text)
    lines = [hash(block.text) for block in article.blocks if len(block.text) >= _LINE]
    removed = sum(len(removal.text) for removal in article.removed)
    return ArticleFacts(
        layout=article.layout,
        fields={field: _giver(article, field) for field in FIELDS if getattr(article, field)},
        rules=frozenset(removal.rule for removal in article.removed),
        kinds=frozenset(removal.kind for removal in article.removed),
        characters=kept,
        blocks=len(article.blocks),
        removed=removed / max(1, kept + removed),
        complete=article.complete,
        contaminated=bool(article.notes),
        lines=frozenset(lines),
        doubled=len(set(lines)) < len(lines),
        timed="T" in (article.published or ""),
    )


def is_named(giver: str | None) -> bool:
    """Whether an element gave a field that its outlet names: the selector is more than a tag, which any page has."""
    kind, _, query = (giver or "").partition(":")
    return kind == "css" and not query.isalnum()


def _giver(article: Article, field: str) -> str | None:
    """The evidence without what a machine's date added to the printed one."""
    evidence = article.evidence.get(field)
    return _ADDED.split(evidence)[0] if evidence and field in _DATES else evidence
