from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archiver.takedown.logs import mentions, redact
from archiver.takedown.words import words_of
from tests.catalog.support import article
from tests.takedown.support import FIRST, SECOND, TITLE, URL

if TYPE_CHECKING:
    from pathlib import Path

WORDS = words_of([article(title=TITLE, lead=None, text=f"{FIRST}\n\n{SECOND}")])


def redacted(folder: Path, text: str) -> str:
    path, target = folder / "log", folder / "log.new"
    path.write_text(text)
    redact(path, target, WORDS, "ID")
    return target.read_text()


def test_a_ledger_keeps_its_lines(tmp_path: Path) -> None:
    other = '{"url":"https://uji.example/read/2","outcome":"saved","evidence":null}\n'
    line = f'{{"url":"{URL}","outcome":"soft_404","evidence":"title \'{TITLE}\'"}}\n'
    assert redacted(tmp_path, other + line + other) == (
        f'{other}{{"url":"{URL}","outcome":"soft_404","evidence":"removed by takedown ID"}}\n{other}'
    )


@pytest.mark.parametrize("ending", ["", "\n"])
def test_an_entry_goes_with_all_its_lines(tmp_path: Path, ending: str) -> None:
    text = (
        "awal tanpa waktu\n"
        f"2021-01-13 04:00:00,123 [x] ERROR: gagal\nTraceback:\n  {SECOND}\n  kata terakhir\n"
        f"2021-01-13 04:00:01,000 [x] INFO: {URL}{ending}"
    )
    assert redacted(tmp_path, text) == (
        f"awal tanpa waktu\n2021-01-13 04:00:00 removed by takedown ID\n2021-01-13 04:00:01,000 [x] INFO: {URL}{ending}"
    )


def test_text_without_any_form(tmp_path: Path) -> None:
    assert redacted(tmp_path, f"satu\n{FIRST}\ndua\n") == "removed by takedown ID\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [(FIRST.encode(), True), (TITLE.encode(), True), (b"lain", False), (b"", False), (b"PK\x00\x01", True)],
)
def test_mentions(tmp_path: Path, content: bytes, *, expected: bool) -> None:
    (tmp_path / "x").write_bytes(content)
    assert mentions(tmp_path / "x", WORDS) is expected


def test_an_entry_in_json_keeps_its_time_alone(tmp_path: Path) -> None:
    other = '{"time":"2021-01-13T04:00:00.000+00:00","level":"INFO","message":"lanjut"}\n'
    line = f'{{"time":"2021-01-13T04:00:01.000+00:00","level":"ERROR","message":"gagal: {TITLE}","exception":"x"}}\n'
    assert redacted(tmp_path, other + line) == (
        f'{other}{{"time":"2021-01-13T04:00:01.000+00:00","message":"removed by takedown ID"}}\n'
    )


def test_a_page_goes_as_a_whole_whatever_its_markup(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text(f"<p>\n{{}}\n<ul><li><a>{TITLE.replace(' ', '&#32;')}</a><small>uji</small></li></ul>")
    assert mentions(page, WORDS)
    redact(page, tmp_path / "new.html", WORDS, "ID")
    assert (tmp_path / "new.html").read_text() == "removed by takedown ID\n"
