"""Runs of lines that are junk by their pattern."""

from __future__ import annotations

import pytest

from archiver.extraction import runs
from archiver.extraction.reading import Reading
from tests.extraction.pages import STORY

TITLES = ("Tiga Dermaga Lapuk Diganti", "Harga Ikan Asap Naik Lagi", "Nelayan Hulu Pulang Lebih Awal")
DATES = ("Rabu, 4 Maret 2020", "Selasa, 3 Maret 2020", "Senin, 2 Maret 2020")


def reading(*lines: str, linked: frozenset[int] = frozenset()) -> Reading:
    return Reading(lines, [at in linked for at in range(len(lines))])


def test_a_table_of_a_title_and_a_picture_is_debris() -> None:
    table = (f"| {TITLES[0]} |", "| --- |", "| ![](/a.jpg) |")
    assert runs.table_debris(reading(STORY[0], *table, STORY[1])) == [1, 2, 3]


@pytest.mark.parametrize(
    "table",
    [("| Tahun | Perahu |", "| --- | --- |", "| 2019 | 12 |"), ("| Dermaga Hulu |", "| --- |", "| Dermaga Hilir |")],
)
def test_a_table_of_data_is_not(table: tuple[str, ...]) -> None:
    assert runs.table_debris(reading(STORY[0], *table, STORY[1])) == []


def test_bullets_are_taken_as_one_run() -> None:
    lines = (STORY[0], "• satu", "• dua", STORY[1])
    assert runs.bullets_around(lines, 2) == (1, 3)
    assert runs.bullets_around(lines, 1) == (1, 3)


@pytest.mark.parametrize(
    ("after", "linked", "end"),
    [
        ((TITLES[0], STORY[0]), frozenset[int](), 2),
        ((TITLES[0], TITLES[1], "Dermaga Baru Hulu", STORY[0]), frozenset[int](), 3),  # the last may be a subhead
        ((f"• {TITLES[0]}", f"• {TITLES[1]}", STORY[0]), frozenset[int](), 3),
        ((TITLES[0], TITLES[1], STORY[0]), frozenset({1, 2}), 3),
        ((TITLES[0], TITLES[1]), frozenset[int](), 3),  # nothing but titles to the end
        ((STORY[0],), frozenset[int](), 1),
    ],
)
def test_titles_that_a_label_announces(after: tuple[str, ...], linked: frozenset[int], end: int) -> None:
    assert runs.titles_after(reading("Baca juga:", *after, linked=linked), 0) == end


def test_dates_hold_a_list_together() -> None:
    items = [line for pair in zip(TITLES, DATES, strict=True) for line in pair]
    assert runs.list_after(reading("Berita Terkait", *items, STORY[0]), 0) == 7


def test_without_items_a_heading_opens_no_list() -> None:
    assert runs.list_after(reading("Berita Terkait", STORY[0], STORY[1]), 0) == 1


def test_items_that_end_alike_are_a_list_without_a_heading() -> None:
    item = ("Harga Ikan Asap Naik Lagi", "Baca Selengkapnya")
    text = reading(STORY[0], STORY[1], *item, *item, *item)
    assert list(runs.repeated_items(text)) == [(2, 3), (4, 5), (6, 7)]
    assert list(runs.repeated_items(reading(STORY[0], *item))) == []
