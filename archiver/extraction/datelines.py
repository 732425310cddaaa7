"""The dateline: outlet, place or both, with a dash, before the first words of a story.

`TEMPO.CO, Jakarta - `, `JAKARTA, KOMPAS.com — `, `Jakarta (ANTARA) - `, `BELITUNG - `, `SURYA.co.id | SURABAYA – `.
A line is only ever split, never changed: prefix and rest together are the line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, TypeAlias

from archiver.extraction.lexicon import brand_pattern, lexicon

_Form: TypeAlias = Literal["brand", "both", "capitals", "place"]
"""What stands before the dash: the outlet, outlet and place in either order, a place in capitals, any place."""

_WITHIN = 70
"""Characters within which a dateline ends."""

_SENTENCE = (
    "Ia Dia Kami Kita Mereka Saya Aku Anda Ini Itu Namun Tapi Tetapi Dan Atau Jika Bila Kalau Saat Ketika Setelah "
    "Sebelum Karena Selain Menurut Dalam Pada Di Dari Ke Untuk Dengan Oleh Para Sang Si Tak Tidak Bukan Sejak "
    "Sementara Adapun The A He She They We It In On At But And"
)
_NO_PLACE = rf"(?!(?:{'|'.join(_SENTENCE.split())})\b)"
_CITY = r"(?:[A-Z][\w.'’]+(?:[ -][A-Z][\w.'’]*){0,3})"
_PLACE = rf"{_NO_PLACE}{_CITY}(?:,\s*{_CITY})?"
_CITIES = "(?:Jakarta|Bandung|Surabaya|Semarang|Yogyakarta|Medan|Makassar|Denpasar|Bogor|Depok|Tangerang|Bekasi|Solo)"

_SEPARATOR = re.compile(r"\s*(?:--+|[–—])\s*|\s+-\s*|\.?-\s+|-(?=[A-Z])|:\s+|\.\s+(?=[A-Z\"“])")
_CAPITALS = re.compile(rf"{_NO_PLACE}[A-Z][A-Z .'’-]{{2,30}}(?:,\s*[A-Z][\w .]{{2,30}})?(?:,?\s*\([\w ]+\))?")
_NAMES = re.compile(r"[\w.'’-]++,?(?:[\s,|/(–-]++(?=\w*[A-Z.])[\w.'’-]*+\)?,?)*+")
_TEXT = re.compile(r"\W*[A-Z0-9]")
_SENTENCE_FOLLOWS = re.compile(r"[\"“‘']?[A-Z0-9](?=.{60})(?!.{0,80}\s[-–—]+\s)")
_DASH_LOST = re.compile(rf",\s*{_CITIES}\s+(?=[A-Z\"“])")


def split_dateline(line: str, brands: Sequence[str] = ()) -> tuple[str | None, str]:
    """The dateline prefix with its dash and blanks, and the rest; None where the line has none.

    `brands` are names that count as the outlet's own beside the lexicon's and every domain. A name without a dash
    after it, or before a verb, is the sentence's subject and stays.
    """
    start = line[:_WITHIN]
    if not ("-" in start or "–" in start or "—" in start or ":" in start or ", " in start):
        return None, line
    names = tuple(brands)
    end = 0
    for separator in _SEPARATOR.finditer(line, 0, _WITHIN):
        head = line[: separator.start()]
        if _NAMES.fullmatch(head) is None:
            break
        form = next((form for form, pattern in _forms(names) if pattern.fullmatch(head)), None)
        if form is not None and separator.end() < len(line) and _ends_dateline(form, separator, line):
            end = separator.end()
        if form != "brand":
            break
    if end == 0:
        lost = _DASH_LOST.search(line, 0, _WITHIN)
        end = lost.end() if lost and _brand(names).fullmatch(line, 0, lost.start()) else 0
    return (line[:end], line[end:]) if end else (None, line)


def _ends_dateline(form: _Form, separator: re.Match[str], line: str) -> bool:
    """Whether the separator ends a dateline of this form: the less the form says, the more must the rest say."""
    if form == "both":
        return True
    if separator[0] == "-" or separator[0].strip() in (":", "."):
        return False
    if form == "brand":
        return True
    rest = _TEXT if form == "capitals" else _SENTENCE_FOLLOWS
    return rest.match(line, separator.end()) is not None


@cache
def _forms(brands: tuple[str, ...]) -> tuple[tuple[_Form, re.Pattern[str]], ...]:
    brand = _brand(brands).pattern
    both = rf"{brand}(?:\s*[,|/]|\s*[-–—]+|\s)\s*{_PLACE}|{_PLACE}\s*[,|/]?\s*\(?{brand}\)?"
    return (
        ("brand", _brand(brands)),
        ("both", re.compile(both)),
        ("capitals", _CAPITALS),
        ("place", re.compile(rf"{_PLACE}(?:\s*\([A-Z][\w .]{{1,20}}\))?")),
    )


@cache
def _brand(brands: tuple[str, ...]) -> re.Pattern[str]:
    names = (*lexicon().brands, *brands)
    return re.compile(rf"(?:{brand_pattern((*names, *map(str.upper, names)))}(?:\s+(?:News|NEWS)\b)?)")
