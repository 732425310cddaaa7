"""One pass over an article's area, in reading order: every visible word ends in exactly one line.

A line knows what it is part of: the body, a field (title, byline, caption …), a dropped element, or the rest of the
area. What becomes of a line of the body is decided later (`archiver.extraction.blocks`); nothing is lost here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from msgspec import Struct

from archiver.extraction import dates, dom
from archiver.extraction.dom import Node

Role: TypeAlias = Literal["body", "field", "drop", "outside"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What an element was recognised as, and by which rule."""

    role: Role
    kind: str
    rule: str


@dataclass(slots=True)
class Anchor:
    """A link as it was met: its address as written, its text, and the date printed beside it."""

    href: str
    parts: list[str]
    date: str | None = None

    @property
    def title(self) -> str:
        """Text of the link on one line."""
        return dom.fold("".join(self.parts))


@dataclass(slots=True)
class Line:
    """One stretch of visible text. `linked` and `bold` are shares of its characters, 0 to 1.

    `kind` is a block kind in the body (`item`, `row` and `cell` are joined later, by `group`), else the kind of the
    mark. `rule` is the mark's; None in the body.
    """

    role: Role
    kind: str
    text: str
    path: str
    rule: str | None = None
    level: int | None = None
    group: int = 0
    linked: float = 0.0
    bold: float = 0.0
    links: list[Anchor] = field(default_factory=list)


class _Context(Struct, frozen=True):
    """What the text below an element is part of."""

    role: Role
    kind: str
    path: str
    rule: str | None = None
    level: int | None = None
    group: int = 0
    merged: bool = False
    """Whether all text below makes one line (with line breaks), as for fields and dropped elements."""


_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BOLD = frozenset({"b", "strong"})
_WIDGETS: Mapping[str, str] = {
    "nav": "nav",
    "button": "other",
    "select": "other",
    "textarea": "other",
    "form": "other",
    "aside": "other",
    "iframe": "media_widget",
    "amp-iframe": "media_widget",
    "amp-ad": "ad",
}
"""Elements that are never running text, with the kind their text is removed as."""

CELL_BAR = " | "
"""What stands between two cells of a row in a line's text."""

_LONGEST_DATE = 48

