"""What becomes of each line of an area: kept as a block, re-routed to a field, or removed with its kind and rule.

Structure speaks first (a list of nothing but links is a related list, whatever it says), then the junk rules that
plain text is cleaned with as well (`archiver.extraction.junk`), so that page and text get the same decisions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, takewhile
from typing import cast

from archiver.article import Block, BlockKind, Link, Removal, RemovalKind, Rerouted, RerouteKind, Where
from archiver.extraction import junk
from archiver.extraction.captions import split_credit
from archiver.extraction.walk import CELL_BAR, Line

LINKED = 0.9
"""Share of linked characters from which on a line counts as nothing but a link."""

_SUBHEAD = 120
"""A wholly bold paragraph up to this many characters that does not end in a full stop is a subhead."""


_LINKS = ("linked line", "linked list")
_LIST = 2
"""So many links right below a heading are a list of its own, whatever stands below them."""

_LABEL_WORDS = 2
_DASHES = ("-", "–", "—")


@dataclass(slots=True)
class Sorted:
    """The outcome for a whole area, each list in reading order. `lead` and `title` are kept, not re-routed."""

    blocks: list[Block] = field(default_factory=list)
    rerouted: list[Rerouted] = field(default_factory=list)
    removed: list[Removal] = field(default_factory=list)
    dateline: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What the decisions may know of the page: its title, the outlet's brands, its links, its number (from 1).

    On a page of `photos` the captions are the story.
    """

    title: str | None
    brands: Sequence[str]
    absolute: Callable[[str], str | None]
    is_story: Callable[[str], bool]
    page: int = 1
    photos: bool = False


def sort_lines(lines: Sequence[Line], setting: Setting) -> Sorted:
    """Every line of the area into its place; nothing is left over."""
    result = Sorted()
    body = [line for line in lines if line.role == "body"]
    fates = _judge(body, setting)
    pieces: list[tuple[Line, str]] = []
    shown: set[str] = set()
    for line in lines:
        fate = fates.get(id(line))
        if line.role == "body" and fate is None:
            pieces.append((line, line.text))
        elif fate is not None and fate.action == "reroute":
            result.rerouted += _rerouted(line, fate.kind, setting)
        elif fate is not None:
            result.removed.append(_removal(line, fate.kind, fate.rule, setting))
        elif line.role == "field":
            if line.kind not in ("title", "lead") or line.kind in shown:
                result.rerouted += _rerouted(line, line.kind, setting)
            shown.add(line.kind)
        else:
            result.removed.append(_removal(line, line.kind, line.rule or line.role, setting))
    _trim(pieces, result, setting)
    result.blocks = [_block(list(run), setting) for _, run in groupby(pieces, key=_RunKey())]
    return result


def _judge(body: Sequence[Line], setting: Setting) -> dict[int, junk.Verdict]:
    """The verdict on each line that is not to be kept, by the line's identity."""
    fates: dict[int, junk.Verdict] = {}
    for group, members in groupby(body, key=lambda line: line.group or -id(line)):
        run = list(members)
        if group > 0 and run[0].kind in ("item", "cell") and all(line.linked >= LINKED for line in run):
            fates.update((id(line), junk.Verdict("remove", "related_list", "linked list")) for line in run)
        elif run[0].kind in ("paragraph", "heading") and _is_story_link(run[0], setting):
            fates[id(run[0])] = junk.Verdict("remove", "related_inline", "linked line")
    rest = [line for line in body if id(line) not in fates]
    verdicts = junk.judge(
        [line.text.replace(CELL_BAR, " ") if line.kind == "row" else line.text for line in rest],
        brands=setting.brands,
        title=setting.title,
        link_share=[line.linked for line in rest],
    )
    spared = ("caption", "credit") if setting.photos else ()
    fates.update(
        (id(line), verdict)
        for line, verdict in zip(rest, verdicts, strict=True)
        if verdict is not None and verdict.kind not in spared
    )
    for line in rest:
        if id(line) not in fates and line.kind == "paragraph" and _is_labelled_link(line, setting):
            fates[id(line)] = junk.Verdict("remove", "related_inline", "labelled link")
    _orphans(body, fates)
    return fates


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


