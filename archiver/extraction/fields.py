"""Which elements of a page hold its title, byline, date and the other facts that are printed.

A field's elements are taken out of the running text (they are re-routed, not removed), and their texts are what
`archiver.extraction.metadata` reads first: what readers see is trusted before what only machines see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archiver.extraction.dom import Node, Page, ancestors, fold, visible_text
from archiver.extraction.head import Head
from archiver.outlet import Css, JsonLd, Layout, Meta, Outlet, Selector, Selectors


@dataclass(frozen=True, slots=True)
class Found:
    """A text that a selector gave: the element it stands in (None for metadata) and what is said as evidence."""

    text: str
    evidence: str
    node: Node | None = None


def read(
    selectors: Selectors, page: Page, head: Head, outlet: Outlet | None, within: Node | None = None
) -> list[Found]:
    """What the first selector that finds anything gives; a CSS selector may give several elements."""
    for selector in selectors:
        found = [item for item in _read_one(selector, page, head, outlet, within) if item.text]
        if found:
            return found
    return []


def first(selectors: Selectors, page: Page, head: Head, outlet: Outlet | None) -> list[Found]:
    """The same, but at most one text: a query for one element ends where it finds it."""
    for selector in selectors:
        css = _css(selector)
        if css is None:
            found = [item for item in _read_one(selector, page, head, outlet) if item.text][:1]
        else:
            node = page.first(css.query)
            found = [_found(css, node)] if node is not None else []
            if found and not found[0].text:
                found = [item for item in _read_one(css, page, head, outlet) if item.text][:1]
        if found:
            return found
    return []


def _css(selector: Selector) -> Css | None:
    return Css(selector) if isinstance(selector, str) else selector if isinstance(selector, Css) else None


def _read_one(
    selector: Selector, page: Page, head: Head, outlet: Outlet | None, within: Node | None = None
) -> Iterator[Found]:
    distrust = outlet.distrust if outlet else frozenset()
    match selector:
        case JsonLd(path):
            if f"jsonld:{path}" not in distrust:
                yield from (Found(text, f"jsonld:{path}") for text in head.ld(path))
        case Meta(name):
            if f"meta:{name}" not in distrust:
                yield from (Found(text, f"meta:{name}") for text in head.meta.get(name, ()))
        case _:
            css = Css(selector) if isinstance(selector, str) else selector
            yield from (_found(css, node) for node in page.all(css.query, within))


def _found(css: Css, node: Node) -> Found:
    if css.attr:
        return Found(fold(node.attributes.get(css.attr) or ""), f"css:{css.query}@{css.attr}", node)
    text = node.text(deep=False, separator=" ") if css.own else visible_text(node)
    return Found(fold(text), f"css:{css.query}", node)


def find_title(page: Page, head: Head, layout: Layout | None, outlet: Outlet | None) -> Found | None:
    """The headline: the layout's element, else the heading that the metadata repeat, else what the metadata say."""
    if layout is not None:
        given = first(layout.title, page, head, outlet)
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
        sites = _site_names(head, outlet)
        title = _strip_prefix(strip_suffix(best.text, sites), sites)
        shown = _spelt_out(page, title) if layout is not None else None
        return Found(title, best.evidence) if shown is None else Found(title, f"css:{shown.tag}", shown)
    return next((item for item in headings if item.node is not None and item.node.tag == "h1" and item.text), None)


def _spelt_out(page: Page, title: str) -> Node | None:
    """The first element that prints just the title without being a heading; a link leads elsewhere."""
    part = max(re.split(r'["\\\n]', title), key=len)
    if len(part) < _SHORTEST_TITLE:
        return None
    for node in page.all(f':is(div, p, span, strong, b, td):lexbor-contains("{part}")'):
        if fold(visible_text(node)) == title and not any(holder.tag in ("a", "head") for holder in ancestors(node)):
            return node
    return None


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


def _strip_prefix(title: str, sites: tuple[str, ...]) -> str:
    """The title without the site's name and a colon before it."""
    name, colon, rest = title.partition(": ")
    return rest if colon and name.casefold() in {site.casefold() for site in sites} else title


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
