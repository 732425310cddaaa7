"""What stands before a story and after it: bylines, dates, captions, sign-offs, sources, tags.

These lines are short and look like many a line within a story (a name, a date, a word in capitals). Their place tells
them apart: before the running text, or where nothing but junk follows.
"""

from __future__ import annotations

import re

from archiver.article import RerouteKind
from archiver.extraction import captions
from archiver.extraction.datelines import split_dateline
from archiver.extraction.reading import Reading, Verdict, verdict_of
from archiver.extraction.shapes import LONG, ends_sentence, is_date_line, is_prose

_HEAD_LINES = 14
"""The head ends at the first paragraph with a dateline, at the third paragraph without one, or here."""
_HEAD_PARAGRAPHS = 3
_TITLE = 100
"""The first line is taken for a title up to this many characters, and not for a caption."""
_REPEATED = 15
"""Characters from which on a line that stands twice in the head is a copy and not a word used again."""
_END_MARKS = frozenset({"editor_mark", "sign_off"})
_DATE_LINE = Verdict("reroute", "date", "date-line")
_YEAR = re.compile(r"(?:19|20)\d\d|\d/\d")
_CLOCK = re.compile(r"\d[:.]\d\d\b")
_FIELD = re.compile(r"[A-Z][A-Za-z ]{2,20}\s*:\s*\S[^.]{0,60}$")
_NAME = re.compile(r"[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){1,3}")
_VALUE = re.compile(r"(?::\s*)?[A-Z][\w'’.-]*(?:,? [A-Z][\w'’.-]*){0,3}")


def judge_head(reading: Reading, title: str | None) -> None:
    """Give verdicts on the lines before the story, a second copy of the title among them."""
    end, dateline = _head_end(reading)
    seen = {title}
    paragraphs = 0
    for at in range(end):
        line = reading.lines[at]
        if reading.verdicts[at] is None:
            paragraphs += is_prose(line)
            verdict = _in_head(reading, at, before_dateline=at < dateline, first=paragraphs == 0)
            if verdict is None and at > 0 and len(line) >= _REPEATED and line in seen:
                verdict = Verdict("remove", "other", "repeated-line")
            if verdict is None and at > 0 and paragraphs == 0 and reading.has_scope(at, "beside"):
                mark = reading.marks[at]
                verdict = verdict_of(mark) if mark else None
            if verdict is not None:
                reading.verdicts[at] = verdict
        seen.add(line)


def _head_end(reading: Reading) -> tuple[int, int]:
    """Where the head ends, and where the paragraph with the dateline stands (-1: nowhere near the top)."""
    paragraphs = 0
    for at, line in enumerate(reading.lines[:_HEAD_LINES]):
        if reading.is_kept_prose(at):
            if split_dateline(line, reading.brands)[0] is not None:
                return at, at
            paragraphs += 1
            if paragraphs == _HEAD_PARAGRAPHS:
                return at, -1
    return min(reading.size, _HEAD_LINES), -1


def _in_head(reading: Reading, at: int, *, before_dateline: bool, first: bool) -> Verdict | None:
    line = reading.lines[at]
    if len(line) <= LONG:
        chronicle = not first and _YEAR.search(line) is not None and _CLOCK.search(line) is None
        # After a paragraph, a day without a time may be a chronicle's subhead.
        verdict = None if chronicle else _byline_or_date(reading, at)
        if verdict is not None:
            return verdict
    alone = before_dateline or (at + 1 < reading.size and not ends_sentence(line))
    if alone and (at > 0 or len(line) > _TITLE) and captions.is_credited(line):
        return Verdict("reroute", "caption", "credit")
    return None


def _byline_or_date(reading: Reading, at: int) -> Verdict | None:
    line = reading.lines[at]
    if is_date_line(line):
        return _DATE_LINE
    is_sentence = is_prose(line) if at > 0 else not _YEAR.search(line)
    mark = reading.marks[at] if is_sentence else reading.edge_mark(at)
    if mark is not None and mark.scope in ("head", "edge"):
        return None if _is_in_form(reading, at) else verdict_of(mark)
    if _is_name_label(reading, at):
        return _label(reading, at)
    if 0 < at < reading.size - 1 and _NAME.fullmatch(line) and is_date_line(reading.lines[at + 1]):
        return Verdict("reroute", "byline", "name-before-date")
    return None


