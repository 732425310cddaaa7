"""What a line looks like, whatever it is about: prose, title, teaser, caption.

The shapes serve the junk rules (`archiver.extraction.junk`) and, as `{name}`, `{moment}` and the like, the patterns of
the lexicon. They see punctuation, capitals and numbers, never the words of a story.
"""

from __future__ import annotations

import re

from archiver.extraction.dates import is_date

_CLOCK = r"(?:(?:pukul|jam|at)\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*(?:WIB|WITA|WIT|[AP]M|(?:GMT|UTC)\s?[+-]?\d*))*"
_DAY = r"(?:[A-Z][a-z]+['’`]?[a-z]+\s*,?\s*)"
_CALENDAR = r"(?:\d{1,2}[\s./-]+(?:[A-Z][a-z]{2,8}\.?|\d{1,2})[\s./,-]+\d{2,4}|[A-Z][a-z]{2,8}\.?\s+\d{1,2},?\s+\d{4})"
_NAME_WORD = r"(?:[A-Z][\w'’`.-]*+|[a-z]{1,3}(?= [A-Z]))"
_NAME = rf"(?-i:[A-Z][\w'’`.-]*+(?: {_NAME_WORD}){{0,5}}+)"

FRAGMENTS = {
    "name": _NAME,
    "names": rf"{_NAME}(?:\s*(?:,|/|;|&|\bdan\b|\band\b)\s*{_NAME}){{0,4}}",
    "moment": rf"(?-i:{_DAY}?{_CALENDAR})(?:[\s,|•·@/–-]*{_CLOCK})?",
    "ago": r"\d+\s+(?:detik|menit|jam|hari|minggu|bulan|tahun)\s+lalu|\d+\s+(?:minute|hour|day|week)s?\s+ago",
}
"""Pieces of pattern that the lexicon refers to by name: a person's name or several, a printed time, a relative one."""

LONG = 160
"""Characters from which on a line is taken for a paragraph even where it ends without a full stop."""

_DATE_LENGTH = 70
_DATE_WORDS = 6
_DATED = re.compile(r"(?:19|20)\d\d|\d/\d|(?i:\b(?:lalu|ago)\b)")
_CLOSERS = "\"”“'’»)]*"
_ITEM_START = re.compile(r"[\"“‘'(\[«]*[A-Z0-9#@]")
_BULLET = re.compile(r"[-–—•·*●▪►»]\s+")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def is_date_line(line: str) -> bool:
    """Whether the line is a date, absolute or relative, and nothing else."""
    if len(line) > _DATE_LENGTH or _DATED.search(line) is None or len(_WORD.findall(line)) > _DATE_WORDS:
        return False
    return is_date(line)


def is_prose(line: str) -> bool:
    """Whether the line reads as running text: a sentence of some length, or a paragraph."""
    if len(line) >= LONG:
        return True
    return line.count(" ") >= 2 and ends_sentence(line)


def is_title(line: str) -> bool:
    """Whether the line could be another article's title: some words, a capital or number first, no stop at the end."""
    if not 2 <= line.count(" ") <= 30 or len(line) > 220:
        return False
    return _ITEM_START.match(line) is not None and line.rstrip(_CLOSERS)[-1:] not in (".", ",", ";", ":", "")


def is_teaser(line: str) -> bool:
    """Whether the line could be the summary under a listed title: at most three sentences and 400 characters."""
    return len(line) <= 400 and line.count(". ") <= 2


def is_bulleted(line: str) -> bool:
    """Whether a bullet opens the line; a number opens a subhead as often as an item."""
    return _BULLET.match(line) is not None


def is_headline_case(line: str) -> bool:
    """Whether most words have a capital, as the titles of most Indonesian outlets do and running text does not."""
    words = _WORD.findall(line)
    return len(words) >= 4 and sum(word[0].isupper() for word in words) >= 0.6 * len(words)


def ends_sentence(line: str) -> bool:
    """A full stop at the end, within closing marks or not; a question or call only where it closes a quotation."""
    words = line.rstrip(_CLOSERS)
    return words.endswith((".", "…")) or (words.endswith(("!", "?")) and len(words) < len(line))
