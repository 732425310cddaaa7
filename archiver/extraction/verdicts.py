"""Which lines of a body are not kept, and why.

Structure speaks first (a list of nothing but links is a related list, whatever it says), then the junk rules that
plain text is cleaned with as well (`archiver.extraction.junk`), so that page and text get the same decisions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, takewhile

from archiver.extraction import junk
from archiver.extraction.entries import Times
from archiver.extraction.lines import Line
from archiver.extraction.walk import CELL_BAR

LINKED = 0.9
"""Share of linked characters from which on a line counts as nothing but a link."""

_LINKS = ("linked line", "linked list")
_LIST = 2
"""So many links right below a heading are a list of its own, whatever stands below them."""

_LABEL_WORDS = 2
"""The most words of a label with a colon before a link."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the decisions may know of the page: its title, the outlet's brands, its links, its number (from 1).

    On a page of `photos` the captions are the story; `entries` are a live blog's.
    """

    title: str | None
    brands: Sequence[str]
    absolute: Callable[[str], str | None]
    is_story: Callable[[str], bool]
    page: int = 1
    photos: bool = False
    entries: Times = field(default_factory=dict)


def judge(lines: Sequence[Line], setting: Setting) -> dict[int, junk.Verdict]:
    """The verdict on each line that is not to be kept, by the line's identity."""
    fates: dict[int, junk.Verdict] = {}
    body = [line for line in lines if line.role == "body"]
    for group, members in groupby(body, key=lambda line: line.group or -id(line)):
        run = list(members)
        if group > 0 and run[0].kind in ("item", "cell") and all(line.linked >= LINKED for line in run):
            fates.update((id(line), junk.Verdict("remove", "related_list", "linked list")) for line in run)
        elif run[0].kind in ("paragraph", "heading") and _is_story_link(run[0], setting):
            fates[id(run[0])] = junk.Verdict("remove", "related_inline", "linked line")
    listed = {key for key, fate in fates.items() if fate.rule == "linked list"}
    rest = list(_with_labelled([line for line in lines if id(line) not in listed]))  # a label needs its linked title
    verdicts = junk.judge(
        [_as_line(line) for line in rest],
        brands=setting.brands,
        title=setting.title,
        link_share=[line.linked if line.role == "body" else 1.0 for line in rest],
    )
    spared = ("caption", "credit") if setting.photos else ()
    fates.update(
        (id(line), verdict)
        for line, verdict in zip(rest, verdicts, strict=True)
        if verdict is not None and verdict.kind not in spared and line.role == "body" and id(line) not in fates
    )
    for line in rest:
        if (
            line.role == "body"
            and id(line) not in fates
            and line.kind == "paragraph"
            and _is_labelled_link(line, setting)
        ):
            fates[id(line)] = junk.Verdict("remove", "related_inline", "labelled link")
    _orphans(body, fates)
    return fates


def _with_labelled(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of the body, and after a label the dropped list that it announces.

    Without the list a label such as "Baca juga" would be taken for that of the line behind it.
    """
    before: Line | None = None
    for line in lines:
        if line.role == "body":
            before = line
            yield line
        elif before is not None and line.role == "drop" and line.kind in ("related_inline", "related_list"):
            if junk.is_label(before.text):
                yield line
            before = None


def _as_line(line: Line) -> str:
    """The text of a line as the junk rules see it: a row's cells without bars, of a dropped list the first title."""
    if line.role == "drop":
        return next((link.title for link in line.links if link.title), line.text)
    return line.text.replace(CELL_BAR, " ") if line.kind == "row" else line.text


def _orphans(body: Sequence[Line], fates: dict[int, junk.Verdict]) -> None:
    """A heading goes with the related items under it: two links or more right below it, or nothing else at all."""
    for number, line in enumerate(body):
        if line.kind != "heading" or id(line) in fates:
            continue
        below = [fates.get(id(item)) for item in takewhile(_no_heading(fates), body[number + 1 :])]
        links = list(takewhile(lambda fate: fate is not None and fate.rule in _LINKS, below))
        related = below and below[0] is not None and below[0].kind in ("related_list", "related_inline")
        if len(links) >= _LIST or (related and all(below)):
            fates[id(line)] = junk.Verdict("remove", "related_list", "heading of removed items")


def _no_heading(fates: dict[int, junk.Verdict]) -> Callable[[Line], bool]:
    return lambda line: line.kind != "heading" or id(line) in fates


def _is_story_link(line: Line, setting: Setting) -> bool:
    """Whether the line is nothing but a link to another story of the outlet."""
    return line.linked >= LINKED and _leads_to_stories(line, setting)


def _leads_to_stories(line: Line, setting: Setting) -> bool:
    return bool(line.links) and all(
        (url := setting.absolute(link.href)) is not None and setting.is_story(url) for link in line.links
    )


def _is_labelled_link(line: Line, setting: Setting) -> bool:
    """Whether the line is a link to another story with one or two words and a colon before it: "Video: …"."""
    label, colon, rest = line.text.partition(":")
    if not colon or len(label.split()) > _LABEL_WORDS or not _leads_to_stories(line, setting):
        return False
    return rest.strip(" )") == line.links[0].title
