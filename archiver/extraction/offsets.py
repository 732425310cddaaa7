"""Where each part of an article stands in its pages, in the order of the article's own lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from msgspec import Struct

from archiver.article import Article
from archiver.capture import Capture
from archiver.extraction.locate import Piece, Ranges, locate

Place: TypeAlias = Ranges | None
"""Ranges of characters [start, end) in reading order, markup between them; None where they are not known."""


class Offsets(Struct, frozen=True):
    """The places of title, lead and each block, re-routed and removed part.

    Characters are Unicode code points of the page that the part's `where` names (title and lead: the first), decoded
    with its charset as `charset.used` says, without a byte order mark and NULs; line ends are as they are.
    """

    title: Place
    lead: Place
    blocks: tuple[Place, ...]
    rerouted: tuple[Place, ...]
    removed: tuple[Place, ...]


def offsets(article: Article, captures: Iterable[Capture]) -> Offsets:
    """The places in these captures of the article's pages."""
    places: dict[Piece, Place] = {}
    for capture in captures:
        places.update(locate(article, capture).ranges)
    return Offsets(
        title=places.get(Piece("title")),
        lead=places.get(Piece("lead")),
        blocks=tuple(places.get(Piece("block", number)) for number in range(len(article.blocks))),
        rerouted=tuple(places.get(Piece("rerouted", number)) for number in range(len(article.rerouted))),
        removed=tuple(places.get(Piece("removed", number)) for number in range(len(article.removed))),
    )