def _trim(pieces: list[tuple[Line, str]], result: Sorted, setting: Setting) -> None:
    """Take the dateline off the first paragraph and a glued sign-off off the last one."""
    if not pieces:
        return
    line, text = pieces[0]
    prefix, rest = junk.split_dateline(text, setting.brands)
    if prefix is None and len(pieces) > 1 and text.endswith(_DASHES):
        prefix, rest = _dateline_alone(text, pieces[1][1], setting)
    if prefix:
        result.dateline = prefix.strip(" -–—|:")
        result.rerouted.append(Rerouted("dateline", prefix, _where(line, setting)))
        pieces[0] = (line, rest)
    line, text = pieces[-1]
    rest, mark = junk.split_sign_off(text)
    if mark:
        result.removed.append(_removal(line, "editor_mark", "glued sign-off", setting, mark))
        pieces[-1] = (line, rest)
    pieces[:] = [(line, text) for line, text in pieces if text]


def _dateline_alone(text: str, following: str, setting: Setting) -> tuple[str | None, str]:
    """A dateline that stands before the first paragraph instead of in it: "Jakarta -", and the text in a new line."""
    prefix, _ = junk.split_dateline(f"{text} {following}", setting.brands)
    return (text, "") if prefix is not None and prefix.strip() == text else (None, text)


class _RunKey:
    """Groups neighbouring lines of one list, quote or table; every other line is a block of its own."""

    def __init__(self) -> None:
        self._single = 0

    def __call__(self, piece: tuple[Line, str]) -> tuple[int, str]:
        line = piece[0]
        if line.group and line.kind != "cell":
            return line.group, line.kind
        self._single += 1
        return -self._single, line.kind


_KINDS: dict[str, BlockKind] = {
    "item": "list",
    "row": "table",
    "cell": "paragraph",
    "heading": "heading",
    "quote": "quote",
    "embed": "embed",
    "code": "code",
}


def _block(run: list[tuple[Line, str]], setting: Setting) -> Block:
    line, text = run[0]
    kind = _KINDS.get(line.kind, "paragraph")
    where = Where(setting.page, line.path if len(run) == 1 else _common_path([line.path for line, _ in run]))
    if kind == "list":
        items = tuple(text for _, text in run)
        return Block("list", "\n".join(items), where, items=items)
    if kind == "paragraph" and line.bold >= LINKED and len(text) <= _SUBHEAD and not text.endswith((".", '."', ".”")):
        kind = "heading"
    return Block(kind, "\n".join(text for _, text in run), where, level=line.level)


def _common_path(paths: list[str]) -> str:
    """Path of the element that holds all these: a list's or table's own, for its lines."""
    steps = zip(*(path.split("/") for path in paths), strict=False)
    return "/".join(here[0] for here in takewhile(lambda here: len(set(here)) == 1, steps))


def _rerouted(line: Line, kind: str, setting: Setting) -> list[Rerouted]:
    """The line as a fact; a caption and the credit at its end are two."""
    where = _where(line, setting)
    credit = split_credit(line.text)[1] if kind == "caption" else None
    if not credit:
        return [Rerouted(cast("RerouteKind", kind), line.text, where)]
    before = line.text[: line.text.rindex(credit)].rstrip(" ([")
    return [Rerouted("caption", before, where), Rerouted("credit", credit, where)]


def _removal(line: Line, kind: str, rule: str, setting: Setting, text: str | None = None) -> Removal:
    links: dict[str, Link] = {}
    for anchor in line.links if text is None else ():
        url, title = setting.absolute(anchor.href), anchor.title
        if url is None or not title:
            continue
        first = links.get(url)
        if first is None:
            links[url] = Link(url, title, anchor.date)
        elif first.date is None and anchor.date:
            links[url] = Link(url, first.title, anchor.date)
    return Removal(
        cast("RemovalKind", kind),
        line.text if text is None else text,
        rule,
        _where(line, setting),
        tuple(links.values()),
    )


def _where(line: Line, setting: Setting) -> Where:
    return Where(setting.page, line.path)
