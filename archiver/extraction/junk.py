"""The junk rules: which lines of a text are no part of the story, and what they are instead.

The same rules serve a page's blocks and plain text that somebody else extracted. They look at a line's marker (the
lexicon), at its shape, and at what stands around it; never at what a story is about. Where the lines alone can't tell,
they are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from archiver.extraction import captions, edges, runs
from archiver.extraction.datelines import split_dateline
from archiver.extraction.lexicon import Marker, lexicon
from archiver.extraction.reading import Reading, Verdict, verdict_of
from archiver.extraction.shapes import is_headline_case, is_prose, is_title
from archiver.extraction.sign_offs import split_sign_off

__all__ = ["Glued", "Verdict", "glued", "is_label", "judge", "split_dateline", "split_sign_off"]

_BLANK = " \t\r\n\f\v\x1c\x1d\x1e\x1f\x85\xa0\u2002\u2003\u2009\u200b\u2028\u2029\u3000\ufeff"
"""What may stand around a line without being part of it: blanks, and the marks of no width that pages leave."""
_LINKED = 0.9
"""Share of linked characters from which on a line counts as nothing but a link."""
_MENU = 3
"""So many common words in a row are a menu."""
_CONTEXT_FREE = frozenset({"anywhere", "heading", "comments", "more"})


class Glued(NamedTuple):
    """Junk within a line of text: what stands before and after it, and the verdict on it."""

    before: str
    junk: str
    after: str
    verdict: Verdict


def judge(
    lines: Sequence[str],
    *,
    brands: Sequence[str] = (),
    title: str | None = None,
    link_share: Sequence[float] | None = None,
) -> list[Verdict | None]:
    """A verdict for each line, None where it is kept. The lines are one text, in reading order.

    `brands` are the outlet's names for itself, `title` the article's, if known; `link_share` is each line's share of
    characters that stand in links (0 to 1).
    """
    texts = {at: text for at, line in enumerate(lines) if (text := line.strip(_BLANK))}
    linked = [link_share is not None and link_share[at] >= _LINKED for at in texts]
    reading = Reading(list(texts.values()), linked, brands)
    scopes = {mark.scope for mark in reading.marks if mark is not None}
    signs = "".join(lines)
    _markers(reading)
    if "label" in scopes:
        _labels(reading)
    if scopes & {"heading", "beside", "more"}:
        _lists(reading)
    if "|" in signs or "![" in signs:
        _tables(reading)
    if ")" in signs or "]" in signs or "oto" in signs or "FOTO" in signs or "Dok" in signs:
        _captions(reading)
    edges.judge_head(reading, title)
    if "•" in signs:
        _bulleted_titles(reading)
    if "comments" in scopes:
        _comments(reading)
    edges.judge_tail(reading)
    if "beside" in scopes and _menus(reading):
        edges.judge_tail(reading)
    verdicts: list[Verdict | None] = [None] * len(lines)
    for at, verdict in zip(texts, reading.verdicts, strict=True):
        verdicts[at] = verdict
    return verdicts


def is_label(line: str) -> bool:
    """Whether the line announces the title or list that follows it: "Baca juga"."""
    marker = lexicon().find(line)
    return marker is not None and marker.scope == "label" and marker.kind == "related_inline"


def glued(line: str) -> Glued | None:
    """The first piece of junk that stands in the line together with text; None where there is none."""
    for marker in _glued_markers():
        match = lexicon().search(marker, line)
        if match and match[0] != line:
            return Glued(line[: match.start()], match[0], line[match.end() :], verdict_of(marker))
    return None


@cache
def _glued_markers() -> tuple[Marker, ...]:
    return tuple(marker for marker in lexicon().markers if marker.scope == "glued")


def _markers(reading: Reading) -> None:
    """Markers that need no context, or only a line before them."""
    for at, mark in enumerate(reading.marks):
        if mark is not None and (mark.scope in _CONTEXT_FREE or (mark.scope == "inside" and at > 0)):
            reading.verdicts[at] = verdict_of(mark)


def _labels(reading: Reading) -> None:
    """Labels on a line of their own, with the line or lines that they announce."""
    for at, mark in enumerate(reading.marks):
        if mark is None or mark.scope != "label" or reading.verdicts[at] is not None:
            continue
        if mark.kind == "related_inline":
            end = runs.titles_after(reading, at)
        elif mark.kind == "source" and at + 1 < reading.size and not is_prose(reading.lines[at + 1]):
            end = at + 2
        else:
            continue
        for place in range(at, end):
            reading.give(place, verdict_of(mark))


def _lists(reading: Reading) -> None:
    """Related lists: opened by a heading, or known by their repeated form alone."""
    for at, mark in enumerate(reading.marks):
        if mark is not None and mark.kind == "related_list" and mark.scope in ("heading", "beside"):
            strong = mark.scope == "heading"
            end = reading.size if strong and edges.is_signed_off(reading, at) else runs.list_after(reading, at)
            if strong or (end == reading.size and end - at > 2):
                reading.remove(at, end, "related_list", mark.id)
    for start, end in runs.repeated_items(reading):
        reading.remove(start, end, "related_list", "repeated-items")


def _tables(reading: Reading) -> None:
    for at in runs.table_debris(reading):
        reading.give(at, Verdict("remove", "related_list", "table-debris"))


def _captions(reading: Reading) -> None:
    for at, line in enumerate(reading.lines):
        if at > 0 and captions.is_caption(line) and split_dateline(line, reading.brands)[0] is None:
            reading.give(at, Verdict("reroute", "caption", "photo-credit"))


def _bulleted_titles(reading: Reading) -> None:
    """One or two bulleted headlines between two paragraphs; a list of the story's own is longer or announced."""
    for at, line in enumerate(reading.lines):
        if line[0] == "•" and reading.verdicts[at] is None:
            start, end = runs.bullets_around(reading.lines, at)
            between = start > 0 and end < reading.size and end - start <= 2
            if between and is_prose(reading.lines[start - 1]) and is_prose(reading.lines[end]):
                title = line.lstrip("• ")
                if is_title(title) and is_headline_case(title):
                    reading.give(at, Verdict("remove", "related_inline", "bulleted-title"))


