"""What stands behind the last paragraph of a story of unknown layout: lists of links, and how to reach the author.

Both are known by their links alone. They are looked for from the end upwards, as far as nothing else comes between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archiver.article import RemovalKind
from archiver.extraction.lines import Line
from archiver.extraction.shapes import ends_sentence

_LINKED = 0.9
_MOST = 0.6
"""Share of a list's items that are nothing but links, from which on the list is one of links."""
_FEWEST = 3
_LABEL = 60
_CONTACT = 320
_PROFILE = re.compile(
    r"mailto:|(?:https?:)?//(?:www\.|m\.)?(?:twitter|x|facebook|instagram|tiktok|linkedin|youtube)\.com/[^/?#]*/?[^/]*$",
    re.IGNORECASE,
)


def close(lines: Sequence[Line]) -> None:
    """Mark the lines of the body that stand behind the story as dropped, in place."""
    body = [line for line in lines if line.role == "body"]
    end = len(body)
    while end > 1:
        start = _list_of_links(body, end)
        if start is not None:
            _drop(body[start:end], "related_list", "list of links behind the story")
        elif _is_contact(body[end - 1]):
            start = end - 1
            _drop(body[start:end], "other", "contact behind the story")
        else:
            return
        end = start


def _list_of_links(body: Sequence[Line], end: int) -> int | None:
    """Where the list of links begins that ends there, its heading included; None where there is none."""
    group = body[end - 1].group
    if body[end - 1].kind != "item" or not group:
        return None
    start = end
    while start > 0 and body[start - 1].group == group:
        start -= 1
    links = sum(line.linked >= _LINKED for line in body[start:end])
    if end - start < _FEWEST or links < _MOST * (end - start) or start == 0:
        return None
    above = body[start - 1]
    if start > 1 and len(above.text) <= _LABEL and not ends_sentence(above.text):
        start -= 1
    return start


def _is_contact(line: Line) -> bool:
    return (
        line.kind == "paragraph"
        and len(line.text) <= _CONTACT
        and any(_PROFILE.match(anchor.href.strip()) for anchor in line.links)
    )


def _drop(lines: Sequence[Line], kind: RemovalKind, rule: str) -> None:
    for line in lines:
        line.role, line.kind, line.rule = "drop", kind, rule
