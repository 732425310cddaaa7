"""Where an outlet's earlier pages had things: the same layout, told by places in the tree and not by names.

A redesign that only renames leaves everything where it was. So the elements that the old selectors found on earlier
pages are looked up at the same places, and what they hold is what the page must give, if nothing contradicts it.
Places are for finding what to look for; no proposal is made of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from archiver.extraction.dom import Node, Page, ancestors, index
from archiver.extraction.layouts import outermost
from archiver.healing.facts import FACTS
from archiver.outlet import Css, Layout, Selector

Step = tuple[str, int]
"""A tag, and the how manieth of its tag the element is; 0 for any."""

_DEEPEST: Final = 40


def by_place(layout: Layout, pages: Sequence[Page]) -> Layout | None:
    """The layout with places in the tree for selectors, learnt from these pages; None where the body has no place."""
    body = _place([outermost(page.all(layout.body)) for page in pages])
    if body is None:
        return None
    values: dict[str, Any] = {"body": body, "when": None, "area": None, "since": None, "until": None, "pager": None}
    for name, fact in FACTS.items():
        found = [_placed(selector, pages, many=fact.many) for selector in fact.selectors(layout)]
        known = tuple(selector for selector in found if selector is not None)
        values[name] = (known[0] if known else None) if fact.plain else known
    return replace(layout, **values)


def _placed(selector: Selector, pages: Sequence[Page], *, many: bool) -> Selector | None:
    css = Css(selector) if isinstance(selector, str) else selector
    if not isinstance(css, Css):
        return selector
    found = [page.all(css.query) for page in pages]
    place = _place([nodes if many else nodes[:1] for nodes in found])
    if place is None:
        return None
    return replace(css, query=place) if isinstance(selector, Css) else place


def _place(found: Sequence[Sequence[Node]]) -> str | None:
    """The place that these elements have on most pages, as a selector; those of one page are told together."""
    places = Counter(place for nodes in found if nodes and (place := _common([_steps(node) for node in nodes])))
    if not places:
        return None
    return max(places.items(), key=lambda item: (item[1], item[0]))[0]


def _steps(node: Node) -> list[Step]:
    chain = [node, *ancestors(node)]
    return [(each.tag or "*", index(each)) for each in reversed(chain) if each.is_element_node and each.tag != "html"]


def _common(paths: Sequence[Sequence[Step]]) -> str | None:
    """One selector for places that differ in their numbers alone."""
    first = paths[0]
    if len(first) > _DEEPEST or any([tag for tag, _ in path] != [tag for tag, _ in first] for path in paths):
        return None
    steps = [step if all(path[level] == step for path in paths) else (step[0], 0) for level, step in enumerate(first)]
    return " > ".join(_css(step) for step in steps)


def _css(step: Step) -> str:
    tag, number = step
    return f"{tag}:nth-of-type({number})" if number and tag != "body" else tag