def _comments(reading: Reading) -> None:
    """From the readers' part on nothing is the story's, if most of the running text stands before it."""
    for at, mark in enumerate(reading.marks):
        if mark is not None and mark.scope == "comments":
            before = sum(len(line) for line in reading.lines[:at] if is_prose(line))
            after = sum(len(line) for line in reading.lines[at + 1 :] if is_prose(line))
            if before > after:
                reading.remove(at, reading.size, "comments", mark.id)
                return


def _menus(reading: Reading) -> bool:
    """Common words next to junk, or several in a row outside the story: a menu, buttons. True where any was found."""
    found = False
    places = [at for at in range(reading.size) if reading.has_scope(at, "beside")]
    for at in (*places, *reversed(places)):
        mark = reading.marks[at]
        if (
            mark is not None
            and reading.verdicts[at] is None
            and (_is_near_junk(reading, at) or _is_in_menu(reading, at))
        ):
            reading.verdicts[at] = verdict_of(mark)
            found = True
    return found


def _is_near_junk(reading: Reading, at: int) -> bool:
    near = (reading.verdicts[place] for place in (at - 1, at + 1) if 0 <= place < reading.size)
    return any(verdict is not None and verdict.kind not in ("related_inline", "editor_mark") for verdict in near)


def _is_in_menu(reading: Reading, at: int) -> bool:
    start, end = at, at + 1
    while start > 0 and reading.has_scope(start - 1, "beside"):
        start -= 1
    while end < reading.size and reading.has_scope(end, "beside"):
        end += 1
    if end - start < _MENU or (start > 0 and reading.lines[start - 1].endswith(":")):
        return False
    return not (
        any(map(reading.is_kept_prose, range(start))) and any(map(reading.is_kept_prose, range(end, reading.size)))
    )