_EMBEDS = ("twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "fb-post", "fb-video")


@dataclass(slots=True)
class _Run:
    """The inline text of the line that is being gathered; sizes in characters, white space left out."""

    parts: list[str] = field(default_factory=list)
    size: int = 0
    linked: int = 0
    bold: int = 0
    links: list[Anchor] = field(default_factory=list)
    date: str | None = None


class Walker:
    """Holds the lines and the run of inline text that is being gathered."""

    def __init__(self, marks: Mapping[int, Mark], spine: frozenset[int], hidden: frozenset[int]) -> None:
        self.lines: list[Line] = []
        self._marks = marks
        self._spine = spine
        self._hidden = hidden
        self._groups = 0
        self._run = _Run()

    def walk(self, area: Node) -> list[Line]:
        """Every visible word below `area`, as lines in reading order."""
        mark = self._marks.get(area.mem_id)
        context = _Context("outside", "other", dom.path(area), "outside-body")
        if mark is not None and mark.role == "body":
            context = _Context("body", "paragraph", context.path)
        self._children(area, context.path, context, None, bold=False, depth=0)
        self._flush(context)
        return self.lines

    def _children(
        self, node: Node, path: str, context: _Context, link: Anchor | None, *, bold: bool, depth: int
    ) -> None:
        seen: dict[str, int] = {}
        child = node.first_child
        while child is not None:
            tag = child.tag or "*"
            if tag == dom.TEXT:
                text = child.text_content or ""
                if text.isspace():
                    self._run.parts.append(" ")
                else:
                    self._text(text, context, link, bold=bold)
            elif tag not in dom.INVISIBLE:
                seen[tag] = index = seen.get(tag, 0) + 1
                self._element(child, tag, f"{path}/{tag}[{index}]", context, link, bold=bold, depth=depth + 1)
            child = child.next

    def _element(
        self, node: Node, tag: str, path: str, context: _Context, link: Anchor | None, *, bold: bool, depth: int
    ) -> None:
        key = node.mem_id
        if key in self._hidden:
            return
        if tag == "br":
            self._break(context)
            return
        mark = self._marks.get(key)
        if mark is not None and (context.role != "drop" or mark.role == "field"):
            merged = mark.role in ("field", "drop")
            self._apart(node, tag, context, _Context(mark.role, mark.kind, path, mark.rule, merged=merged), link)
            return
        if context.role == "outside" and key not in self._spine:
            self._apart(node, tag, context, _Context("drop", "other", path, "outside-body", merged=True), link)
            return
        if context.merged and key not in self._spine:
            self._swallow(node, tag, context, link, depth)
            return
        if tag in dom.INLINE:
            anchor = Anchor(node.attributes.get("href") or "", []) if tag == "a" else link
            self._children(node, path, context, anchor, bold=bold or tag in _BOLD, depth=depth)
            return
        if depth > dom.MAX_DEPTH:
            self._text(dom.fold(node.text(separator=" ")), context, link, bold=bold)
            return
        inner = self._inner(node, tag, path, context) if context.role == "body" else context
        if inner is not None:
            self._break(context)
            self._children(node, path, inner, link, bold=bold, depth=depth)
            self._break(inner)

    def _swallow(self, node: Node, tag: str, context: _Context, link: Anchor | None, depth: int) -> None:
        """Take in an element of a merged context that holds nothing marked: the walk without what only marks need."""
        if tag == "br":
            self._run.parts.append("\n")
            return
        if tag == "a":
            link = Anchor(node.attributes.get("href") or "", [])
        ends = "" if tag in dom.INLINE else "\n"
        self._run.parts.append(ends)
        if depth > dom.MAX_DEPTH:
            self._text(node.text(separator=" "), context, link, bold=False)
            return
        child = node.first_child
        while child is not None:
            tag = child.tag or "*"
            if tag == dom.TEXT:
                text = child.text_content or ""
                if text.isspace():
                    self._run.parts.append(" ")
                else:
                    self._text(text, context, link, bold=False)
            elif tag not in dom.INVISIBLE and (not self._hidden or child.mem_id not in self._hidden):
                self._swallow(child, tag, context, link, depth + 1)
            child = child.next
        self._run.parts.append(ends)

    def _inner(self, node: Node, tag: str, path: str, context: _Context) -> _Context | None:
        """Context below a block-level element of the body; None where it was dealt with whole."""
        if tag in _HEADINGS:
            return _Context("body", "heading", path, None, _HEADINGS[tag])
        if tag in _GROUPS:
            return _Context("body", _GROUPS[tag](node), path, None, None, self._group())
        if tag == "tr" and context.kind == "row":
            self._row(node, context)
            return None
        if tag == "figcaption":
            self._apart(node, tag, context, _Context("field", "caption", path, "figcaption", merged=True), None)
            return None
        if tag in _WIDGETS:
            self._apart(node, tag, context, _Context("drop", _WIDGETS[tag], path, f"element {tag}", merged=True), None)
            return None
        return _Context("body", context.kind, path, None, context.level, context.group)

    def _group(self) -> int:
        self._groups += 1
        return self._groups

    def _apart(self, node: Node, tag: str, outer: _Context, inner: _Context, link: Anchor | None) -> None:
        """Walk an element as something of its own; a line that it interrupts inline goes on behind it."""
        if tag in dom.INLINE:
            run = self._run
            run.parts.append(" ")
            self._run = _Run()
            anchor = Anchor(node.attributes.get("href") or "", []) if tag == "a" else link
            self._children(node, inner.path, inner, anchor, bold=False, depth=0)
            self._flush(inner)
            self._run = run
        else:
            self._flush(outer)
            self._children(node, inner.path, inner, None, bold=False, depth=0)
            self._flush(inner)

    def _row(self, row: Node, context: _Context) -> None:
        """A row of a data table as one line, its cells apart by a bar."""
        self._flush(context)
        for cell in row.iter():
            if self._run.size:
                self._run.parts.append(CELL_BAR)
            self._children(cell, context.path, context, None, bold=False, depth=1)
        self._flush(context)

    def _text(self, text: str, context: _Context, link: Anchor | None, *, bold: bool) -> None:
        run = self._run
        run.parts.append(text.replace("\n", " ") if context.merged else text)
        size = len(text.strip())
        run.size += size
        if bold:
            run.bold += size
        if link is not None:
            link.parts.append(text)
            run.linked += size
            if not run.links or run.links[-1] is not link:
                run.links.append(link)
                link.date, run.date = run.date, None
        if size < _LONGEST_DATE and context.role == "drop" and dates.is_date(text.strip()):
            if run.links and run.links[-1].date is None:
                run.links[-1].date = text.strip()
            else:
                run.date = text.strip()

    def _break(self, context: _Context) -> None:
        """A new line begins: within a merged context a line break, within a row a blank, elsewhere a new line."""
        if context.merged:
            self._run.parts.append("\n")
        elif context.kind == "row":
            self._run.parts.append(" ")
        else:
            self._flush(context)

    def _flush(self, context: _Context) -> None:
        """End the line that stands in this context."""
        run = self._run
        if run.size:
            raw = "".join(run.parts)
            if context.merged:
                text = "\n".join(line for line in map(dom.fold, raw.split("\n")) if line)
            else:
                text = raw.strip("\n") if context.kind == "code" else dom.fold(raw)
            self.lines.append(
                Line(
                    role=context.role,
                    kind=context.kind,
                    text=text,
                    path=context.path,
                    rule=context.rule,
                    level=context.level,
                    group=context.group,
                    linked=run.linked / run.size,
                    bold=run.bold / run.size,
                    links=run.links,
                )
            )
        if run.parts:
            self._run = _Run()


def _is_data(table: Node) -> bool:
    """Whether a table holds data: at least two rows with two or more cells of text. Others only arrange a page."""
    full = 0
    for row in table.css("tr"):
        cells = sum(1 for cell in row.css("td, th") if cell.text(strip=True))
        full += cells >= 2
        if full >= 2:
            return True
    return False


def _is_embed(quote: Node) -> bool:
    classes = quote.attributes.get("class") or ""
    return any(name in classes for name in _EMBEDS)


_GROUPS: Mapping[str, Callable[[Node], str]] = {
    "ul": lambda _: "item",
    "ol": lambda _: "item",
    "dl": lambda _: "item",
    "blockquote": lambda node: "embed" if _is_embed(node) else "quote",
    "table": lambda node: "row" if _is_data(node) else "cell",
    "pre": lambda _: "code",
}
"""Elements whose lines belong together, with the kind of those lines."""
