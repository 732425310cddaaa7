"""A text under judgement: the first verdict on a line stands."""

from __future__ import annotations

from archiver.extraction.reading import Reading, Verdict, verdict_of
from tests.extraction.pages import STORY

LINES = ["Editor: Sari Melati", STORY[0], "Baca juga:", "(sm)", STORY[1]]


def reading() -> Reading:
    return Reading(LINES, [False] * len(LINES))


def test_lines_know_the_markers_that_they_are() -> None:
    text = reading()
    assert text.has_scope(2, "label")
    assert not text.has_scope(2, "heading", "more")
    assert not text.has_scope(1, "label")
    assert text.edge_mark(0) is not None
    assert text.edge_mark(1) is None


def test_the_first_verdict_stands() -> None:
    text = reading()
    first, second = Verdict("remove", "ad", "one"), Verdict("remove", "share", "two")
    text.give(1, first)
    text.give(1, second)
    assert text.verdicts[1] == first
    assert (text.is_kept_prose(1), text.is_kept_prose(4), text.is_kept_prose(2)) == (False, True, False)


def test_initials_stay_initials_in_a_span_that_is_removed() -> None:
    text = reading()
    text.remove(2, 5, "related_list", "span")
    assert [verdict and verdict.kind for verdict in text.verdicts] == [
        None,
        None,
        "related_list",
        "editor_mark",
        "related_list",
    ]
    mark = text.marks[3]
    assert mark is not None
    assert text.verdicts[3] == verdict_of(mark)
