"""What becomes of each line of an area: kept as a block, re-routed to a field, or removed with its kind and rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, takewhile
from typing import cast

from msgspec import structs

from archiver.article import Block, BlockKind, Link, Removal, RemovalKind, Rerouted, RerouteKind, Where
from archiver.extraction import entries, junk
from archiver.extraction.captions import split_credit
from archiver.extraction.lines import Line
from archiver.extraction.verdicts import LINKED, Setting, judge

_SUBHEAD = 120
"""A wholly bold paragraph up to this many characters that does not end in a full stop is a subhead."""


_DASHES = ("-", "–", "—")
"""With one of these a line ends that is nothing but a dateline."""


@dataclass(slots=True)
class Sorted:
    """The outcome for a whole area, each list in reading order. `lead` and `title` are kept, not re-routed."""

    blocks: list[Block] = field(default_factory=list)
    rerouted: list[Rerouted] = field(default_factory=list)
    removed: list[Removal] = field(default_factory=list)
    dateline: str | None = None


def sort_lines(lines: Sequence[Line], setting: Setting) -> Sorted:
    """Every line of the area into its place; nothing is left over."""
    result = Sorted()
    fates = judge(lines, setting)
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
    result.blocks = [_block(list(run), setting) for _, run in groupby(pieces, key=_RunKey(setting))]
    return result


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
    """Groups neighbouring lines of one list, quote or table and of one entry; other lines are blocks of their own."""

    def __init__(self, setting: Setting) -> None:
        self._single = 0
        self._entries = setting.entries

    def __call__(self, piece: tuple[Line, str]) -> tuple[int, str, str | None]:
        line = piece[0]
        if line.group and line.kind != "cell":
            return line.group, line.kind, entries.holder(line.path, self._entries) if self._entries else None
        self._single += 1
        return -self._single, line.kind, None


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
    block = _plain_block(run, setting)
    entry = entries.holder(run[0][0].path, setting.entries) if setting.entries else None
    return block if entry is None else structs.replace(block, kind="entry", time=setting.entries[entry])


def _plain_block(run: list[tuple[Line, str]], setting: Setting) -> Block:
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
    at = line.text.rindex(credit)
    at = at - 1 if line.text[at - 1 : at] in ("(", "[") else at
    parts = (("caption", line.text[:at].rstrip()), ("credit", line.text[at:]))
    return [Rerouted(cast("RerouteKind", name), text, where) for name, text in parts if text]


def _removal(line: Line, kind: str, rule: str, setting: Setting, text: str | None = None) -> Removal:
    links: dict[str, Link] = {}
    for anchor in line.links if text is None else ():
        url = setting.absolute(anchor.href)
        if url is None:
            continue
        first = links.get(url)
        title = first.title if first and first.title else anchor.title
        links[url] = Link(url, title, first.date if first and first.date else anchor.date)
    return Removal(
        cast("RemovalKind", kind),
        line.text if text is None else text,
        rule,
        _where(line, setting),
        tuple(link for link in links.values() if link.title),
    )


def _where(line: Line, setting: Setting) -> Where:
    return Where(setting.page, line.path)
