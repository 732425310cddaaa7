"""Runs of lines that are junk by their structure: related lists, boxes that became tables, repeated items.

Other articles stand below a story as a repeated pattern: title, date, title again, teaser, "Baca Selengkapnya"; or
as one-column tables of a title and an empty picture. The pattern is what these rules see; they never read a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from archiver.extraction.reading import Reading
from archiver.extraction.shapes import is_bulleted, is_date_line, is_prose, is_teaser, is_title

_IMAGE_CELL = re.compile(r"\|?\s*(?:!\[[^\]]*\]\([^)]*\)\s*)+\|?")
_RULE_CELL = re.compile(r"\|?\s*:?-{2,}:?\s*\||\|\s*:?-{2,}:?")
_ONE_CELL = re.compile(r"\|?\s*[^|]*[^|\s][^|]*\|")
_ITEM_LINES = 5
"""The most lines of one item of a related list: title, date, title again, teaser, a link to read on."""
_PAIRS = 3
"""So many pairs of title and one-sentence teaser to the end of the text make a list without any other mark."""
_LONG_TITLE = 6
"""Blanks in a line from which on it is a title rather than a subhead."""


def table_debris(reading: Reading) -> list[int]:
    """The lines of one-column tables that held a linked title and a picture, as Markdown leaves them.

    A table of several columns is content, and so is a single column without pictures, unless it repeats title and
    rule or a marker of junk stands in it.
    """
    found: list[int] = []
    tabled = (item for item in enumerate(reading.lines) if "|" in item[1] or item[1][:2] == "![")
    cells = {at: kind for at, line in tabled if (kind := _cell(line))}
    for start in cells:
        if start - 1 in cells:
            continue
        end = start
        while end in cells:
            end += 1
        kinds = [cells[at] for at in range(start, end)]
        repeats = kinds.count("rule") >= 2 and kinds.count("text") <= kinds.count("rule")
        if "image" in kinds or repeats or any(reading.verdicts[start:end]):
            rows = range(start, end)
            found += [at for at in rows if cells[at] != "text" or not is_prose(reading.lines[at].strip("| "))]
    return found


def _cell(line: str) -> str | None:
    if _IMAGE_CELL.fullmatch(line):
        return "image"
    if _RULE_CELL.fullmatch(line):
        return "rule"
    return "text" if _ONE_CELL.fullmatch(line) else None


def bullets_around(lines: Sequence[str], at: int) -> tuple[int, int]:
    """Start and end of the run of bulleted lines in which this one stands."""
    start, end = at, at + 1
    while start > 0 and is_bulleted(lines[start - 1]):
        start -= 1
    while end < len(lines) and is_bulleted(lines[end]):
        end += 1
    return start, end


def titles_after(reading: Reading, label: int) -> int:
    """Where the titles end that follow a label such as "Baca juga:" on a line of its own.

    The first line that can be a title belongs to the label, and so do more that are bulleted or linked. Of other
    lines before running text the last may be a subhead: it is left alone unless it is as long as a title and one of
    three or more.
    """
    lines = reading.lines
    start = end = label + 1
    sure = start
    while end < reading.size and reading.marks[end] is None:
        if reading.linked[end] or is_bulleted(lines[end]):
            sure = end + 1
        elif not is_title(lines[end]):
            break
        end += 1
    if end == reading.size or end - start <= 1:
        return end
    if lines[end - 1].count(" ") >= _LONG_TITLE and end - start > 2:
        return end
    return max(sure, end - 1 if end - start > 2 else start + 1)


def list_after(reading: Reading, heading: int) -> int:
    """Where the related list ends that a heading opens; `heading + 1` where no item can be told from the story."""
    lines = reading.lines
    start = heading + 1
    while start < reading.size and reading.has_scope(start, "heading", "beside"):
        start += 1
    end = _anchored_end(reading, start)
    plain = end
    while plain < reading.size and _may_be_listed(reading, plain, after_item=plain > start):
        plain += 1
    if plain == reading.size or _pairs_to_end(lines, end):
        return reading.size
    if end > start:
        return end
    return plain - 1 if plain - start > 2 else start


def _may_be_listed(reading: Reading, at: int, *, after_item: bool) -> bool:
    line = reading.lines[at]
    if is_title(line) or is_bulleted(line) or reading.marks[at] is not None or reading.linked[at]:
        return True
    return after_item and line.count(" ") < 2 and line[:1].isupper() and line[-1] not in ".:;,"


def _anchored_end(reading: Reading, start: int) -> int:
    """The end of the items that dates and "Baca Selengkapnya" hold together, from `start` on."""
    anchors: list[int] = []
    end = start
    while True:
        window = range(end, min(end + _ITEM_LINES, reading.size))
        following = next((at for at in window if _is_anchor(reading, at)), None)
        if following is None or not all(is_teaser(reading.lines[at]) for at in range(end, following)):
            break
        anchors.append(following)
        end = following + 1
    if not anchors or reading.has_scope(anchors[-1], "more"):
        return end
    return end + _after_last_date(reading, anchors, start)


def _is_anchor(reading: Reading, at: int) -> bool:
    return reading.has_scope(at, "more") or is_date_line(reading.lines[at])


def _after_last_date(reading: Reading, anchors: Sequence[int], start: int) -> int:
    """How many lines of the last item follow its date; by the items before it."""
    before_date = anchors[0] - start
    between = anchors[-1] - anchors[-2] - 1 if len(anchors) > 1 else 1
    end = anchors[-1] + 1
    rest = reading.lines[end : end + max(between - before_date, 0)]
    return len(rest) if all(map(is_teaser, rest)) else 0


def _pairs_to_end(lines: Sequence[str], start: int) -> bool:
    titles, teasers = lines[start::2], lines[start + 1 :: 2]
    if len(teasers) < _PAIRS or len(titles) != len(teasers):
        return False
    one_sentence = all(is_prose(line) and is_teaser(line) and ". " not in line for line in teasers)
    return one_sentence and all(map(is_title, titles))


def repeated_items(reading: Reading) -> Iterator[tuple[int, int]]:
    """Related items without a heading, as spans: two or more in a row that end in "Baca Selengkapnya".

    The first item is as long as the second: nothing else tells where the story ends.
    """
    ends = [at for at, mark in enumerate(reading.marks) if mark is not None and mark.scope == "more"]
    if all(reading.verdicts[at - 1] for at in ends):
        return
    free = 0
    for first, second in pairwise(ends):
        size = second - first - 1
        if 1 <= size <= _ITEM_LINES and all(map(is_teaser, reading.lines[first + 1 : second])):
            start = first - size
            if start > free and all(map(is_teaser, reading.lines[start:first])):
                yield start, first
            yield first + 1, second
        free = second + 1
