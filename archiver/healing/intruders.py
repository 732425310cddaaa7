"""Junk that came into the story's container: which elements it is, what kind of junk, and a drop rule for each.

A line of the body is an intruder where what the page must give lacks it. With an earlier capture of the story that is
plain. Without one it is a line that stands in several stories, or was junk before, or is one of a list of links in an
element that no earlier page had. The largest element that holds intruders alone is what a rule drops.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from archiver.article import Article, RemovalKind
from archiver.extraction import dom
from archiver.extraction.dom import Node
from archiver.healing.cases import Case
from archiver.healing.kinds import Box, is_list, kind_of
from archiver.healing.memory import Memory
from archiver.healing.selectors import Candidate, simple


@dataclass(frozen=True, slots=True)
class Intruder:
    """A drop rule: what it selects, as which kind, on how many of the pages, and how the kind is known."""

    query: str
    kind: RemovalKind
    right: int
    of: int
    because: str


@dataclass(frozen=True, slots=True)
class _Sorted:
    """A page's lines: boxes of intruders, intruders that share an element with the story, and the story's own."""

    case: Case
    boxes: tuple[Box, ...]
    nameless: tuple[str, ...]
    story: tuple[str, ...]


def find_intruders(
    read: Sequence[tuple[Case, Article]], memory: Memory, known: Collection[str] = ()
) -> tuple[list[Intruder], list[str]]:
    """Rules for the junk in these pages as a layout reads them now, and the lines for which no rule was found."""
    pages = [_sort(case, article, memory) for case, article in read]
    places = {_place(box): box for page in pages for box in page.boxes}
    nameless = [line for page in pages for line in page.nameless]
    rules: list[Intruder] = []
    done: set[tuple[str, int]] = set()
    for place, box in places.items():
        if place in done:
            continue
        found = _rule(box, pages, places.keys(), known)
        if found is None:
            nameless += box.lines
            continue
        query, hit = found
        done |= hit
        kind, because = kind_of([places[each] for each in sorted(hit)], memory.junk)
        rules.append(Intruder(query, kind, len({url for url, _ in hit}), len(read), because))
    return rules, list(dict.fromkeys(nameless))


def _sort(case: Case, article: Article, memory: Memory) -> _Sorted:
    wanted = dom.fold(case.truth.text)
    strange: dict[int, tuple[Node, list[str]]] = {}
    story: list[str] = []
    holders: set[int] = set()
    for block in article.blocks:
        node = dom.resolve(case.sample.page, block.where.path)
        if node is None:
            continue
        listed = not case.earlier and _is_new_list(node, memory)
        for line in map(dom.fold, block.items or block.text.split("\n")):
            is_junk = line in memory.repeated or line in memory.junk or listed
            if (case.told and line not in wanted) or (is_junk and not case.earlier):
                strange.setdefault(node.mem_id, (node, []))[1].append(line)
            else:
                story.append(line)
                holders.update(holder.mem_id for holder in (node, *dom.ancestors(node)))
    if not story:
        return _Sorted(case, (), (), ())
    boxes: dict[int, Box] = {}
    nameless: list[str] = []
    for node, lines in strange.values():
        if node.mem_id in holders:
            nameless += lines
            continue
        top = node
        while top.parent is not None and top.parent.mem_id not in holders:
            top = top.parent
        before = boxes[top.mem_id].lines if top.mem_id in boxes else ()
        boxes[top.mem_id] = Box(case, top, (*before, *lines))
    return _Sorted(case, tuple(boxes.values()), tuple(nameless), tuple(story))


def _is_new_list(node: Node, memory: Memory) -> bool:
    """Whether the element stands in a list of links whose name no earlier page had."""
    for holder in (node, *dom.ancestors(node)):
        names = f"{holder.attributes.get('class') or ''} {holder.attributes.get('id') or ''}".split()
        if names:
            return is_list(holder) and memory.names.isdisjoint(names)
    return False


def _place(box: Box) -> tuple[str, int]:
    return box.case.sample.url, box.node.mem_id


def _rule(
    box: Box, pages: Sequence[_Sorted], places: Collection[tuple[str, int]], known: Collection[str]
) -> tuple[str, set[tuple[str, int]]] | None:
    """The selector that drops this box and as many others as can be, and which those are; never a line of a story."""
    best: tuple[tuple[int, float, str], str, set[tuple[str, int]]] | None = None
    for query, cost in _names(box.node, known):
        hit: set[tuple[str, int]] = set()
        for page in pages:
            matched = page.case.sample.page.all(query)
            if any(line in page.case.lookup.text(node) for node in matched for line in page.story):
                break
            hit |= {(page.case.sample.url, node.mem_id) for node in matched}
        else:
            hit &= set(places)
            rank = (-len(hit), cost, query)
            if hit and (best is None or rank < best[0]):
                best = rank, query, hit
    return None if best is None else (best[1], best[2])


def _names(node: Node, known: Collection[str]) -> Iterator[Candidate]:
    """Selectors of a box: its own names, else one of an element in it."""
    yield from simple(node, known)
    inner = node.css_first("[class], [id]")
    if inner is not None and inner.mem_id != node.mem_id:
        yield from (Candidate(f"{node.tag}:has({query})", cost + 2) for query, cost in list(simple(inner, known))[:1])
