"""How an article is shown to a person: the words first, then where every other line of its page went."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING

import click

from archiver.cli.output import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archiver.article import Article, Block
    from archiver.catalog import Entry

WIDTH = 88
"""Columns of the running text."""


def lines_of(entry: Entry, versions: int) -> Iterator[str]:
    """The article as lines, styled for a terminal."""
    article = entry.article
    yield click.style(printable(article.title or "(no title)"), bold=True)
    yield click.style(" · ".join(_byline(article)), dim=True)
    yield ""
    if article.lead:
        yield from _wrapped(article.lead)
        yield ""
    for block in article.blocks:
        yield from _block(block)
        yield ""
    if article.rerouted:
        yield _head("Re-routed", len(article.rerouted))
        yield from _collected((line.kind, line.text) for line in article.rerouted)
        yield ""
    if article.removed:
        yield _head("Removed", len(article.removed))
        yield from _collected((line.kind, line.text) for line in article.removed)
        yield ""
    yield _head("Records", None)
    yield from _table(_records(entry, versions))


def _byline(article: Article) -> list[str]:
    facts = (", ".join(article.authors), article.published, article.section, article.source, article.outlet)
    return [printable(fact) for fact in facts if fact]


def _block(block: Block) -> Iterator[str]:
    if block.kind == "heading":
        yield click.style(printable(block.text), bold=True)
    elif block.items is not None:
        for item in block.items:
            yield from _wrapped(item, first="- ", rest="  ")
    elif block.kind == "quote":
        yield from _wrapped(block.text, first="  > ", rest="  > ")
    else:
        for line in block.text.split("\n"):
            yield from _wrapped(line)


def _records(entry: Entry, versions: int) -> Iterator[tuple[str, str]]:
    article = entry.article
    yield "address", article.url
    if article.canonical_url and article.canonical_url != article.url:
        yield "canonical", article.canonical_url
    yield "version", f"{entry.version} of {versions}"
    how = f"layout {article.layout}" if article.layout else "fallback: the page fits no layout of its outlet"
    yield "cut out by", how
    for number, capture in enumerate(article.captures, 1):
        name = f"page {number}" if len(article.captures) > 1 else "capture"
        yield name, f"{capture.date}  {capture.record_id}  {capture.file} at byte {capture.offset}"
    if not article.complete:
        yield "incomplete", f"pages not captured: {', '.join(article.more_pages) or 'unknown'}"
    yield "text", entry.conversion_id
    if entry.metadata_id:
        yield "metadata", entry.metadata_id
    for remark in article.notes:
        yield "note", remark


def _head(title: str, count: int | None) -> str:
    return click.style(title if count is None else f"{title} ({count})", bold=True)


def _table(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, text in rows:
        flat = " / ".join(line.strip() for line in printable(text).splitlines() if line.strip())
        yield f"  {name:<16}{flat}"


def _collected(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Each line once, where it first stood: those of a page's frame come again on every page of an article."""
    counts = Counter(rows)
    yield from _table(
        (kind, text if count == 1 else f"{text}  ({count} times)") for (kind, text), count in counts.items()
    )


def _wrapped(text: str, *, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(
        printable(text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
