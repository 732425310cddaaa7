"""Where the text stands in HTML source: a tokenizer that keeps places and throws away everything else.

Fast parsers say nothing of positions. This one follows the HTML standard's tokenizer (section 13.2.5) as far as it
decides what is text and what is markup, and leaves the tree to the real parser; `archiver.extraction.stream` checks
the two against each other.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5
from typing import NamedTuple

BLANK = "\t\n\f\r "
"""What HTML calls white space: https://infra.spec.whatwg.org/#ascii-whitespace"""

_TAG = re.compile(
    r"""<(?P<close>/?)(?P<name>[A-Za-z][^\t\n\f\r />]*)
    (?: [\t\n\f\r /]+
      | [^\t\n\f\r />][^\t\n\f\r />=]*                      # an attribute's name; a leading "=" belongs to it
        (?: [\t\n\f\r ]* = [\t\n\f\r ]*
            (?: "[^"]*(?:"|\Z) | '[^']*(?:'|\Z) | (?=>) | [^\t\n\f\r >"'][^\t\n\f\r >]* ) )?
    )*+
    >""",
    re.VERBOSE,
)
_COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))", re.DOTALL)
_BOGUS = re.compile(r"<(?:[!?]|/(?!\Z))[^>]*(?:>|\Z)")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_SCRIPT = re.compile(r"<!--(?:-?>)?|-->|<(?P<close>/?)script(?=[\t\n\f\r />])", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#(?:[0-9]+|[xX][0-9a-fA-F]+);?|(?P<name>[A-Za-z][A-Za-z0-9]*;?))")

_SILENT = frozenset({"script", "style"})
_RAW = frozenset({"xmp", "iframe", "noembed", "noframes", "plaintext"})
_REFERENCES_ONLY = frozenset({"title", "textarea"})
_FOREIGN = frozenset({"svg", "math"})
_INTEGRATION = frozenset({"foreignobject", "desc", "title", "mi", "mo", "mn", "ms", "mtext", "annotation-xml"})
"""Elements of SVG and MathML in which HTML begins again: section 13.2.6.5 of the standard."""
_BREAKOUT = frozenset(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta "
    "nobr ol p pre ruby s small span strong strike sub sup table tt u ul var".split()
)
"""Start tags that end SVG and MathML, wherever they stand in it."""


class Token(NamedTuple):
    """A stretch of text in the source, from `start` to `end`; `coded` where character references count in it."""

    start: int
    end: int
    coded: bool


class Unit(NamedTuple):
    """What stands at [`start`, `end`) of the source: one character, or a reference with the text that it stands for."""

    text: str
    start: int
    end: int


def tokens(source: str) -> Iterator[Token]:
    """The text of a page outside its tags, comments, scripts and styles, in the order of the source."""
    at = 0
    foreign: list[str] = []
    while at < len(source):
        opening = source.find("<", at)
        opening = len(source) if opening < 0 else opening
        if opening > at:
            yield Token(at, opening, coded=True)
        at = opening
        if at == len(source):
            return
        tag = _TAG.match(source, at)
        if tag is not None:
            at = tag.end()
            name = tag["name"].lower()
            if tag["close"]:
                _close(foreign, name)
            elif _in_html(foreign, name, closed=source[at - 2] == "/"):
                if name in _SILENT:
                    at = _script_end(source, at) if name == "script" else _end_of(source, at, name)
                elif name in _RAW or name in _REFERENCES_ONLY:
                    end = len(source) if name == "plaintext" else _end_of(source, at, name)
                    yield Token(at, end, coded=name in _REFERENCES_ONLY)
                    at = end
            continue
        cdata = _CDATA.match(source, at) if foreign and foreign[-1] in _FOREIGN else None
        if cdata is not None:
            yield Token(cdata.start(1), cdata.end(1), coded=False)
            at = cdata.end()
        elif skipped := _COMMENT.match(source, at) or _BOGUS.match(source, at):
            at = skipped.end()
        elif source[at + 1 : at + 2].isascii() and source[at + 1 : at + 3].lstrip("/")[:1].isalpha():
            return  # a tag that the end of the file cut off
        else:
            yield Token(at, at + 1, coded=False)
            at += 1


def units(source: str, start: int, end: int, *, coded: bool) -> Iterator[Unit]:
    """The characters of a stretch of text, each with its place; references are decoded as a browser does."""
    at = start
    while at < end:
        reference = _REFERENCE.match(source, at, end) if coded and source[at] == "&" else None
        stop = at + 1 if reference is None else _reference_end(reference)
        yield Unit(source[at] if stop == at + 1 else html.unescape(source[at:stop]), at, stop)
        at = stop


def _reference_end(reference: re.Match[str]) -> int:
    """End of a reference; for a name without its semicolon, that of the longest known name; its start if none is."""
    name = reference["name"]
    if name is None:
        return reference.end()
    known = next((size for size in range(len(name), 1, -1) if name[:size] in html5), 0)
    return reference.start() + 1 + known


def _in_html(foreign: list[str], name: str, *, closed: bool) -> bool:
    """Whether an element begins in HTML; `foreign` keeps track of the SVG and MathML around it."""
    if not foreign or foreign[-1] not in _FOREIGN:
        if name in _FOREIGN and not closed:
            foreign.append(name)
        return True
    if name in _BREAKOUT:
        foreign.clear()
        return True
    if name in _INTEGRATION | _FOREIGN and not closed:
        foreign.append(name)
    return False


def _close(foreign: list[str], name: str) -> None:
    if name in foreign:
        del foreign[len(foreign) - 1 - foreign[::-1].index(name) :]


def _end_of(source: str, at: int, name: str) -> int:
    """Where the end tag of an element begins whose content holds no tags; the end of the source without one."""
    end = re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE).search(source, at)
    return end.start() if end else len(source)


def _script_end(source: str, at: int) -> int:
    """The same for a script, in which a comment may hide a script with an end tag of its own (13.2.5.15-31)."""
    commented = nested = False
    for mark in _SCRIPT.finditer(source, at):
        if mark["close"] is None:
            commented, nested = mark[0] == "<!--" or (commented and mark[0] != "-->"), nested and mark[0] != "-->"
        elif mark["close"] and not nested:
            return mark.start()
        else:
            nested = commented and not mark["close"]
    return len(source)
