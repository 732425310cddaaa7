"""Names out of bylines: who wrote it, who edited it, and whose copy it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from archiver.extraction.dates import is_date

_AUTHOR = (
    r"penulis|pewarta|penerjemah|reporter|rep|wartawan|jurnalis|oleh|kontributor|laporan|author|teks|naskah|"
    r"(?:(?:posted|written|reported) )?by"
)
_EDITOR = r"editor|penyunting|redaktur|red|rep/red|uploader"
_SOURCE = r"sumber|source"
_LABEL = re.compile(rf"\b(?P<role>{_AUTHOR}|{_EDITOR}|{_SOURCE})\s*(?:\|\s*)?(?P<colon>:)\s*", re.IGNORECASE)
_LEADING = re.compile(
    rf"^(?:(?:{_AUTHOR})\b\s*(?:khusus|wartawan|tribun\w*(?:\.com)?|[\w.]+\.(?:com|co|id|co\.id))?[\s,:-]*)+",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"^(?:kontributor|laporan (?:wartawan|kontributor)|wartawan|koresponden)\b[^,]*,\s*", re.IGNORECASE
)
_TRAILING = re.compile(
    r"(?:[\s,·•|/-]+(?:jurnalis|reporter|wartawan|penulis|kontributor|editor|journalist|okezone|[\w.]+\.com|detik\w+)\b.*)$",
    re.IGNORECASE,
)
_VIA = re.compile(r"^(?:via|dikutip dari)\s+(\S.*)$", re.IGNORECASE)
_IS_EDITOR = re.compile(_EDITOR, re.IGNORECASE)
_IS_SOURCE = re.compile(_SOURCE, re.IGNORECASE)
_SITE = re.compile(r"\.(?:com|co|id|net|org)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:https?:|www\.|//)|\S+@\S+")
_SIGN_OFF = re.compile(r"^(?P<name>[^|]{3,60}?)\s*\|\s*[^|]{2,40}$")
_BRACKETED = re.compile(r"^\((?P<name>[^()/]{5,60})\)$")
_SEPARATOR = re.compile(r"\s*(?:;|\||&|,|\bdan\b|\band\b)\s*", re.IGNORECASE)
_PLAIN = re.compile(r"(?:[A-Z][A-Za-z'’]+\.? ?){2,4}")
_ROLES = frozenset(
    "penulis pewarta penerjemah reporter rep wartawan jurnalis oleh kontributor laporan author teks naskah posted "
    "written reported by editor penyunting redaktur red uploader journalist koresponden tim redaksi admin okezone "
    "dan and via dikutip sumber source khusus".split()
)
"""Most bylines are two to four words with capitals; those need none of what follows, unless one is such a word."""

_NO_NAME = re.compile(
    r"^(?:tim|redaksi|admin|administrator|editor|reporter|jurnalis|penulis|okezone|n/a|-|\W*)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Byline:
    """Names as printed, by role; `source` is the agency or site the copy came from."""

    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    source: str | None = None


def parse(text: str, *, brands: Iterable[str] = ()) -> Byline:
    """The names in one byline: "Penulis: A | Editor: B", "A, Jurnalis", "Laporan Wartawan X, A", "A | BC"."""
    via = _VIA.match(text)
    if via is not None:
        return Byline(source=via[1])
    labels = list(_LABEL.finditer(text)) if ":" in text else ()
    if not labels:
        return Byline(authors=names(text, brands=brands))
    authors: list[str] = []
    editors: list[str] = []
    source = None
    for number, label in enumerate(labels):
        end = labels[number + 1].start() if number + 1 < len(labels) else len(text)
        part = text[label.end() : end].strip(" |,;-·/")
        role = label["role"]
        if _IS_EDITOR.fullmatch(role):
            editors += names(part, brands=brands)
        elif _IS_SOURCE.fullmatch(role):
            source = part or source
        else:
            authors += names(part, brands=brands)
    return Byline(tuple(dict.fromkeys(authors)), tuple(dict.fromkeys(editors)), source)


def names(text: str, *, brands: Iterable[str] = ()) -> tuple[str, ...]:
    """Personal names in a text that holds little else: labels, places and brands around them are taken off."""
    text = " ".join(text.split()).strip(" ,;|·•-–")
    if _PLAIN.fullmatch(text) and _ROLES.isdisjoint(text.lower().split()):
        return () if any(text.casefold() == brand.casefold() for brand in brands) else (text.rstrip("."),)
    if is_date(text) or _ADDRESS.search(text):
        return ()
    whole = _BRACKETED.match(text) or ("|" in text and _SIGN_OFF.match(text))
    if whole:
        text = whole["name"]
    text = _PLACED.sub("", text)
    text = _LEADING.sub("", text)
    text = _TRAILING.sub("", text)
    shunned = {brand.casefold() for brand in brands}
    found = []
    for part in _SEPARATOR.split(text):
        name = part.strip(" .,:;|·•-–()")
        if name and not _NO_NAME.match(name) and name.casefold() not in shunned and _is_name(name):
            found.append(name)
    return tuple(dict.fromkeys(found))


def _is_name(text: str) -> bool:
    """A name has letters, no digits to speak of, and few words; an address or a sentence is none."""
    words = text.split()
    return (
        len(words) <= 6
        and any(char.isalpha() for char in text)
        and not any(char.isdigit() for char in text)
        and "/" not in text
        and not _SITE.search(text)
    )
