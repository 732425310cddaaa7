"""What a page says of itself for machines: meta elements, JSON-LD, links, its title and language."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from archiver.extraction.dom import Page, fold

ARTICLE_TYPES = frozenset(
    {
        "NewsArticle",
        "Article",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "LiveBlogPosting",
        "BlogPosting",
    }
)
"""schema.org types that stand for the story itself: https://schema.org/Article and its subtypes."""


@dataclass(frozen=True, slots=True)
class Head:
    """Metadata as declared; nothing in it is believed yet.

    `meta` maps lower-case names and properties to their contents in order; `article` is the story's JSON-LD
    object, empty where there is none; `base` is the address that relative links are joined to.
    """

    base: str
    title: str = ""
    canonical: str | None = None
    language: str | None = None
    meta: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    article: Mapping[str, Any] = field(default_factory=dict)
    pages: tuple[str, ...] = ()
    """Links to the next and the previous page, as written."""

    def get(self, name: str) -> str | None:
        """First content of that meta name or property that is not blank."""
        return next((value for value in self.meta.get(name.lower(), ()) if value), None)

    def ld(self, path: str) -> list[str]:
        """Texts at a dotted path in the article's JSON-LD; lists are walked through."""
        return [text for value in _follow(self.article, path.split(".")) if (text := _text(value))]

    def absolute(self, href: str | None) -> str | None:
        """The link as an absolute http(s) address; None where it is not one."""
        return _absolute(self.base, href)


_DECLARATIONS = (
    "meta, title, base, link[rel=canonical], link[rel=next], link[rel=prev], script[type='application/ld+json']"
)


def read_head(page: Page, url: str) -> Head:
    """Collect the metadata of a page; malformed parts are skipped."""
    meta: dict[str, list[str]] = {}
    links: dict[str, str] = {}
    base = None
    title = ""
    blocks: list[str] = []
    for node in page.all(_DECLARATIONS):
        attributes = node.attributes
        match node.tag:
            case "meta":
                name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
                if name:
                    meta.setdefault(name.lower(), []).append(fold(attributes.get("content") or ""))
            case "title":
                title = title or fold(node.text())
            case "base":
                base = base or attributes.get("href")
            case "link":
                for rel in (attributes.get("rel") or "").lower().split():
                    links.setdefault(rel, attributes.get("href") or "")
            case _:
                blocks.append(node.text())
    base = _joined(url, base)
    return Head(
        base=base,
        title=title,
        canonical=_absolute(base, links.get("canonical")),
        language=(page.root.attributes.get("lang") or "").split("-")[0].lower() or None,
        meta={name: tuple(values) for name, values in meta.items()},
        article=_article(blocks),
        pages=tuple(links[rel] for rel in ("next", "prev") if links.get(rel)),
    )


def _absolute(base: str, href: str | None) -> str | None:
    if not href:
        return None
    href = href.strip()
    if href.startswith(("https://", "http://")):
        return href
    try:
        url = urljoin(base, href)
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) else None


def _joined(url: str, base: str | None) -> str:
    try:
        return urljoin(url, base) if base else url
    except ValueError:
        return url


def _article(blocks: list[str]) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for block in blocks:
        try:
            data = json.loads(block, strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(data):
            kinds = item.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and name in ARTICLE_TYPES for name in names):
                for key, value in item.items():
                    found.setdefault(key, value)
    return found


def _objects(data: object) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD document: itself, its items, its graph."""
    if isinstance(data, list):
        for item in data:
            yield from _objects(item)
    elif isinstance(data, dict):
        yield data
        yield from _objects(data.get("@graph") or [])
        main = data.get("mainEntity")
        if isinstance(main, dict):
            yield main


def _follow(value: object, steps: list[str]) -> Iterator[object]:
    if isinstance(value, list):
        for item in value:
            yield from _follow(item, steps)
    elif not steps:
        yield value
    elif isinstance(value, Mapping):
        yield from _follow(value.get(steps[0]), steps[1:])


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("@value") or value.get("url")
    if isinstance(value, bool):
        return "true" if value else "false"
    return fold(value) if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""
