"""How good an extractor's answer is: nothing of the story lost, nothing else in it, the facts right."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import mean
from typing import Any

from pages import Gold, Page

CLEAN = 0.995
"""F1 from which on a page is clean, if no line of it is lost and nothing unwanted is in it."""

_QUOTES = str.maketrans("“”„’‘`´–—\u00a0", "\"\"\"''''-- ", "\u200b\ufeff\u00ad")
_WORD = re.compile(r"\w+")
_SHINGLE = 4
_LONG = 3
"""Words from which on an unwanted string is looked for anywhere; shorter ones count as whole lines alone."""


@dataclass(frozen=True, slots=True)
class Score:
    """One page. `lost` and `leaked` are the lines at fault; a fact is None where the page is not asked for it.

    `published` asks for the instant to the minute, `day` for the calendar day alone: some extractors give no more.
    """

    precision: float
    recall: float
    f1: float
    lost: tuple[str, ...] = ()
    leaked: tuple[str, ...] = ()
    title: bool | None = None
    published: bool | None = None
    day: bool | None = None
    authors: bool | None = None

    @property
    def clean(self) -> bool:
        """Whether a reader would find nothing to mend in the text."""
        return self.f1 >= CLEAN and not self.lost and not self.leaked


def score(page: Page, answer: Mapping[str, Any], by: str) -> Score:
    """How good the answer (`title`, `text`, `authors`, `published`) is, `by` lines or shingles."""
    return _by_shingles(page.gold, answer) if by == "shingles" else _by_lines(page.gold, answer)


def f1(scores: Sequence[Score], by: str) -> float:
    """F1 of a set: the mean over its pages, or, as the public benchmark has it, that of mean precision and recall."""
    if by == "lines":
        return mean(score.f1 for score in scores)
    return _f1(mean(score.precision for score in scores), mean(score.recall for score in scores))


def _by_lines(gold: Gold, answer: Mapping[str, Any]) -> Score:
    body = [words(line) for line in gold.body]
    expected = [word for line in body for word in line]
    lines = _without_neutral(answer.get("text") or "", gold)
    given = [word for line in lines for word in line]
    common = _common(expected, given)
    precision = common / len(given) if given else 0.0
    recall = common / len(expected) if expected else 1.0
    whole = f" {' '.join(given)} "
    return Score(
        precision,
        recall,
        _f1(precision, recall),
        tuple(line for line, found in zip(gold.body, body, strict=True) if f" {' '.join(found)} " not in whole),
        tuple(text for text in gold.unwanted if _is_in(words(text), lines)),
        _is_one_of(answer.get("title"), gold.titles),
        _is_instant(answer.get("published"), gold.published),
        _is_day(answer.get("published"), gold.published),
        _is_named(answer.get("authors") or (), gold.authors),
    )


def words(text: str) -> list[str]:
    """The words of a text, without regard to case, accents' form and kinds of quotation mark."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold())


def _without_neutral(text: str, gold: Gold) -> list[list[str]]:
    """The words of each line; titles, captions and datelines, which may be there or not, are taken out."""
    story = {tuple(words(line)) for line in gold.body}
    neutral = {tuple(words(line)) for line in gold.neutral} - story
    openings = [
        opening for opening in neutral if opening and not any(line[: len(opening)] == opening for line in story)
    ]
    lines = []
    for line in map(words, text.splitlines()):
        for opening in openings:
            if tuple(line[: len(opening)]) == opening:
                del line[: len(opening)]
        if line and tuple(line) not in neutral:
            lines.append(line)
    return lines


def _is_in(unwanted: list[str], lines: list[list[str]]) -> bool:
    if len(unwanted) < _LONG:
        return bool(unwanted) and unwanted in lines
    text = f" {' '.join(word for line in lines for word in line)} "
    return f" {' '.join(unwanted)} " in text


def _common(first: Sequence[str], second: Sequence[str]) -> int:
    """Length of the longest common subsequence; bit-parallel, after Hyyrö (2004)."""
    places: dict[str, int] = {}
    for at, word in enumerate(first):
        places[word] = places.get(word, 0) | 1 << at
    mask = (1 << len(first)) - 1
    row = mask
    for word in second:
        hit = row & places.get(word, 0)
        row = (row + hit | row - hit) & mask
    return len(first) - row.bit_count()


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _is_one_of(given: str | None, right: Sequence[str]) -> bool | None:
    if not right:
        return None
    return words(given or "") in [words(text) for text in right]


def _is_instant(given: str | None, right: Sequence[str]) -> bool | None:
    """Whether the time is right to the minute; a missing zone is taken for the right one."""
    if not right:
        return None
    moment = _moment(given)
    return moment is not None and any(_same_minute(moment, datetime.fromisoformat(text)) for text in right)


def _is_day(given: str | None, right: Sequence[str]) -> bool | None:
    if not right:
        return None
    moment = _moment(given)
    if moment is None or moment.tzinfo is None:
        return any((given or "")[:10] == text[:10] for text in right)
    return any(moment.astimezone(datetime.fromisoformat(text).tzinfo).date().isoformat() == text[:10] for text in right)


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text and len(text) > len("2020-01-01") else None
    except ValueError:
        return None


def _same_minute(given: datetime, right: datetime) -> bool:
    if given.tzinfo is None:
        given = given.replace(tzinfo=right.tzinfo)
    return _minute(given) == _minute(right)


def _minute(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def _is_named(given: Iterable[str], right: Sequence[frozenset[str]]) -> bool | None:
    """Whether the authors are right; None where the page names none."""
    if not right or not right[0]:
        return None
    names = {tuple(words(name)) for name in given}
    return any(names == {tuple(words(name)) for name in answer} for answer in right)


def _by_shingles(gold: Gold, answer: Mapping[str, Any]) -> Score:
    """The metric of the public benchmark: runs of four words, as a multiset, each page weighing the same."""
    given, expected = _shingles(answer.get("text") or ""), _shingles(gold.body[0])
    hits = sum((given & expected).values())
    precision = hits / given.total() if given.total() else 0.0
    recall = hits / expected.total() if expected.total() else 1.0
    return Score(precision, recall, _f1(precision, recall))


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    found = _WORD.findall(text)
    return Counter(tuple(found[at : at + _SHINGLE]) for at in range(max(1, len(found) - _SHINGLE + 1)) if found)
