"""Which elements of a page hold its title, byline, date and the other facts that are printed.

A field's elements are taken out of the running text (they are re-routed, not removed), and their texts are what
`archiver.extraction.metadata` reads first: what readers see is trusted before what only machines see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.extraction.dom import Node, Page, fold, visible_text
from archiver.extraction.head import Head
from archiver.outlet import Css, JsonLd, Layout, Meta, Outlet, Selector, Selectors


@dataclass(frozen=True, slots=True)
class Found:
    """A text that a selector gave: the element it stands in (None for metadata) and what is said as evidence."""

    text: str
    evidence: str
    node: Node | None = None


def read(selectors: Selectors, page: Page, head: Head, outlet: Outlet | None) -> list[Found]:
    """What the first selector that finds anything gives; a CSS selector may give several elements."""
    for selector in selectors:
        found = [item for item in _read_one(selector, page, head, outlet) if item.text]
        if found:
            return found
    return []


def _read_one(selector: Selector, page: Page, head: Head, outlet: Outlet | None) -> Iterator[Found]:
    distrust = outlet.distrust if outlet else frozenset()
    match selector:
        case JsonLd(path):
            if f"jsonld:{path}" not in distrust:
                yield from (Found(text, f"jsonld:{path}") for text in head.ld(path))
        case Meta(name):
            if f"meta:{name}" not in distrust:
                yield from (Found(text, f"meta:{name}") for text in head.meta.get(name, ()))
        case str(query):
            yield from (Found(fold(visible_text(node)), f"css:{query}", node) for node in page.all(query))
        case Css(query, attr, own):
            for node in page.all(query):
                if attr:
                    yield Found(fold(node.attributes.get(attr) or ""), f"css:{query}@{attr}", node)
                else:
                    text = node.text(deep=False, separator=" ") if own else visible_text(node)
                    yield Found(fold(text), f"css:{query}", node)


def find_title(page: Page, head: Head, layout: Layout | None, outlet: Outlet | None) -> Found | None:
    """The headline: the layout's element, else the heading that the metadata repeat, else what the metadata say."""
    if layout is not None:
        given = read(layout.title, page, head, outlet)
        if given:
            return given[0]
    declared = [Found(text, name) for name, text in _declared_titles(head) if text]
    wanted = [_key(item.text) for item in declared]
    headings = [Found(fold(visible_text(node)), f"css:{node.tag}", node) for node in page.all("h1, h2")]
    for heading in headings:
        key = _key(heading.text)
        if len(key) >= _SHORTEST_TITLE and any(key in text for text in wanted):
            return heading
    if declared:
        best = declared[0]
        return Found(strip_suffix(best.text, _site_names(head, outlet)), best.evidence)
    return next((item for item in headings if item.node is not None and item.node.tag == "h1" and item.text), None)


_SHORTEST_TITLE = 12


def _declared_titles(head: Head) -> Iterator[tuple[str, str]]:
    yield "jsonld:headline", next(iter(head.ld("headline")), "")
    yield "meta:og:title", head.get("og:title") or ""
    yield "meta:twitter:title", head.get("twitter:title") or ""
    yield "css:title", head.title


def _site_names(head: Head, outlet: Outlet | None) -> tuple[str, ...]:
    names = [head.get("og:site_name") or "", head.get("application-name") or ""]
    if outlet is not None:
        names += [outlet.title, *outlet.brand]
    return tuple(name for name in names if name)


_PAGE_SUFFIX = re.compile(r"\s+[-–|:]\s+(?:halaman|page|hal)\.?\s+(?:\d+|all|semua)\b.*$", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+[-–—|:•·»]\s+")


def strip_suffix(title: str, sites: tuple[str, ...]) -> str:
    """The title without "- Halaman 2" and without the site's name behind its last separator.

    >>> strip_suffix("Harga Cabai Turun - PAGE 2 : Okezone Economy", ("Okezone",))
    'Harga Cabai Turun'
    """
    title = _PAGE_SUFFIX.sub("", title)
    separators = list(_SEPARATOR.finditer(title))
    for separator in reversed(separators):
        tail = title[separator.end() :].casefold()
        if any(site.casefold() in tail or tail in site.casefold() for site in sites if tail):
            title = title[: separator.start()]
        else:
            break
    return title


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
