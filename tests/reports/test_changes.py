from __future__ import annotations

from typing import Any

import msgspec
import pytest

from archiver.article import Block, Image, Removal, Where
from archiver.reports.changes import changes, summary
from tests.catalog.support import article

LINES = [f"Kalimat nomor {n} tentang pasar pagi di kota." for n in range(6)]
TEXT = "\n\n".join(LINES)


def compared(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return list(changes(article(**before), article(**after)))


def test_what_is_the_same_is_not_shown() -> None:
    assert compared({}, {}) == []


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ({"title": "Pasar pagi ramai"}, {"title": "Pasar pagi sepi"}, ["title", "~ Pasar pagi [-ramai-]{+sepi+}"]),
        ({"title": None}, {"title": "Pasar"}, ["title", "+ Pasar"]),
        ({"lead": "Satu."}, {"lead": None}, ["lead", "- Satu."]),
        ({"authors": ("A", "B")}, {"authors": ("B", "C")}, ["authors", "- A", "+ C"]),
        ({"complete": True}, {"complete": False}, ["complete", "- yes", "+ no"]),
        (
            {"images": (Image("https://x.test/a.jpg", "Lapak", "Foto: A"),)},
            {"images": (Image("https://x.test/a.jpg", "Lapak"),)},
            ["images", "~ Lapak · [-Foto: A · -]https://x.test/a.jpg"],
        ),
        (
            {"removed": ()},
            {"removed": (Removal("share", "Bagikan\nSalin", "x", Where(1, "/p")),)},
            ["removed", "+ share: Bagikan / Salin"],
        ),
    ],
)
def test_fields(before: dict[str, Any], after: dict[str, Any], lines: list[str]) -> None:
    assert compared(before, after) == lines


def test_paragraphs_come_with_what_stands_around_them() -> None:
    changed = [*LINES[:3], LINES[3].replace("pasar", "toko"), *LINES[4:]]
    assert compared({"text": TEXT}, {"text": "\n\n".join(changed)})[:6] == [
        "text",
        "  … 2 as before",
        f"  {LINES[2]}",
        "~ Kalimat nomor 3 tentang [-pasar-]{+toko+} pagi di kota.",
        f"  {LINES[4]}",
        "  … 1 as before",
    ]


def test_a_line_that_came_beside_one_that_changed() -> None:
    after = [LINES[0], "Baca juga: hal lain sama sekali", LINES[1] + " Ramai."]
    lines = compared({"text": "\n\n".join(LINES[:2])}, {"text": "\n\n".join(after)})
    assert lines[:4] == ["text", f"  {LINES[0]}", "+ Baca juga: hal lain sama sekali", f"~ {LINES[1]}{{+ Ramai.+}}"]


def test_other_words_are_not_one_line_that_changed() -> None:
    lines = compared({"text": LINES[0]}, {"text": "Hujan turun lebat malam itu."})
    assert lines[1:3] == [f"- {LINES[0]}", "+ Hujan turun lebat malam itu."]


def test_what_has_the_same_words_is_named() -> None:
    before = article()
    moved = tuple(msgspec.structs.replace(line, rule="lain") for line in before.removed)
    after = msgspec.structs.replace(before, removed=moved, evidence={"title": "h1"})
    assert list(changes(before, after)) == ["the same words, but their place, rule or evidence: removed, evidence"]


def test_a_summary_is_short() -> None:
    blocks = tuple(Block("paragraph", line, Where(1, "/p")) for line in LINES)
    assert list(summary(article(blocks=blocks))) == [
        "title: Pasar pagi ramai lagi",
        "lead: Pembeli kembali datang.",
        f"text: {LINES[0]}",
        f"text: {LINES[1]}",
        "… and 4 more",
    ]
    assert list(summary(article(title=None, lead=None, blocks=()))) == ["title: (none)"]
