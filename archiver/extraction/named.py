"""Parts of a story of unknown layout that are known by their class or id: junk to drop, and captions, bylines, dates.

Only small parts are judged by name, and never the cells of a table, whose names speak of data.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archiver.extraction import classnames, dom
from archiver.extraction.dom import Node
from archiver.extraction.layouts import outermost
from archiver.extraction.lines import Mark

_MOST = 0.4
"""An element that holds more than this share of the story's text is not junk, whatever it is called."""

_MOST_REROUTED = 0.3

_LONGEST = {"caption": 700, "lead": 600, "byline": 250, "date": 80}
"""Characters up to which a part is taken for the fact that its name promises."""

_TABLE = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th"})
_PROSE = "table, blockquote, pre, p"
_EMBED = "blockquote"
"""Posts of others are quoted in boxes whose names speak of social media as share buttons do."""
_LEAD_BLANKS = 4
"""A lead beside the story has five words at least: fewer are a section's motto or a name."""
_PARAGRAPH = 80
"""Characters of a paragraph that opens the story; no lead follows it."""
_LINE_REST = 60
"""Characters of other text in its line up to which an inline element is a part of its own."""


def marks(bodies: Sequence[Node], area: Node) -> Iterator[tuple[Node, Mark]]:
    """What the names within the bodies and around them in the area say, as marks for the walk."""
    for body in bodies:
        yield from _marks(body)
        yield from _other_articles(body)
    yield from _around(bodies, area)


def _around(bodies: Sequence[Node], area: Node) -> Iterator[tuple[Node, Mark]]:
    """The first byline beside the story, and a lead between title and story. Other stories' bylines come later."""
    inside = {body.mem_id for body in bodies}
    holders = {holder.mem_id for body in bodies for holder in dom.ancestors(body)}
    wanted = {"byline", "lead"}
    for node in area.css("[class], [id]"):
        if node.mem_id in holders or node.tag in dom.INVISIBLE:
            continue
        if node.mem_id in inside or any(holder.mem_id in inside for holder in dom.ancestors(node)):
            wanted.discard("lead")
            continue
        attributes = node.attributes
        name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip()
        fact = classnames.reroute(name)
        if fact is None or fact.kind not in wanted or classnames.removal(name) is not None:
            continue
        text = dom.visible_text(node)
        if not text or len(text) > _LONGEST[fact.kind] or (node.tag in dom.INLINE and _is_glued(node)):
            continue
        if fact.kind == "lead" and ("\n" in text or text.count(" ") < _LEAD_BLANKS):
            continue
        yield node, Mark("field", fact.kind, f"named {fact.words}")
        wanted.discard(fact.kind)
        if not wanted:
            return


def _other_articles(body: Node) -> Iterator[tuple[Node, Mark]]:
    """Of several `article` elements one may be the story: by the page's main heading, or as the longest by far."""
    articles = outermost(body.css("article"))
    if len(articles) < 2:
        return
    headed = [article for article in articles if article.css_first("h1") is not None]
    sizes = [len(article.text()) for article in articles]
    longest = articles[sizes.index(max(sizes))] if max(sizes) > sum(sizes) / 2 else None
    story = headed[0] if len(headed) == 1 else longest
    for article in articles if story is not None else ():
        if article is not story:
            yield article, Mark("drop", "related_list", "article beside the story's")


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
