"""What stands before and after a story."""

from __future__ import annotations

import pytest

from archiver.extraction import edges
from archiver.extraction.reading import Reading
from tests.extraction.pages import STORY

TITLE = "Pasar Apung Karang Dibuka Lagi"


def head(*lines: str) -> list[str | None]:
    """The kind of each verdict on lines between a title and a story."""
    reading = Reading([TITLE, *lines, *STORY], [False] * (len(lines) + 1 + len(STORY)))
    edges.judge_head(reading, TITLE)
    return [verdict and verdict.kind for verdict in reading.verdicts[1:]]


def tail(*lines: str) -> list[str | None]:
    """The kind of each verdict on a story and the lines behind it."""
    reading = Reading([TITLE, *STORY, *lines], [False] * (len(lines) + 1 + len(STORY)))
    edges.judge_tail(reading)
    return [verdict and verdict.kind for verdict in reading.verdicts[1:]]


KEPT = [None] * len(STORY)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Rabu, 4 Maret 2020 09:15 WIB", "date"),
        ("Penulis: Sari Melati", "byline"),
        ("Editor: Bagas Wiratama", "editor"),
        (TITLE, "other"),
        ("Dermaga Hulu Sungai", None),
    ],
)
def test_the_head_names_who_and_when(line: str, kind: str | None) -> None:
    assert head(line) == [kind, *KEPT]


def test_a_name_follows_its_label() -> None:
    assert head("Reporter", "Sari Melati") == ["byline", "byline", *KEPT]


def test_a_book_has_no_byline() -> None:
    assert head("Penulis: Sari Melati", "Tebal: 120 halaman", "Penerbit: Rumah Perahu")[0] is None


def test_the_tail_is_read_from_the_end() -> None:
    assert tail("Editor: Bagas Wiratama", "Rabu, 4 Maret 2020 09:15 WIB") == [*KEPT, "editor", "date"]
    assert tail("Rabu, 4 Maret 2020 09:15 WIB", "Dermaga Hulu Sungai") == [*KEPT, None, None]


def test_after_a_signature_nothing_of_the_story_follows() -> None:
    assert tail("(Sari Melati | SM)", "Dermaga Hulu Sungai", "Harga Ikan Asap Naik")[-2:] == ["related_list"] * 2


def test_a_story_is_signed_off_by_initials() -> None:
    reading = Reading([TITLE, *STORY, "(sm)", "Dermaga Hulu Sungai"], [False] * (len(STORY) + 3))
    assert edges.is_signed_off(reading, len(STORY) + 2)
    assert not edges.is_signed_off(reading, len(STORY))
