"""Which addresses are articles': the pattern that those of the captured ones have in common, tried on all others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_ID: Final = re.compile(r"\d+")
_SLUG_ID: Final = re.compile(r"[\w-]+-\d{4,}")
_ID_SLUG: Final = re.compile(r"\d{4,}-[\w-]+")
_SLUG: Final = re.compile(r"[\w%.]+(?:-[\w%.]+){2,}")
_SUFFIX: Final = re.compile(r"\.(?:html?|php|aspx?)$")


@dataclass(frozen=True, slots=True)
class Addresses:
    """The pattern; how many of the articles it matches, and which of the other addresses."""

    pattern: str
    articles: tuple[str, ...]
    missed: tuple[str, ...]
    others: int
    wrong: tuple[str, ...]


def learn(articles: Sequence[str], others: Iterable[str]) -> Addresses:
    """The pattern of the articles' addresses. `others` are addresses of the same hosts that are none.

    Articles' addresses fall into shapes, by the number and the make of the path's parts; each shape is one alternative.
    """
    shapes: dict[tuple[str, ...], list[str]] = {}
    for url in dict.fromkeys(articles):
        shapes.setdefault(_shape(url), []).append(url)
    strays = [url for url in dict.fromkeys(others) if url not in articles]
    patterns = [_pattern(urls) for _, urls in sorted(shapes.items(), key=lambda item: -len(item[1]))]
    host = r"^https?://[^/]+"
    paths = list(dict.fromkeys(patterns))
    pattern = host + (paths[0] if len(paths) == 1 else f"(?:{'|'.join(paths)})")
    tried = re.compile(pattern)
    return Addresses(
        pattern,
        tuple(url for url in dict.fromkeys(articles) if tried.search(url)),
        tuple(url for url in dict.fromkeys(articles) if not tried.search(url)),
        len(strays),
        tuple(url for url in strays if tried.search(url)),
    )


def alike(articles: Iterable[str], links: Iterable[str]) -> list[str]:
    """The links that have the shape of one of the articles: articles that were not captured."""
    shapes = {_shape(url) for url in articles}
    return [url for url in _telling(links) if _shape(url) in shapes]


def likely(links: Iterable[str]) -> list[str]:
    """The links that look like articles': with a slug, an id or a date in them, those of the commonest shape first."""
    found = _telling(links)
    counts = Counter(map(_shape, found))
    return sorted(found, key=lambda url: -counts[_shape(url)])


def _parts(url: str) -> list[str]:
    return [part for part in urlsplit(url).path.split("/") if part]


def _shape(url: str) -> tuple[str, ...]:
    return tuple(_make(part) for part in _parts(url))


def _make(part: str) -> str:
    part = _SUFFIX.sub("", part)
    makes = (("year", _YEAR), ("number", _ID), ("id-slug", _ID_SLUG), ("slug-id", _SLUG_ID), ("slug", _SLUG))
    return next((make for make, pattern in makes if pattern.fullmatch(part)), "word")


def _telling(links: Iterable[str]) -> list[str]:
    """The links with a part that is more than a word."""
    return [url for url in dict.fromkeys(links) if any(make != "word" for make in _shape(url))]


def _pattern(urls: Sequence[str]) -> str:
    """The pattern of addresses of one shape: what is the same in all stays, the rest is what it is made of."""
    columns = list(zip(*map(_parts, urls), strict=True))
    return "".join(f"/{_column(column)}" for column in columns) + r"/?(?:\?|$)"


def _column(parts: Sequence[str]) -> str:
    suffixes = {suffix[0] if (suffix := _SUFFIX.search(part)) else "" for part in parts}
    bare = [_SUFFIX.sub("", part) for part in parts]
    end = re.escape(suffixes.pop()) if len(suffixes) == 1 else r"(?:\.\w+)?"
    make = _make(parts[0])
    match make:
        case "year":
            return r"\d{4}" + end
        case "number":
            lengths = {len(part) for part in bare}
            return (rf"\d{{{lengths.pop()}}}" if lengths == {2} else r"\d+") + end
        case "id-slug":
            return r"\d+-[\w-]+" + end
        case "slug-id":
            return r"[\w-]+-\d+" + end
        case "slug":
            return r"[\w.%-]+" + end
        case _:
            return (re.escape(bare[0]).replace(r"\-", "-") if len(set(bare)) == 1 else r"[\w-]+") + end
