"""Parts of a story of unknown layout that are known by their class or id: junk to drop, and captions, bylines, dates.

Only small parts are judged by name, and never the cells of a table, whose names speak of data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archiver.extraction import classnames, dom
from archiver.extraction.dom import Node
from archiver.extraction.layouts import outermost
from archiver.extraction.walk import Mark

_MOST = 0.4
"""An element that holds more than this share of the story's text is not junk, whatever it is called."""

_MOST_REROUTED = 0.3

_LONGEST = {"caption": 700, "lead": 600, "byline": 250, "date": 80}
"""Characters up to which a part is taken for the fact that its name promises."""

_TABLE = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th"})
_PROSE = "table, blockquote, pre, p"
_EMBED = "blockquote"
"""Posts of others are quoted in boxes whose names speak of social media as share buttons do."""
_PARAGRAPH = 80
"""Characters of a paragraph that opens the story; no lead follows it."""
_LINE_REST = 60
"""Characters of other text in its line up to which an inline element is a part of its own."""


def marks(bodies: Sequence[Node]) -> Iterator[tuple[Node, Mark]]:
    """What the names within the bodies say, as marks for the walk."""
    for body in bodies:
        yield from _marks(body)
        yield from _other_articles(body)


def _other_articles(body: Node) -> Iterator[tuple[Node, Mark]]:
    """Where one of several `article` elements holds the page's main heading, the others are other stories."""
    articles = outermost(body.css("article"))
    headed = [article for article in articles if article.css_first("h1") is not None]
    if len(headed) == 1:
        for article in articles:
            if article.mem_id != headed[0].mem_id:
                yield article, Mark("drop", "related_list", "article without the main heading")


def _marks(body: Node) -> Iterator[tuple[Node, Mark]]:
    size = len(body.text())
    opened = False
    for node in body.css("[class], [id], figure, p"):
        tag = node.tag or ""
        if tag in dom.INVISIBLE or tag in _TABLE or node.mem_id == body.mem_id:
            continue
        if tag == "figure" and node.css_first(_PROSE) is None:
            yield node, Mark("field", "caption", "element figure")
            continue
        mark = _mark(node, tag, size)
        if mark is not None and not (mark.kind == "lead" and opened):
            yield node, mark
        if (mark is not None and mark.kind == "lead") or (
            mark is None and tag == "p" and len(node.text()) >= _PARAGRAPH
        ):
            opened = True


def _mark(node: Node, tag: str, size: int) -> Mark | None:
    attributes = node.attributes
    name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip()
    if not name:
        return None
    text = node.text().strip()
    if not text or (tag in dom.INLINE and _is_glued(node)):
        return None
    junk = classnames.removal(name)
    if junk is not None and len(text) < _MOST * size and not (junk.kind == "share" and node.css_first(_EMBED)):
        return Mark("drop", junk.kind, f"named {junk.words}")
    fact = classnames.reroute(name)
    if fact is None or len(text) > min(_LONGEST[fact.kind], _MOST_REROUTED * size):
        return None
    if fact.kind == "date" and not any(char.isdigit() for char in text):
        return None
    if tag in dom.INLINE and not _stands_alone(node, len(text)):
        return None
    return Mark("field", fact.kind, f"named {fact.words}")


def _stands_alone(node: Node, size: int) -> bool:
    """Whether little else stands in the line of an inline element."""
    line = next((holder for holder in dom.ancestors(node) if (holder.tag or "") not in dom.INLINE), None)
    return line is None or len(line.text().strip()) <= size + _LINE_REST


def _is_glued(node: Node) -> bool:
    """Whether a word goes on across the border of an inline element: it cannot be taken out of its line."""
    text = node.text()
    before = not text[0].isspace() and _ends_in_word(_beside(node, forward=False), first=False)
    return before or (not text[-1].isspace() and _ends_in_word(_beside(node, forward=True), first=True))


def _ends_in_word(node: Node | None, *, first: bool) -> bool:
    if node is None or node.tag == "br" or (node.is_element_node and node.tag not in dom.INLINE):
        return False
    text = (node.text_content or "") if node.tag == dom.TEXT else node.text()
    return bool(text) and not text[0 if first else -1].isspace()


def _beside(node: Node, *, forward: bool) -> Node | None:
    """What stands next to an inline element in its line."""
    while True:
        beside = node.next if forward else node.prev
        if beside is not None or node.parent is None or node.parent.tag not in dom.INLINE:
            return beside
        node = node.parent
