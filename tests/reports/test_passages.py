"""A page's text in reading order, cut by what became of it."""

from __future__ import annotations

from archiver.capture import Capture
from archiver.extraction import extract
from archiver.extraction.locate import Piece, trace
from archiver.reports.passages import Passage, fate, passages
from tests.extraction.pages import STORY, URL, html, outlet


def passages_of(page: str) -> list[Passage]:
    capture = Capture(URL, page.encode())
    return list(passages(trace(extract(capture, outlet()), capture)))


def texts(passage: Passage) -> list[str]:
    return ["".join(run.text for run in line) for line in passage.lines]


def test_fates() -> None:
    assert [fate(piece) for piece in (Piece("title"), Piece("block", 3), Piece("removed", 1), None)] == [
        "kept",
        "kept",
        "removed",
        "outside",
    ]


def test_a_page_from_top_to_bottom() -> None:
    found = passages_of(html(around='<div class="terkait"><p>Judul lain</p><p>Judul <b>ketiga</b></p></div>'))
    assert [passage.fate for passage in found] == [
        "outside",
        "kept",
        "rerouted",
        "rerouted",
        "kept",
        "kept",
        "kept",
        "removed",
        "outside",
    ]
    assert texts(found[1]) == ["Pasar Apung Karang Dibuka Lagi"]
    assert texts(found[4]) == [STORY[0]]
    assert texts(found[7]) == ["Judul lain", "Judul ketiga"]
    assert found[7].words == 4
    assert found[7].pieces == (Piece("removed", 0),)


def test_a_line_that_pieces_share() -> None:
    found = passages_of(html(f"<p>KARANG - {STORY[0]}</p>"))[4]
    assert [(run.text, run.fate) for run in found.lines[0]] == [("KARANG -", "rerouted"), (f" {STORY[0]}", "kept")]
    assert found.fate == "kept"
    assert found.fates == ("rerouted", "kept")


def test_neighbouring_shared_lines_stay_apart() -> None:
    line = '<p>{} <span class="terkait">Judul {}</span></p>'
    found = passages_of(html(line.format(STORY[0], "satu") + line.format(STORY[1], "dua")))
    assert [passage.fates for passage in found[4:6]] == [("kept", "removed")] * 2


def test_every_visible_word_is_in_it_once() -> None:
    facts = ("Beranda", "Pasar Apung Karang Dibuka Lagi", "Bayu Segara, Jurnalis", "Rabu, 4 Maret 2020 09:15 WIB")
    found = [text for passage in passages_of(html()) for text in texts(passage)]
    assert found == [*facts, *STORY, "Hak cipta"]


def test_an_empty_page() -> None:
    assert passages_of("<p></p>") == []
