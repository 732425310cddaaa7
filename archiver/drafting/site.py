"""What a site says of itself on all its pages: its name, its brand words, and metadata that lie."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from archiver.drafting.document import Document, key

_DATELINE: Final = re.compile(r"\s*([A-Z][\w.]*\.(?:com|co\.id|id|co|net|org|COM|CO\.ID|ID|CO|NET))\b")


def title_of(articles: Sequence[Document]) -> str | None:
    """The site's name as most pages give it."""
    return commonest(_site_name(document) for document in articles)


def _site_name(document: Document) -> str | None:
    """What og:site_name says, unless that is an address."""
    name = document.head.get("og:site_name")
    return None if name is None or "/" in name else name


def brand_of(articles: Sequence[Document], domain: str, reasons: dict[str, str]) -> tuple[str, ...]:
    """The names that the site gives itself: in og:site_name, behind titles, before datelines."""
    said: Counter[str] = Counter()
    for document in articles:
        said.update(filter(None, [_site_name(document)]))
        said.update(tail for tail in re.split(r"\s+[-–—|:]\s+", document.head.title)[1:] if _is_of(tail, domain))
        if (opening := _DATELINE.match(document.reading.dateline or document.reading.text)) is not None:
            said[opening[1]] += 1
    names = tuple(name for name, _ in said.most_common(4))
    if names:
        reasons["brand"] = "og:site_name, the ends of titles, the beginnings of datelines"
    return names


def _is_of(name: str, domain: str) -> bool:
    return key(re.sub(r"\W", "", name.partition(".")[0])) in key(domain) if name else False


def distrust_of(articles: Sequence[Document], reasons: dict[str, str]) -> frozenset[str]:
    """Metadata that say the same of every story, or name the site as the author."""
    fields = ("jsonld:datePublished", "jsonld:author", "meta:author", "meta:article:author")
    distrusted: list[str] = []
    for name in fields:
        kind, _, path = name.partition(":")
        said = [
            tuple(document.head.ld(path) if kind == "jsonld" else document.head.meta.get(path, ()))
            for document in articles
        ]
        given = [texts for texts in said if texts]
        if len(given) > 2 and len(set(given)) == 1 and len({document.reading.title for document in articles}) > 2:
            distrusted.append(name)
    if distrusted:
        reasons["distrust"] = f"the same on all {len(articles)} pages"
    return frozenset(distrusted)


def commonest(values: Iterable[str | None]) -> str | None:
    """The value that there is most often, None left out."""
    counted = Counter(value for value in values if value)
    return counted.most_common(1)[0][0] if counted else None
