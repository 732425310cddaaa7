"""Which of an outlet's layouts a capture has: its selectors decide, and the capture date where it is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archiver.capture import Capture
from archiver.extraction.dom import Node, Page, ancestors
from archiver.outlet import Layout, Outlet


@dataclass(frozen=True, slots=True)
class Choice:
    """A layout and the body elements that it found; most have one, some one a paragraph."""

    layout: Layout
    bodies: tuple[Node, ...]


def fitting(outlet: Outlet | None, capture: Capture, page: Page) -> Iterator[Choice]:
    """The layouts that fit, the likeliest first; none for an unknown layout, which the fallback then reads.

    A layout whose dates exclude the capture is tried last and only if it names a `when`: a page may come late in an
    old shell, but a mere container that happens to match proves nothing.
    """
    if outlet is None:
        return
    early = [layout for layout in outlet.layouts if _covers(layout, capture)]
    late = [layout for layout in outlet.layouts if layout not in early and layout.when is not None]
    for layout in (*early, *late):
        if layout.when not in (None, layout.body) and page.first(layout.when) is None:
            continue
        bodies = outermost(page.all(layout.body))
        if bodies:
            yield Choice(layout, bodies)


def _covers(layout: Layout, capture: Capture) -> bool:
    if capture.date is None:
        return True
    day = capture.date.date()
    return (layout.since is None or layout.since <= day) and (layout.until is None or day < layout.until)


def hints(outlet: Outlet) -> Layout:
    """What all layouts of an outlet together know of where titles, bylines and dates stand: for a page that fits none.

    An outlet changes the container of its text more often than the frame around it.
    """
    known = outlet.layouts
    return Layout(
        name="unknown",
        body="body",
        title=tuple(selector for layout in known for selector in layout.title),
        authors=tuple(selector for layout in known for selector in layout.authors),
        editors=tuple(selector for layout in known for selector in layout.editors),
        published=tuple(selector for layout in known for selector in layout.published),
        modified=tuple(selector for layout in known for selector in layout.modified),
        section=tuple(selector for layout in known for selector in layout.section),
    )


def outermost(nodes: list[Node]) -> tuple[Node, ...]:
    """The nodes that lie in none of the others, in document order."""
    if len(nodes) <= 1:
        return tuple(nodes)
    keys = {node.mem_id for node in nodes}
    return tuple(node for node in nodes if not any(item.mem_id in keys for item in ancestors(node)))


def smallest_common(nodes: list[Node]) -> Node:
    """The deepest element that holds all the nodes; a single node is its own."""
    common = nodes[0]
    for node in nodes[1:]:
        holders = {node.mem_id, *(item.mem_id for item in ancestors(node))}
        while common.mem_id not in holders and common.parent is not None:
            common = common.parent
    return common
