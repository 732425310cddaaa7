"""What stands around the body, inside the area: recognised by its form where no selector names it."""

from __future__ import annotations

import pytest

from archiver.extraction.area import OUTSIDE, recognise
from archiver.extraction.lines import Anchor, Line
from tests.extraction.pages import STORY


def around(*texts: str, links: int = 0) -> list[Line]:
    """Lines outside the body, the last of them behind it; `links` of the first line."""
    lines = [Line("drop", "other", text, "/html", OUTSIDE) for text in texts]
    lines[0].links = [Anchor("/a", ["a"])] * links
    return [*lines[:-1], Line("body", "paragraph", STORY[0], "/html"), lines[-1]]


def test_a_date_is_split_off_the_share_buttons_behind_it() -> None:
    lines = around("Rabu, 4 Maret 2020 | 09:15 WIB\nkomentar\nSalin tautan", "Hak cipta", links=2)
    recognise(lines)
    assert [(line.role, line.kind, line.text) for line in lines[:2]] == [
        ("field", "date", "Rabu, 4 Maret 2020 | 09:15 WIB"),
        ("drop", "other", "komentar\nSalin tautan"),
    ]
    assert (len(lines[0].links), len(lines[1].links)) == (0, 2)


@pytest.mark.parametrize("text", ["komentar\nRabu, 4 Maret 2020 | 09:15 WIB", "Bagikan\nSalin"])
def test_linked_lines_that_open_with_something_else_stay_together(text: str) -> None:
    lines = around(text, "Hak cipta", links=2)
    recognise(lines)
    assert lines[0].text == text
    assert lines[0].role == "drop"


def test_a_name_is_told_by_the_label_in_the_cell_before_it() -> None:
    lines = around("Penulis", ": Sari Melati", "Editor", ": Bagas Wiratama", "Sumber", ": Kantor Desa", "Tamat")
    recognise(lines)
    assert [(line.role, line.kind) for line in lines[:6]] == [
        *[("field", "byline")] * 2,
        *[("field", "editor")] * 2,
        *[("drop", "other")] * 2,
    ]
