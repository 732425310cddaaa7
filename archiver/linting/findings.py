"""What may be wrong with an outlet file, rule by rule: each finding says where, what, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from archiver.extraction.dom import Node, ancestors, fold, visible_text
from archiver.extraction.layouts import fitting, outermost
from archiver.linting.pages import TriedPage
from archiver.linting.selectors import Use, fault, uses
from archiver.outlet import Layout, Outlet

Rule: TypeAlias = Literal["invalid", "dead", "broad", "address", "untested", "source", "host", "name"]
"""`invalid` no CSS; `dead` matches nothing in any fixture; `broad` takes what it should not; `address` the pattern of
article addresses matches an index, or misses an article; `untested` a layout that no fixture's page has; `source` none
is declared; `host` another outlet has it too; `name` two layouts have it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that may be wrong. `key` names it for good, in `fixtures/OUTLET/check.toml` too."""

    rule: Rule
    place: str
    words: str

    @property
    def key(self) -> str:
        """Rule and place."""
        return f"{self.rule} {self.place}"


def find(outlet: Outlet, pages: Iterable[TriedPage], others: Iterable[Outlet] = ()) -> list[Finding]:
    """All findings, those of the outlet first, then layout by layout. `others` are the outlets beside it.

    With a selector that is no CSS no page can be read, so that nothing else is looked for and `pages` are not asked.
    """
    if invalid := list(_invalid(outlet)):
        return invalid
    tried = list(pages)
    found = [*_of_outlet(outlet, others), *_addresses(outlet, tried)]
    for layout in outlet.layouts:
        found += _of_layout(outlet, layout, tried)
    return [*found, *_dead(outlet, tried)]


def _invalid(outlet: Outlet) -> Iterator[Finding]:
    for layout in outlet.layouts:
        for use in uses(layout):
            if (why := fault(use.query)) is not None:
                yield Finding("invalid", _place(use), f"is no CSS: {why}")


def _of_outlet(outlet: Outlet, others: Iterable[Outlet]) -> Iterator[Finding]:
    if not outlet.sources:
        yield Finding("source", "none", "no sitemap, feed or index is declared: it can be replayed, not crawled")
    for other in others:
        for domain in outlet.domains:
            if other.name != outlet.name and other.owns(f"https://{domain}/"):
                yield Finding("host", domain, f"belongs to the outlet {other.name} too: pages go to one of the two")
    names = [layout.name for layout in outlet.layouts]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Finding("name", name, "two layouts have this name: articles do not tell which of them read them")


def _addresses(outlet: Outlet, pages: Sequence[TriedPage]) -> Iterator[Finding]:
    for source in outlet.sources:
        if outlet.wants(source.url):
            yield Finding("address", source.url, "is a source, and article_url takes it for an article")
    for tried in pages:
        url = tried.capture.url
        if tried.is_article and tried.article.outcome == "not_article":
            why = tried.article.evidence.get("outcome", "")
            yield Finding("address", url, f"is no article ({why}), and article_url takes it for one")
        elif not tried.is_article and tried.article.outcome == "saved" and tried.article.method == "layout":
            words = f"is an article by the layout {tried.article.layout}, and article_url misses it"
            yield Finding("address", url, words)


def _of_layout(outlet: Outlet, layout: Layout, pages: Sequence[TriedPage]) -> Iterator[Finding]:
    read = [tried for tried in pages if tried.article.layout == layout.name]
    if not read:
        yield Finding("untested", layout.name, _why_unread(layout, pages))
        return
    for use in uses(layout):
        if use.is_drop:
            yield from _too_much(use, layout, read)
    yield from _fits_an_index(outlet, layout, pages)


def _dead(outlet: Outlet, pages: Sequence[TriedPage]) -> Iterator[Finding]:
    """Selectors of layouts that a fixture shows, which match nothing in any of them; one that several share once."""
    shown = {tried.article.layout for tried in pages}
    articles = [tried for tried in pages if tried.is_article]
    layouts: dict[tuple[str, str], list[str]] = {}
    for layout in outlet.layouts:
        for use in uses(layout):
            if layout.name in shown:
                layouts.setdefault((use.key, use.query), []).append(layout.name)
    for (key, query), names in layouts.items():
        if not any(tried.page.first(query) is not None for tried in articles):
            yield Finding("dead", f"{key} {query}", f"matches nothing in any fixture; stands in {', '.join(names)}")


def _place(use: Use) -> str:
    return f"{use.layout} {use.key} {use.query}"


def _why_unread(layout: Layout, pages: Sequence[TriedPage]) -> str:
    """Whether its body is nowhere, or another layout is always first."""
    fits = [tried for tried in pages if tried.is_article and tried.page.first(layout.body) is not None]
    first = sorted({tried.article.layout or "the fallback" for tried in fits})
    if first:
        return f"no fixture's page is read by it: where its body is found, {', '.join(first)} reads the page"
    return "no fixture has a page of it: kliping fixture add makes one of a capture"


def _too_much(use: Use, layout: Layout, read: Sequence[TriedPage]) -> Iterator[Finding]:
    """A drop rule that hits what holds the body, or a line that a reader expects in it."""
    for tried in read:
        bodies = outermost(tried.page.all(layout.body))
        holders = {holder.mem_id for body in bodies for holder in (body, *ancestors(body))}
        for node in tried.page.all(use.query):
            if node.mem_id in holders:
                words = f"matches what holds the body in {tried.fixture}, so that it removes nothing there"
            elif (line := _kept(node, tried)) is not None:
                words = f"removes a line that {tried.fixture} keeps: {line[:60]!r}"
            else:
                continue
            yield Finding("broad", _place(use), words)
            return


def _kept(node: Node, tried: TriedPage) -> str | None:
    """A line of the expected body that stands in the element."""
    lines = {fold(line) for line in visible_text(node).split("\n")}
    return next((line for line in sorted(tried.body) if fold(line) in lines), None)


def _fits_an_index(outlet: Outlet, layout: Layout, pages: Sequence[TriedPage]) -> Iterator[Finding]:
    """A layout whose selectors also fit a page that is no article's: the outlet's index, say."""
    sources = {source.url for source in outlet.sources}
    for tried in pages:
        url = tried.capture.url
        if tried.is_article or (url not in sources and urlsplit(url).path.strip("/")):
            continue
        if any(choice.layout == layout for choice in fitting(outlet, tried.capture, tried.page)):
            yield Finding("broad", f"{layout.name} body {layout.body}", f"fits {url}, which is no article")
