"""What is normal for an outlet, for people: the numbers behind the alarm."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import median
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from archiver.drift.facts import GATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.drift.facts import ArticleFacts, RunFacts

_FIELDS: Final = ("title", "published", "authors", "lead", "section", "images")
FALLBACK: Final = "the fallback"


class Baseline(Struct, frozen=True, kw_only=True):
    """What is normal: of so many articles in so many runs the share that each layout reads and that has each field.

    Shares are 0 to 1. `characters` and `blocks` are medians of the bodies, `removed` is that of the share of text that
    was removed, `turned_away` the share of pages that hold no article. `sources` has the median count of addresses for
    each document.
    """

    runs: int
    articles: int
    layouts: dict[str, float]
    fields: dict[str, float]
    characters: int
    blocks: int
    removed: float
    turned_away: float
    sources: dict[str, int]


def baseline(history: Sequence[RunFacts]) -> Baseline | None:
    """Of the runs that count as normal; None where they brought no article."""
    pages = [page for run in history for page in run.pages]
    articles = [page.article for page in pages if page.article is not None]
    if not articles:
        return None
    layouts = Counter(article.layout or FALLBACK for article in articles)
    counts: dict[str, list[int]] = defaultdict(list)
    for run in history:
        for source in run.sources:
            counts[source.url].append(source.candidates)
    return Baseline(
        runs=len(history),
        articles=len(articles),
        layouts={name: round(count / len(articles), 3) for name, count in layouts.most_common()},
        fields={field: _share(articles, field) for field in _FIELDS},
        characters=round(median(article.characters for article in articles)),
        blocks=round(median(article.blocks for article in articles)),
        removed=round(median(article.removed for article in articles), 3),
        turned_away=round(sum(page.outcome in GATE for page in pages) / len(pages), 3),
        sources={url: round(median(found)) for url, found in sorted(counts.items())},
    )


def _share(articles: Sequence[ArticleFacts], field: str) -> float:
    return round(sum(field in article.fields for article in articles) / len(articles), 3)
