"""What readability-lxml takes for the story: the second opinion on a page of unknown layout, and the last resort.

It works on a tree of its own and returns a cleaned copy. So the elements are numbered before, and the numbers that are
left in its copy lead back to the elements of the original tree: nothing that it drops is lost in silence.
"""

from __future__ import annotations

import logging
import re

from readability import Document
from readability.readability import Unparseable

from archiver.extraction.dom import TEXT, Node, Page
from archiver.extraction.layouts import smallest_common

_NUMBER = "data-kliping"
_NUMBERED = re.compile(rf'{_NUMBER}="(\d+)"')

logging.getLogger("readability.readability").setLevel(logging.CRITICAL)


def locate(page: Page, text: str) -> Node | None:
    """The element of the page that readability-lxml takes for the story; None where it finds none.

    `text` is the HTML that `page` was parsed from; it is parsed anew, because numbering changes the tree.
    """
    originals = [node for node in page.root.traverse() if node.is_element_node]
    numbered = Page(text)
    for number, node in enumerate(node for node in numbered.root.traverse() if node.is_element_node):
        node.attrs[_NUMBER] = str(number)
    try:
        summary = Document(numbered.tree.html or "").summary(html_partial=True)
    except (Unparseable, ValueError, RecursionError, AssertionError):
        return None
    chosen = sorted({int(number) for number in _NUMBERED.findall(summary)})
    holders = [originals[number] for number in chosen if number < len(originals) and _holds_text(originals[number])]
    common = smallest_common(holders) if holders else None
    return None if common is None or common.tag == "html" else common


def _holds_text(node: Node) -> bool:
    """Whether the element has text of its own, not only its children's."""
    child = node.first_child
    while child is not None:
        if child.tag == TEXT and not (child.text_content or "").isspace():
            return True
        child = child.next
    return False
