"""The words of an article, to be found again elsewhere: in a feed, in another capture, in a log.

A passage is a run of eight words of lead, text or a caption, in any markup, case and spacing; the title counts as a
whole. An address made of the title's words is no mention of it: the words stand apart in a text.
"""

from __future__ import annotations

import html
import re
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from warc.encoding import content_prefix
from warc.message import MessageError, entity, parse_head

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archiver.article import Article
    from warc.read import Record

Mention: TypeAlias = Literal["passage", "headline", "unreadable"]
"""What a text has of the words; `unreadable` is one that cannot be searched."""

_RUN: Final = 8
"""Words of a passage: fewer stand together by chance."""

_TITLE: Final = 3
"""A title of fewer words is not looked for."""

_MOST: Final = 256 * 1024 * 1024
"""Bytes of a decoded body that are searched."""

_MARKUP: Final = re.compile(r"<!\[CDATA\[|\]\]>")
_TAG: Final = re.compile(r"<[^<>]*>")
_ATTRIBUTE: Final = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")
_INLINE: Final = re.compile(r"</?(?:a|abbr|b|em|font|i|mark|q|small|span|strong|sub|sup|u|wbr)\b[^<>]*>", re.IGNORECASE)
_ESCAPED_BREAK: Final = re.compile(r"\\[nrt]")
_WORD: Final = re.compile(r'[^\s"]+')
_EDGES: Final = string.punctuation + "“”‘’„«»…–—·•\u00ad\u200b\ufeff"
_BINARY: Final = ("image/", "audio/", "video/", "font/")


@dataclass(frozen=True, slots=True)
class Words:
    """What to look for. Made by `words_of`."""

    passages: frozenset[tuple[str, ...]]
    titles: frozenset[tuple[str, ...]]
    starts: frozenset[str]
    """Their first words."""

    def find(self, text: str) -> Mention | None:
        """The strongest mention in a plain text: a passage rather than the title."""
        words = _words(text)
        found: Mention | None = None
        for i, word in enumerate(words):
            if word not in self.starts:
                continue
            if tuple(words[i : i + _RUN]) in self.passages:
                return "passage"
            if found is None and any(tuple(words[i : i + len(title)]) == title for title in self.titles):
                found = "headline"
        return found

    def find_in(self, record: Record) -> Mention | None:
        """The strongest mention in what a record holds."""
        try:
            mentions = {self.find(text) for text in _texts(record)}
        except MessageError:
            return "unreadable"
        return "passage" if "passage" in mentions else "headline" if "headline" in mentions else None


def words_of(articles: Iterable[Article]) -> Words:
    """All that is to be found of these articles: versions and pages of one."""
    passages, titles = set[tuple[str, ...]](), set[tuple[str, ...]]()
    for article in articles:
        captions = [image.caption for image in article.images]
        for part in (article.lead, *article.text.split("\n"), *captions):
            words = _words(part or "")
            passages.update(tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))
        title = _words(article.title or "")
        if len(title) >= _TITLE:
            titles.add(tuple(title))
    return Words(frozenset(passages), frozenset(titles), frozenset(run[0] for run in (*passages, *titles)))


def _words(text: str) -> Sequence[str]:
    """Words by the blanks and quotes around them, without case and without the punctuation at their edges."""
    return [word for found in _WORD.findall(text.casefold()) if (word := found.strip(_EDGES))]


def _texts(record: Record) -> Iterator[str]:
    """What a record says, as plain text: markup undone, once more where markup was wrapped in markup, as in feeds.

    Raises MessageError for an encoding that nobody here can undo.
    """
    head = parse_head(record.block) if (record.get("Content-Type") or "").startswith("application/http") else None
    if head is None:
        yield _ESCAPED_BREAK.sub(" ", bytes(record.block).decode("utf-8", "replace"))
        return
    if (head.get("content-type") or "").lower().startswith(_BINARY):
        return
    body = b"".join(entity(record.block, head))
    body = content_prefix(body, head.joined("content-encoding"), _MOST)
    if body.startswith(b"\x1f\x8b"):  # a sitemap that is a gzip file
        body = content_prefix(body, "gzip", _MOST)
    text = _ESCAPED_BREAK.sub(" ", _decoded(body))
    for _ in range(2):
        text = _MARKUP.sub(" ", text)
        values = [one or other for one, other in _ATTRIBUTE.findall(text)]
        yield html.unescape(' " '.join(value for value in values if value.count(" ") >= _TITLE - 1))
        text = html.unescape(_TAG.sub(" ", _INLINE.sub("", text)))
        yield text
        if "<" not in text:
            break


def _decoded(body: bytes) -> str:
    """UTF-8, or else what old pages of this part of the world are written in."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")