def _is_in_form(reading: Reading, at: int) -> bool:
    """Whether the line is one of several "Label: value" lines, such as a book's data: the others are no bylines."""
    if ":" not in reading.lines[at]:
        return False
    near = (place for place in (at - 1, at + 1) if 0 < place < reading.size)
    return any(reading.marks[place] is None and _FIELD.match(reading.lines[place]) for place in near)


def _is_name_label(reading: Reading, at: int) -> bool:
    mark = reading.marks[at]
    return mark is not None and mark.scope == "label" and mark.kind == "byline"


def _label(reading: Reading, at: int) -> Verdict:
    """The verdict on a lone "Reporter", given also to the name on the next line or the one before, if there is one."""
    kind: RerouteKind = "editor" if reading.lines[at].lower().startswith("editor") else "byline"
    for beside in (at + 1, at - 1):
        free = 0 < beside < reading.size and reading.verdicts[beside] is None and reading.marks[beside] is None
        if at > 0 and free and _VALUE.fullmatch(reading.lines[beside]):
            reading.verdicts[at] = reading.verdicts[beside] = Verdict("reroute", kind, "label-and-name")
            return Verdict("reroute", kind, "label-and-name")
    return Verdict("remove", "other", "empty-label")


def judge_tail(reading: Reading) -> None:
    """Give verdicts on what stands after the last paragraph, as long as nothing but junk follows it."""
    at = reading.size - 1
    pending: list[int] = []
    while at > 0:
        if reading.verdicts[at] is None:
            verdict = _in_tail(reading, at)
            if verdict is not None:
                reading.verdicts[at] = verdict
                _settle(reading, pending)
            elif reading.has_scope(at, "beside"):
                pending.append(at)
            else:
                break
        at -= 1
    _close_after_sign_off(reading, at)


def _settle(reading: Reading, pending: list[int]) -> None:
    """Words of a menu below a line that ends the story are junk too."""
    for at in pending:
        mark = reading.marks[at]
        if mark is not None:
            reading.give(at, verdict_of(mark))
    pending.clear()


def _in_tail(reading: Reading, at: int) -> Verdict | None:
    mark = reading.edge_mark(at)
    if mark is not None and mark.scope in ("tail", "edge") and not _is_in_form(reading, at):
        verdict = verdict_of(mark)
    elif is_date_line(reading.lines[at]):
        verdict = _DATE_LINE
    elif at > 1 and _is_name_label(reading, at - 1) and _VALUE.fullmatch(reading.lines[at]):
        verdict = _label(reading, at - 1)
    elif _is_name_label(reading, at):
        verdict = _label(reading, at)
    else:
        return None
    return verdict if any(reading.is_kept_prose(before) for before in range(at - 1, -1, -1)) else None


def _close_after_sign_off(reading: Reading, last: int) -> None:
    """Where a signature is followed by titles and labels alone, the story is over and they are no part of it.

    Initials and signatures may follow a list; a byline with its label must follow the last paragraph.
    """
    paragraph = last
    while paragraph > 0 and not reading.is_kept_prose(paragraph):
        paragraph -= 1
    direct = True
    for at in range(paragraph + 1, last if paragraph else 0):
        if reading.verdicts[at] is None:
            line, mark = reading.lines[at], reading.edge_mark(at)
            signed = mark is not None and mark.kind in _END_MARKS and (line[0] in "([" or "|" in line)
            credited = mark is not None and mark.kind in ("byline", "editor") and mark.scope == "edge" and direct
            if mark is not None and (signed or credited):
                reading.give(at, verdict_of(mark))
                reading.remove(at + 1, reading.size, "related_list", "after-sign-off")
                return
            direct = False


def is_signed_off(reading: Reading, at: int) -> bool:
    """Whether the story is signed off right before this line, so that nothing of it can follow."""
    before = at - 1
    while before > 0 and reading.verdicts[before] is not None:
        before -= 1
    if before <= 0:
        return False
    mark = reading.edge_mark(before)
    return mark is not None and mark.kind in _END_MARKS and any(map(is_prose, reading.lines[:before]))
