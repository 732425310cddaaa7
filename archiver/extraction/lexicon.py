"""The junk lexicon: markers that news sites put around and between the lines of their stories.

The markers stand in `lexicon.toml`, each with its kind, scope, languages, outlets, an example and a counter-example.
A line's opening word chooses the few markers that can match it, so that most lines cost one look-up. Their patterns
are compiled into one alternation when the first line asks for it.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, TypeAlias, get_args

from msgspec import Struct, convert

from archiver.article import RemovalKind, RerouteKind
from archiver.extraction.shapes import FRAGMENTS

Scope: TypeAlias = Literal[
    "anywhere", "inside", "head", "tail", "edge", "beside", "heading", "comments", "label", "more", "glued"
]
"""Where a marker counts.

- `anywhere`: whatever stands around it; `inside`: the same, but not as the first line, which may be a title
- `head`: before the running text; `tail`: where nothing but junk follows; `edge`: both
- `beside`: too common a word to stand alone; junk next to another line of junk
- `heading`: opens a list of related items; `comments`: opens the readers' part, which goes on to the end
- `label`: names what the next line holds; `more`: closes an item of a related list
- `glued`: stands before or after text in the same line
"""

MAX_LINE = 500
"""Characters: no marker is longer, and longer lines are not looked at. It bounds the time for any line."""

ANY = "*"
"""As an opening word: the marker may begin with any word. Such markers are tried in the head and the tail only."""

_DIGIT = "0"
_LONGEST_WORD = 24
_SHORT = 40
_DECORATION = r"[\s\-–—*•·●▪>»►▶✅👉|\[(#_~]*"
_CLOSING = r"[\s*|\])_~»>]*"
_OPENING = re.compile(r"[\W_]*(\d|[^\W\d_]+)")
_DOMAIN = r"[a-z][\w-]*(?:\.[a-z][\w-]*)*\.(?:com|co\.id|co|id|net|news|tv|org)"
_NEWS_DOMAIN = (
    r"[\w-]*(?:news|berita|kabar|warta|tribun|kompas|tempo|detik|liputan|media|radar|pos|times|harian|koran|jurnal|"
    r"suara|fajar|okezone|viva|republika|antara|kumparan|tirto|jpnn|medcom|idn|bisnis|kontan|info)[\w-]*"
    r"\.(?:com|co\.id|co|id|net|tv)"
)
_SIGNS = re.compile(r"[|·•>»›@/]")
_PARTS = (" -", " –", "19", "20", ".co", ".CO", ".id", ".ID", ".net")
_ROLES = ("urnalis", "wartawan", "reporter", "kontributor", "koresponden", "correspondent", "editor", "penulis")
_FEW_BLANKS = 3
_LONGEST_BYLINE = 120
_REMOVALS = frozenset(get_args(RemovalKind))


class Marker(Struct, frozen=True, kw_only=True):
    """One entry of the lexicon.

    `pattern` describes a whole line without regard to case; bullets, brackets and blanks around it are allowed for.
    `opens` lists the lower-case words (or a symbol, or "0" for a digit) with which such a line can begin.
    """

    id: str
    kind: RemovalKind | RerouteKind
    scope: Scope
    language: Literal["id", "en", "any"]
    outlets: tuple[str, ...]
    opens: tuple[str, ...]
    pattern: str
    example: str
    counter: str

    @property
    def removes(self) -> bool:
        """Whether a line of this kind is junk; otherwise it is a fact that belongs elsewhere in the article."""
        return self.kind in _REMOVALS


class Lexicon:
    """The markers, found by line. Immutable in effect: it only keeps the patterns that it has compiled."""

    def __init__(self, markers: tuple[Marker, ...], brands: tuple[str, ...]) -> None:
        self.markers = markers
        self.brands = brands
        self._fragments = {**FRAGMENTS, "brand": brand_pattern(brands), "outlet": _outlet_pattern(brands)}
        self._by_word: dict[str, tuple[Marker, ...]] = {}
        for marker in markers:
            if marker.scope != "glued":
                for word in marker.opens:
                    for key in string.digits if word == _DIGIT else (word,):
                        self._by_word[key] = (*self._by_word.get(key, ()), marker)
        self._compiled: dict[tuple[str, ...], re.Pattern[str]] = {}
        self._by_key: dict[str, re.Pattern[str]] = {}

    def find_all(self, lines: Iterable[str]) -> list[Marker | None]:
        """The marker that each line is, if any: `find` for many lines, most of which begin like no marker."""
        words = self._by_word
        marks: list[Marker | None] = []
        for line in lines:
            word = line[:_LONGEST_WORD].partition(" ")[0]
            known = word.lower() in words if (plain := word.isalpha()) else True
            if not known or len(line) > MAX_LINE:
                marks.append(None)
            elif len(line) <= _SHORT:
                marks.append(_find_short(self, line))
            else:
                marks.append(self._whole(word.lower(), line) if plain else self.find(line))
        return marks

    def find(self, line: str, *, edge: bool = False) -> Marker | None:
        """The marker that the whole line is, if any; with `edge` also one of those that begin with any word."""
        opening = _OPENING.match(line)
        found = self._whole(opening[1].lower(), line) if opening else None
        if found is None and not line[:1].isalnum():
            found = self._whole(line[:1], line)
        if found is None and edge and _may_begin_freely(line):
            found = self._whole(ANY, line)
        return found

    def search(self, marker: Marker, line: str) -> re.Match[str] | None:
        """Where a glued marker stands in the line."""
        return self._union((marker,)).search(line)

    def _whole(self, key: str, line: str) -> Marker | None:
        markers = self._by_word.get(key)
        if markers is None or len(line) > MAX_LINE:
            return None
        pattern = self._by_key.get(key)
        if pattern is None:
            pattern = self._by_key[key] = self._union(markers)
        match = pattern.fullmatch(line)
        return markers[int(match.lastgroup[1:])] if match and match.lastgroup else None

    def _union(self, markers: tuple[Marker, ...]) -> re.Pattern[str]:
        """One pattern for several markers, each a group named by its number; compiled once for the same markers."""
        ids = tuple(marker.id for marker in markers)
        pattern = self._compiled.get(ids)
        if pattern is None:
            union = "|".join(f"(?P<m{number}>{self._expand(marker)})" for number, marker in enumerate(markers))
            if markers[0].scope != "glued":
                union = f"{_DECORATION}(?:{union}){_CLOSING}"
            pattern = self._compiled[ids] = re.compile(union, re.IGNORECASE)
        return pattern

    def _expand(self, marker: Marker) -> str:
        return re.sub(r"\{([a-z]+)\}", lambda match: self._fragments[match[1]], marker.pattern)


@lru_cache(maxsize=4096)
def _find_short(lexicon: Lexicon, line: str) -> Marker | None:
    """The marker of a short line: these repeat from text to text, and more so the more they are junk."""
    return lexicon.find(line)


def _may_begin_freely(line: str) -> bool:
    """What each marker that begins with any word has: capitals or few words, a sign, a role or a date."""
    if len(line) > _LONGEST_BYLINE:
        return False
    if line.count(" ") <= _FEW_BLANKS or line.isupper() or _SIGNS.search(line):
        return True
    lower = line.lower()
    return any(part in line for part in _PARTS) or any(role in lower for role in _ROLES)


def brand_pattern(brands: Iterable[str]) -> str:
    """A pattern for one of the names, written so, or for any domain under which news is published."""
    names = "|".join(re.escape(brand) for brand in sorted(set(brands), key=len, reverse=True))
    return rf"(?:(?i:{_DOMAIN})|(?-i:{names}))(?![\w.-]*\w)"


def _outlet_pattern(brands: Iterable[str]) -> str:
    """The same, but a domain only where it sounds like a newspaper's: a ministry's address is information."""
    names = "|".join(re.escape(brand) for brand in sorted(set(brands), key=len, reverse=True))
    return rf"(?:(?i:\b{_NEWS_DOMAIN})|\b(?-i:{names})\b)"


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    brands: tuple[str, ...]
    marker: tuple[Marker, ...]


@cache
def lexicon() -> Lexicon:
    """The lexicon of this package, read at the first call."""
    text = files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8")
    content = convert(tomllib.loads(text), _File)
    return Lexicon(content.marker, content.brands)
