"""An article's area: which element it is, what is known of the elements in it, and the lines a walk makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from archiver.extraction import dom, drops, junk, layouts
from archiver.extraction.dates import is_date
from archiver.extraction.dom import Node, Page
from archiver.extraction.fields import Found
from archiver.extraction.lines import Line, Mark
from archiver.extraction.metadata import Printed
from archiver.extraction.walk import Walker
from archiver.outlet import Layout

Marked = tuple[Node, Mark]


def find(page: Page, layout: Layout, title: Node | None, bodies: Sequence[Node]) -> Node:
    """The element whose visible text is accounted for: the layout's, else the smallest that holds title and body."""
    named = page.first(layout.area) if layout.area else None
    holder = layouts.smallest_common([*bodies, title] if title else [*bodies])
    return holder if named is None else layouts.smallest_common([named, holder])


def mark(
    page: Page, layout: Layout, area: Node, bodies: Sequence[Node], title: Found | None, printed: Printed
) -> Iterator[Marked]:
    """What is known of elements before the walk, the weaker marks first: drop rules, fields, the body."""
    yield from ((node, Mark("drop", "other", "display:none")) for node in page.all(_UNSEEN, area))
    yield from drops.find(page, layout.drop, area)
    for kind, found in (
        ("byline", printed.authors),
        ("editor", printed.editors),
        ("date", printed.published),
        ("date", printed.modified),
        ("section", printed.section),
        ("source", printed.source),
        ("tags", printed.tags),
        ("caption", printed.caption),
        ("credit", printed.credit),
        ("lead", printed.lead),
        ("title", [title] if title else []),
    ):
        yield from ((item.node, Mark("field", kind, item.evidence)) for item in found if item.node is not None)
    yield from ((node, Mark("body", "paragraph", layout.body)) for node in bodies)


_UNSEEN = "[style*='display:none'], [style*='display: none']"


def walk(page: Page, area: Node, marked: Iterable[Marked]) -> list[Line]:
    """The lines of the area. Of two marks on one element the later counts; what holds the body is never dropped."""
    marks: dict[int, Mark] = {}
    spine: set[int] = set()
    for node, known in marked:
        marks[node.mem_id] = known
        for holder in dom.ancestors(node):
            if known.role == "body":
                marks.pop(holder.mem_id, None)
            elif holder.mem_id in spine:
                break
            spine.add(holder.mem_id)
    hidden = frozenset(node.mem_id for node in page.all("[hidden]", area))
    return Walker(marks, frozenset(spine), hidden).walk(area)


_SHORT_LINE = 160
_FEW_LINES = 6


def recognise(lines: list[Line]) -> None:
    """Tell bylines, dates and captions among the unnamed lines around the body, by the rules for lines of text."""
    for index in range(len(lines) - 1, -1, -1):
        if lines[index].rule == OUTSIDE:
            lines[index : index + 1] = _parted(lines[index])
    story = max((line.text for line in lines if line.role == "body"), key=len, default="")
    for label, value in pairwise(lines):
        if label.rule == value.rule == OUTSIDE and value.text.startswith(":"):
            _name(label, value, story)
    last: Line | None = None
    before = True
    for line in lines:
        before = before and line.role != "body"
        if line.rule == OUTSIDE and len(line.text) <= _SHORT_LINE:
            verdict = junk.judge([line.text, story])[0] if before else junk.judge([story, line.text])[1]
            if verdict is not None and _is_fact(
                verdict, before=before, closes=last is not None and last.role == "body"
            ):
                line.role, line.kind, line.rule = "field", verdict.kind, verdict.rule
        last = line


def _parted(line: Line) -> list[Line]:
    """A few lines that one element holds, each on its own; of those with links a date in front alone."""
    first, *rest = line.text.split("\n")
    if not 0 < len(rest) < _FEW_LINES:
        return [line]
    if not line.links:
        return [Line("drop", line.kind, part, line.path, line.rule) for part in (first, *rest)]
    if not is_date(first):
        return [line]
    return [Line("drop", line.kind, first, line.path, line.rule), replace(line, text="\n".join(rest))]


def _name(label: Line, value: Line, story: str) -> None:
    """Two cells of a table, "Penulis" and ": Sari Melati", are a byline."""
    for line, verdict in zip((label, value), junk.judge([story, label.text, value.text])[1:], strict=True):
        if verdict is not None and verdict.action == "reroute":
            line.role, line.kind, line.rule = "field", verdict.kind, verdict.rule


def _is_fact(verdict: junk.Verdict, *, before: bool, closes: bool) -> bool:
    """Whether the line says something of this story: a sign-off only right behind the body, a date only before it."""
    if verdict.action != "reroute" or (verdict.kind == "date" and not before):
        return False
    return verdict.kind != "sign_off" or closes


OUTSIDE = "outside-body"
"""The rule of what stands in the area, outside the body, and was not recognised as anything."""
