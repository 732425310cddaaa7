"""When a note is due on text that is later than its article."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archiver.article import Block, Removal, RemovalKind, Where
from archiver.capture import Capture
from archiver.extraction import extract, join
from archiver.extraction.contamination import notes
from tests.extraction.pages import STORY, URL, clip, html, outlet

PUBLISHED = "2020-03-04T09:15:00+07:00"
BODY = "/html[1]/body[1]/div[1]/div[2]"
CAPTURED = datetime(2024, 5, 6, 20, 0, tzinfo=UTC)


def block(text: str, number: int = 1) -> Block:
    return Block("paragraph", text, Where(1, f"{BODY}/p[{number}]"))


def removal(text: str, path: str = f"{BODY}/ul[1]", kind: RemovalKind = "related_list") -> Removal:
    return Removal(kind, text, ".terkait", Where(1, path))


def noted(*removed: Removal, kept: str = STORY[0], captured: datetime | None = None) -> tuple[str, ...]:
    return notes(PUBLISHED, captured, [block(STORY[1]), block(kept, 2)], removed)


def test_a_list_within_the_body() -> None:
    (note,) = noted(removal("Judul lain\n12 Januari 2021\nJudul ketiga\n3 Mei 2024 | 10:00 WIB"))
    assert note == (
        "what was removed within the body is dated up to 2024-05-03, 4 years after publication on 2020-03-04: "
        "related_list, /html[1]/body[1]/div[1]/div[2]/ul[1]"
    )


@pytest.mark.parametrize("text", ["Judul lain", "3 Maret 2020", "4 Maret 2020 23:00 WIB", "31 Februari 2024", "2024"])
def test_what_is_not_later(text: str) -> None:
    assert noted(removal(text)) == ()


def test_relative_dates_are_counted_back_from_the_capture() -> None:
    assert noted(removal("Judul lain\n3 jam lalu\n2 minggu lalu")) == ()
    (note,) = noted(removal("Judul lain\n3 jam lalu\n2 minggu lalu"), captured=CAPTURED)
    assert '2024-05-07 ("3 jam lalu"), 4 years after' in note


def test_a_relative_date_of_the_time_of_publication() -> None:
    assert noted(removal("Judul lain\n3 jam lalu"), captured=datetime(2020, 3, 4, 5, tzinfo=UTC)) == ()


@pytest.mark.parametrize(
    ("text", "gap"),
    [("5 Maret 2020", "1 day"), ("2 Mei 2020", "59 days"), ("4 Maret 2021", "12 months"), ("4 Maret 2022", "2 years")],
)
def test_the_gap_in_words(text: str, gap: str) -> None:
    (note,) = noted(removal(text))
    assert f", {gap} after publication" in note


def test_around_the_body_only_another_time_counts() -> None:
    beside = f"{BODY[:-1]}3]/ul[1]"
    assert noted(removal("9 Maret 2020", beside)) == ()
    (note,) = noted(removal("9 Maret 2022", beside))
    assert note.startswith("what was removed around the body is dated up to 2022-03-09")


def test_readers_write_later() -> None:
    assert noted(removal("Bagus! 9 Maret 2020", kind="comments")) == ()


def test_the_kept_text() -> None:
    (note,) = noted(kept="Pada 7 Juni 2023 pasar itu kembali tutup.")
    assert note == (
        "the kept text speaks of 2023-06-07, 3 years after publication on 2020-03-04: "
        "paragraph, /html[1]/body[1]/div[1]/div[2]/p[2]"
    )
    assert noted(kept="Pasar itu akan tutup pada 7 Juni 2020.") == ()


def test_what_lies_after_the_capture_is_a_plan() -> None:
    assert noted(kept="Pameran itu digelar pada 7 Juni 2026.", captured=CAPTURED) == ()
    assert len(noted(kept="Pameran itu digelar pada 7 Juni 2023.", captured=CAPTURED)) == 1


def test_without_a_date_of_publication_nothing_can_be_said() -> None:
    assert notes(None, CAPTURED, [block("7 Juni 2023")], [removal("3 jam lalu")]) == ()


def test_without_blocks_all_is_around() -> None:
    (note,) = notes("2020-03-04", CAPTURED, [], [removal("3 jam lalu")])
    assert note.startswith("what was removed around the body")


def test_an_article_carries_its_notes() -> None:
    listed = '<div class="terkait"><a href="/2024/05/03/lain">Judul lain</a> 3 Mei 2024</div>'
    body = f"<p>{STORY[0]}</p>{listed}<p>{STORY[1]}</p>"
    assert clip(html()).notes == ()
    assert "2024-05-03" in clip(html(body)).notes[0]
    pages = [
        Capture(URL, html(around=f'<a href="{URL}?page=2">2</a>').encode()),
        Capture(f"{URL}?page=2", html(body, around=f'<a href="{URL}">1</a>').encode()),
    ]
    (note,) = join([extract(page, outlet()) for page in pages]).notes
    assert note.startswith("page 2: what was removed within the body is dated up to 2024-05-03")
