"""All text of an element that is dropped whole: the walk without what only marks and blocks need.

Most of a page's area is junk, and most of that stands in a few large elements. This loop does as little as it can for
each node; the walk itself costs three times as much.
"""

from __future__ import annotations

from archiver.extraction import dates, dom
from archiver.extraction.dom import Node
from archiver.extraction.lines import Anchor, Run

LONGEST_DATE = 48
"""Characters up to which a text may be nothing but a date."""


def swallow(node: Node, run: Run, hidden: frozenset[int], link: Anchor | None = None, depth: int = 0) -> None:
    """Append the visible text below an element to the run, its lines apart, with its links and dates beside them."""
    parts = run.parts
    child = node.first_child
    while child is not None:
        tag = child.tag or ""
        if tag == dom.TEXT:
            text = child.text_content or ""
            if text.isspace():
                parts.append(" ")
            else:
                _take(text, run, link)
        elif tag in dom.INVISIBLE or (hidden and child.mem_id in hidden):
            pass
        elif tag == "br":
            parts.append("\n")
        elif depth > dom.MAX_DEPTH:
            _take(child.text(separator=" "), run, link)
        elif tag in dom.INLINE:
            inner = Anchor(child.attributes.get("href") or "", []) if tag == "a" else link
            swallow(child, run, hidden, inner, depth + 1)
        else:
            parts.append("\n")
            swallow(child, run, hidden, link, depth + 1)
            parts.append("\n")
        child = child.next


def _take(text: str, run: Run, link: Anchor | None) -> None:
    text = text.replace("\n", " ")
    bare = text.strip()
    run.parts.append(text)
    run.size += len(bare)
    if link is not None:
        if not link.parts:
            run.note_link(link)
        link.parts.append(text)
    if len(bare) < LONGEST_DATE and dates.is_date(bare):
        run.note_date(bare)
