"""What kind of junk an intruder is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, cast

from archiver.article import RemovalKind
from archiver.extraction import classnames, dom, junk
from archiver.extraction.dom import Node
from archiver.healing.cases import Case

LINKED: Final = 0.5
"""Share of an element's characters in links from which on it is a list of links."""


class Box(NamedTuple):
    """An element of a page that holds intruders alone, and their lines."""

    case: Case
    node: Node
    lines: tuple[str, ...]


def kind_of(boxes: Sequence[Box], junk_before: Mapping[str, RemovalKind]) -> tuple[RemovalKind, str]:
    """The kind of these boxes, which one rule drops, and how that is known."""
    lines = [line for box in boxes for line in box.lines]
    before = Counter(kind for line in lines if (kind := junk_before.get(line)))
    removals = [removal for box in boxes for removal in box.case.truth.removed]
    before.update(removal.kind for removal in removals if any(line in dom.fold(removal.text) for line in lines))
    if before:
        return before.most_common(1)[0][0], "it was removed before"
    attributes = boxes[0].node.attributes
    named = classnames.removal(f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip())
    if named is not None:
        return cast("RemovalKind", named.kind), f"its name says {named.words}"
    if is_list(boxes[0].node):
        return "related_list", "it is a list of links"
    verdicts = (verdict.kind for verdict in junk.judge(lines) if verdict is not None and verdict.action == "remove")
    judged = Counter(kind for kind in verdicts if kind != "other")
    if judged:
        return cast("RemovalKind", judged.most_common(1)[0][0]), "its words are known"
    if len(boxes) > 1 and len({" ".join(box.lines) for box in boxes}) == 1:
        return "promo", f"it says the same on {len(boxes)} pages"
    return "other", "the story had it not before"


def is_list(node: Node) -> bool:
    """Whether the element is a list of links: two at least, with most of its text in them."""
    links = node.css("a[href]")
    size = len(dom.fold(node.text()))
    return len(links) > 1 and sum(len(dom.fold(link.text())) for link in links) > LINKED * size
