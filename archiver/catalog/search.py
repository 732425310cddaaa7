"""Full-text search: whatever a person types is a valid query, and hits come with what matched.

Words are looked for without regard to case and accents, all of them, in title, lead and text. "Words in
quotes" stand together in this order; a star at the end of a word stands for any ending. Nothing else has a
meaning: a hyphen, a colon or a bracket is just typed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archiver.catalog.entry import ALL, Filters, Hit
from archiver.errors import UsageError

if TYPE_CHECKING:
    import sqlite3

MATCH_START, MATCH_END = "\x02", "\x03"
"""Around each matched word of a snippet."""

_TERM = re.compile(r'"([^"]*)"(\*?)|(\S+)')

_WEIGHTS = (10.0, 4.0, 1.0)
"""Of a match in title, lead and text, for the ranking (bm25)."""

_SNIPPET_WORDS = 24


def fts_query(words: str) -> str:
    """What was typed, in FTS5's language: every term quoted. Raises `UsageError` where no word is in it."""
    terms = []
    for phrase, phrase_star, word in _TERM.findall(words.encode("utf-8", "replace").decode()):
        star = phrase_star or "*" * word.endswith("*")
        plain = (phrase or word).replace('"', " ").replace("\x00", " ").rstrip("*")
        if any(character.isalnum() for character in plain):
            terms.append(f'"{plain}"{star}')
    if not terms:
        raise UsageError(f"there is no word to look for in {words!r}")
    return " ".join(terms)


def search(db: sqlite3.Connection, words: str, filters: Filters = ALL, limit: int = 20) -> list[Hit]:
    """The best hits first, at most `limit` of them."""
    where, values = filters.where()
    query = f"""
        SELECT articles.url, articles.outlet, readings.title, articles.day,
               snippet(fulltext, 2, ?, ?, '…', {_SNIPPET_WORDS}), readings.captured, readings.capture_id
        FROM fulltext
        JOIN articles ON articles.id = fulltext.rowid
        JOIN readings ON readings.capture_id = articles.latest_id
        WHERE fulltext MATCH ? AND {where}
        ORDER BY bm25(fulltext, {", ".join(map(str, _WEIGHTS))}), articles.day DESC, articles.url
        LIMIT ?
    """  # noqa: S608 - made of constants; all values are bound
    rows = db.execute(query, (MATCH_START, MATCH_END, fts_query(words), *values, limit))
    return [Hit(*row) for row in rows]
