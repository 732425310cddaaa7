"""What the class and id of an element say that it is.

Themes and content systems name the parts of a page in few words: `share-buttons`, `related-articles`, `imageCaption`.
A name is read as its words, which blanks, hyphens, underscores and humps divide; other parts of words are not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from archiver.article import RemovalKind, RerouteKind


class Named(NamedTuple):
    """A kind of removed or re-routed text, and the words of the name that say so."""

    kind: str
    words: str


_REMOVED: tuple[tuple[RemovalKind, str], ...] = (
    ("share", "share|sharing|sharebar|shares|socials?|sosmed|addthis|addtoany|sharedaddy|bagikan"),
    ("comments", "comments?|komentar|disqus|respond|discussion"),
    ("related_list", "related\\w*|terkait|baca juga|rekomendasi|recommend\\w*|recirc\\w*|taboola|outbrain|popin|dable"),
    (
        "related_list",
        "read ?more|more on|also read|see also|read next|up next|selanjutnya|berita lain\\w*|more (?:news|stories)",
    ),
    (
        "related_list",
        "popular|terpopuler|trending|most read|latest|terbaru|next article|prev next|next prev|post navigation",
    ),
    ("ad", "ads?|ad ?(?:spot|slot|unit|box)|advert\\w*|iklan|banner|sponsor\\w*|adsense|adsbygoogle|gpt|mgid"),
    (
        "promo",
        "newsletters?|subscribe\\w*|subscription|promo\\w*|google news|follow\\w*|sign ?up|paywall|donat(?:e|ion)",
    ),
    ("promo", "call to action|cta|app download"),
    ("poll", "poll|vote|voting|rating|reactions?"),
    ("copyright", "copyright|disclaimer"),
    ("media_widget", "slideshow|carousel|gallery|video player|audio player|podcast"),
    ("nav", "breadcrumbs?|nav|navbar|navigation|menu|toc|toolbar|skip link|sidebar|^widget|footer|masthead"),
    ("nav", "tags|tag ?(?:list|links?|cloud|box|wrapper)|post tag|topik|topics?|categories"),
    ("pagination", "pagination|paging|pager|page numbers?"),
    ("other", "(?:author )?bio|author (?:box|info)|about (?:the )?author"),
    ("other", "sr only|screen reader\\w*|visually ?hidden|print only|tooltip|modal|popup|cookies?|login"),
)
_REROUTED: tuple[tuple[RerouteKind, str], ...] = (
    ("caption", "captions?|figcaption|credits?"),
    ("byline", "byline|by line|authors?|autor|penulis|reporter|wartawan|writer"),
    ("date", "dates?|times?|timestamp|datetime|pubdate|published|tanggal"),
    ("lead", "standfirst|dek|deck|tagline|sub ?(?:title|headline|heading|head)"),
)
_STORY = "(?:article|story|post|entry|content|body|news|detail) ?(?:body|text|content)|isi berita"

_TAXONOMY = re.compile(r"(?<!\S)(?:tag|category|topic|section)-\S+")
"""A story's tags and categories in the class that WordPress gives to its container: any word may stand there."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|[_-]+|(?<=\s)\s+")


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{words})(?!\S)")


_REMOVALS = tuple((kind, _whole(words)) for kind, words in _REMOVED)
_REROUTES = tuple((kind, _whole(words)) for kind, words in _REROUTED)
_BODY = _whole(_STORY)


def words(name: str) -> str:
    """A name (class and id with a blank between them) as lower-case words."""
    if "hentry" in name or "type-post" in name:
        name = _TAXONOMY.sub("", name)
    return _HUMP.sub(" ", name).lower()


@lru_cache(maxsize=8192)
def removal(name: str) -> Named | None:
    """The kind of junk that a name stands for."""
    return _find(name, _REMOVALS)


@lru_cache(maxsize=8192)
def reroute(name: str) -> Named | None:
    """The kind of fact that a name stands for."""
    return _find(name, _REROUTES)


@lru_cache(maxsize=8192)
def is_story(name: str) -> bool:
    """Whether a name stands for the text of the article."""
    return _BODY.search(words(name)) is not None


def _find(name: str, kinds: Sequence[tuple[str, re.Pattern[str]]]) -> Named | None:
    if name:
        text = words(name)
        for kind, pattern in kinds:
            found = pattern.search(text)
            if found is not None:
                return Named(kind, found[0])
    return None
