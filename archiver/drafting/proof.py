"""What a drafted outlet makes of the pages that it was drafted from: the first thing to read, the pages at hand."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.drafting import facts, moments
from archiver.drafting.document import Document, key
from archiver.drafting.draft import Draft
from archiver.extraction import extract
from archiver.extraction.instants import PUBLISHED


@dataclass(frozen=True, slots=True)
class Proof:
    """One page, read by the draft.

    `title` and `date` tell whether they are those that the page's metadata declare, None where it declares none. `more`
    and `fewer` are lines of the body that the fallback does not keep, or keeps and the draft does not.
    """

    url: str
    layout: str | None
    title: bool | None
    date: bool | None
    lines: int
    more: tuple[str, ...]
    fewer: tuple[str, ...]


def prove(draft: Draft) -> tuple[Proof, ...]:
    """Read every article page with the drafted outlet."""
    return tuple(_prove(draft, document) for document in draft.articles)


def _prove(draft: Draft, document: Document) -> Proof:
    article = extract(document.capture, draft.outlet)
    declared = [key(title) for title in facts.declared_titles(document)]
    day = moments.declared_date(document, PUBLISHED, draft.outlet.zone)
    lines, others = _lines(article.text), _lines(document.reading.text)
    return Proof(
        document.url,
        article.layout,
        key(article.title or "") in declared if declared else None,
        (article.published or "")[:10] == day if day else None,
        len(lines),
        tuple(line for line in lines if line not in others),
        tuple(line for line in others if line not in lines),
    )


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]
