"""One pass over an article's area, in reading order: every visible word ends in exactly one line.

A line knows what it is part of: the body, a field (title, byline, caption …), a dropped element, or the rest of the
area. What becomes of a line of the body is decided later (`archiver.extraction.blocks`); nothing is lost here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from archiver.extraction import dates, dom
from archiver.extraction.dom import Node
from archiver.extraction.lines import Anchor, Line, Mark, Role, Run
from archiver.extraction.swallow import LONGEST_DATE, swallow


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

_EMBEDS = ("twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "fb-post", "fb-video")


class Walker:
    """Holds the lines and the run of inline text that is being gathered."""

    def __init__(self, marks: Mapping[int, Mark], spine: frozenset[int], hidden: frozenset[int]) -> None:
        self.lines: list[Line] = []
        self._marks = marks
        self._spine = spine
        self._hidden = hidden
        self._groups = 0
        self._run = Run()

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
            elif tag in dom.INLINE:
                self._inline(child, tag, path, context, link, bold=bold, depth=depth + 1)
            elif tag not in dom.INVISIBLE:
                seen[tag] = index = seen.get(tag, 0) + 1
                place = f"{path}/{tag}[{index}]" if path else dom.path(child)
                self._element(child, tag, place, context, link, bold=bold, depth=depth + 1)
            child = child.next

    def _inline(
        self, node: Node, tag: str, parent: str, context: _Context, link: Anchor | None, *, bold: bool, depth: int
    ) -> None:
        """An element within a line. Few of them need their path, so it is only worked out for those."""
        key = node.mem_id
        if key in self._marks or key in self._hidden or (context.role == "outside" and key not in self._spine):
            place = f"{parent}/{tag}[{dom.index(node)}]" if parent else dom.path(node)
            self._element(node, tag, place, context, link, bold=bold, depth=depth)
            return
        anchor = Anchor(node.attributes.get("href") or "", []) if tag == "a" else link
        if context.merged and key not in self._spine:
            swallow(node, self._run, self._hidden, anchor)
        else:
            self._children(node, "", context, anchor, bold=bold or tag in _BOLD, depth=depth)

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
            self._swallow(node, tag, link)
            return
        if tag in dom.INLINE:
            self._children(node, path, context, link, bold=bold or tag in _BOLD, depth=depth)
            return
        if depth > dom.MAX_DEPTH:
            self._text(dom.fold(node.text(separator=" ")), context, link, bold=bold)
            return
        inner = self._inner(node, tag, path, context) if context.role == "body" else context
        if inner is not None:
            self._break(context)
            self._children(node, path, inner, link, bold=bold, depth=depth)
            self._break(inner)

    def _swallow(self, node: Node, tag: str, link: Anchor | None) -> None:
        """Take in an element of a merged context that holds nothing marked."""
        ends = "" if tag in dom.INLINE else "\n"
        self._run.parts.append(ends)
        inner = Anchor(node.attributes.get("href") or "", []) if tag == "a" else link
        swallow(node, self._run, self._hidden, inner)
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
            self._run = Run()
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
                run.note_link(link)
        if context.role == "drop" and size < LONGEST_DATE and dates.is_date(text.strip()):
            run.note_date(text.strip())

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
                text = dom.fold_lines(raw)
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
            self._run = Run()


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
