"""What a page must give where nobody has an earlier capture of it: from its metadata, its places and its own look.

In order of trust: what the layout's own selectors still give; what stands where earlier pages had it, if that agrees
with the metadata; the metadata; and what looks the part, a line with a name that has been an author's before, say.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from msgspec.structs import replace

from archiver.article import Article
from archiver.extraction import bylines, dates, extract, fields
from archiver.extraction.dom import Node, ancestors
from archiver.healing.body import lines_of
from archiver.healing.facts import FACTS, by_layout, value
from archiver.healing.lookup import Lookup
from archiver.healing.memory import Memory
from archiver.healing.samples import Sample
from archiver.outlet import Layout, Outlet

_SAME: Final = 0.6
"""Share of the lines found without a layout that must stand at the old place to be believed there."""

_SHORT: Final = 90
"""Characters of a byline or a date line."""

_WITH_IMAGES: Final = frozenset({"caption", "credit", "image"})


def expected(sample: Sample, lookup: Lookup, base: Layout, memory: Memory, outlet: Outlet) -> tuple[Article, bool]:
    """The article that the page must give, as far as that can be known, and whether its text is all of the story.

    `base` is the layout that read its like.
    """
    article = sample.article
    placed = read_by_place(sample, base, memory, outlet)
    known: dict[str, Any] = {}
    told = article.layout != base.name and placed is not None
    if told and placed is not None:
        known.update(text=placed.text, blocks=placed.blocks, images=placed.images, dateline=placed.dateline)
    for name, fact in FACTS.items():
        if name in _WITH_IMAGES or by_layout(article, fact, base) or not fact.selectors(base):
            continue
        there = value(placed, name) if placed is not None else None
        found = there or value(article, name) or _looks_like(name, lookup, article, memory, outlet)
        if found and (memory.is_usual(base.name, name) or name == "title"):
            known[name] = found
    declared = _declared_title(sample, outlet)
    if declared and article.title and fields.strip_suffix(article.title, ()) not in declared:
        known["title"] = declared
    return replace(article, **known), told


def read_by_place(sample: Sample, base: Layout, memory: Memory, outlet: Outlet) -> Article | None:
    """What stands at the places of earlier pages; None where that is another text than the page's story."""
    layout = memory.places.get(base.name)
    if layout is None:
        return None
    placed = extract(sample.capture, dataclasses.replace(outlet, layouts=(layout,)))
    if placed.outcome != "saved" or placed.method != "layout":
        return None
    lines = lines_of(sample.article)
    same = sum(line in placed.text for line in lines)
    declared = _declared_title(sample, outlet)
    titled = placed.title is None or not declared or fields.strip_suffix(placed.title, ()) in declared
    dated = placed.published is None or _is_before(placed.published, sample)
    return placed if titled and dated and same >= _SAME * len(lines) else None


def _declared_title(sample: Sample, outlet: Outlet) -> str | None:
    """The headline as the page's metadata, and a heading that agrees with them, have it."""
    found = fields.find_title(sample.page, sample.head, None, outlet)
    return found.text if found is not None and found.evidence != "css:h1" else None


def _is_before(iso: str, sample: Sample) -> bool:
    return sample.capture.date is None or iso[:10] <= sample.capture.date.date().isoformat()


def _looks_like(name: str, lookup: Lookup, article: Article, memory: Memory, outlet: Outlet) -> Any:
    """A value of the fact by its looks, that of the element nearest to the title; None where nothing looks so."""
    look = _LOOKS.get(name)
    if look is None:
        return None
    title = next(iter(lookup.where(lambda text: text == article.title)), None)
    start = lookup.order(title) if title is not None else 0
    found = [
        (abs(lookup.order(node) - start), given)
        for node in lookup.where(lambda text: len(text) <= _SHORT)
        if (given := look(lookup.text(node), memory, outlet)) and (FACTS[name].linked or not _is_linked(node))
    ]
    return min(found, key=lambda item: item[0])[1] if found else None


def _authors(text: str, memory: Memory, outlet: Outlet) -> Any:
    found = bylines.parse(text, brands=(*outlet.brand, outlet.title)).authors
    return found if memory.authors.issuperset(found) else None


def _editors(text: str, memory: Memory, outlet: Outlet) -> Any:
    parsed = bylines.parse(text, brands=(*outlet.brand, outlet.title))
    found = parsed.editors or parsed.authors
    return found if memory.editors.issuperset(found) else None


def _section(text: str, memory: Memory, _outlet: Outlet) -> Any:
    return text if text in memory.sections else None


def _published(text: str, _memory: Memory, outlet: Outlet) -> Any:
    moment = dates.parse(text) if dates.is_date(text) else None
    return moment.iso(outlet.zone) if moment is not None else None


_LOOKS: Final[Mapping[str, Callable[[str, Memory, Outlet], Any]]] = MappingProxyType(
    {"authors": _authors, "editors": _editors, "section": _section, "published": _published}
)
"""By fact: the value that a text looks like, if it does."""


def _is_linked(node: Node) -> bool:
    return node.tag == "a" or any(holder.tag == "a" for holder in ancestors(node))
