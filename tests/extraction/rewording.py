"""Pages as they would be if they told another story: other words of the same shape, other related items and dates."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator

from bs4 import Tag
from bs4.element import NavigableString

from archiver.article import Removal
from archiver.extraction.tokens import tokens
from archiver.outlets import load_outlets
from tests.extraction.walker import by_path, soup_of

MARKERS = frozenset(
    # what outlets print around their stories, by which the rules know it; the calendar
    """
    baca juga simak lihat ikuti jangan lewatkan pilihan rekomendasi polling berita artikel topik tags more also read
    load penulis pewarta kontributor editor red rep sumber via dan foto dok komentar anda tayang telah ini dengan
    google update sedikit iklan hanya diperbarui
    senin selasa rabu kamis jum jumat sabtu minggu wib wita wit januari februari maret april mei juni juli agustus
    september oktober november desember jan feb mar apr may jun jul aug sep sept oct nov dec agu okt des
    """.split()
)
"""The words that no rule could do without. A rule that knows any other word breaks the test."""

BRANDS = frozenset(
    word
    for outlet in load_outlets()
    for text in (*outlet.brand, outlet.title, *outlet.domains)
    for word in re.findall(r"[^\W\d_]+", text.lower())
)
_WORD = re.compile(r"(?<!&)\b[^\W\d_]{3,}(?:'[a-z]+)?")
_OTHER = str.maketrans("aeioubcdfghjklmnpqrstvwxyz", "eiouacdfghjklmnpqrstvwxyzb")
_META = re.compile(
    r'(<meta (?:name|property)="(?:og:|twitter:)?(?:title|description|author|keywords|news_keywords|dable:author|'
    r'article:section|article:tag)" content=")([^"]*)'
)
_JSON_LD = re.compile(r'(?s)(<script type="application/ld\+json">)(.*?)(</script>)')
_JSON_NAMED = re.compile(
    r'("(?:headline|name|description|articleSection|articleBody|alternativeHeadline)":\s*")((?:[^"\\]|\\.)*)'
)
_JSON_LISTED = re.compile(r'((?:\[|,)\s*")([^"/:\\]+)(?="\s*[,\]])')
_YEAR = re.compile(r"\b20[012]\d\b")
_CLOCK = re.compile(r"\b\d\d(?=[:.]\d\d\b)")
_AGO = re.compile(r"\b\d+(?= (?:menit|jam|hari)\b)")


def reworded(text: str) -> str:
    """A text with each word of content turned into another one of the same length and case."""
    return _WORD.sub(_turned, text)


def _turned(word: re.Match[str]) -> str:
    lower = word[0].lower()
    if lower in MARKERS or lower in BRANDS:
        return word[0]
    other = lower.translate(_OTHER)
    return "".join(new.upper() if old.isupper() else new for old, new in zip(word[0], other, strict=True))


def reworded_page(page: str) -> str:
    """A page with other words in all its visible text, its meta elements and its JSON-LD; addresses stay."""
    parts: list[str] = []
    done = 0
    for token in tokens(page):
        parts += [page[done : token.start], reworded(page[token.start : token.end])]
        done = token.end
    told = "".join((*parts, page[done:]))
    told = _META.sub(_with_reworded_value, told)
    return _JSON_LD.sub(lambda script: script[1] + _reworded_json(script[2]) + script[3], told)


def _reworded_json(text: str) -> str:
    return _JSON_LISTED.sub(_with_reworded_value, _JSON_NAMED.sub(_with_reworded_value, text))


def _with_reworded_value(match: re.Match[str]) -> str:
    return match[1] + reworded(match[2])


def shuffled_page(page: str, removed: Iterable[Removal]) -> str:
    """A page in which the items of every removed list stand in another order, under other dates."""
    soup = soup_of(page)
    chance = random.Random(7)  # noqa: S311 - a shuffle, no secret
    lists = [by_path(soup, removal.where.path) for removal in removed if len(removal.links) > 1]
    for element in lists:
        items = list(_items(element))
        order = items[:]
        chance.shuffle(order)
        for item, place in zip(order, [_placeholder(item) for item in items], strict=True):
            place.replace_with(item)
        for item in items:
            _redate(item)
    return str(soup)


def _items(element: Tag) -> Iterator[Tag]:
    """The repeated parts of a list: children of one name with a link each, as deep as there is only one such child."""
    while True:
        children = [child for child in element.find_all(recursive=False) if child.name == "a" or child.find("a")]
        if len(children) != 1 or children[0].name == "a":
            break
        element = children[0]
    alike = [
        child
        for child in children
        if (child.name, child.get("class")) == (children[-1].name, children[-1].get("class"))
    ]
    yield from alike if len(alike) > 1 else ()


def _placeholder(item: Tag) -> NavigableString:
    place = NavigableString("")
    item.replace_with(place)
    return place


def _redate(item: Tag) -> None:
    changes: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (_YEAR, lambda year: str(int(year[0]) + 5)),
        (_CLOCK, lambda hour: f"{(int(hour[0]) + 7) % 24:02}"),
        (_AGO, lambda count: str(int(count[0]) + 3)),
    )
    for text in item.find_all(string=True):
        told = str(text)
        for pattern, change in changes:
            told = pattern.sub(change, told)
        text.replace_with(told)
