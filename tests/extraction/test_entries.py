"""A live blog: its entries are blocks of their own, each with its time, and no word is lost."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from archiver.article import Article, Block, Where
from archiver.capture import Capture
from archiver.extraction import entries
from archiver.extraction.locate import Piece, locate
from tests.extraction.pages import STORY, URL, clip, html
from tests.extraction.walker import accounted, by_path, soup_of, visible, words

WIB = timezone(timedelta(hours=7))
ENTRIES = (
    ("14.05 WIB", "<h3>Perahu Pertama Merapat</h3><p>Perahu pertama membawa sayur dari hulu.</p>"),
    ("13:40", "<p>Dermaga dijaga enam petugas.</p><ul><li>Pintu utara ditutup</li><li>Pintu barat dibuka</li></ul>"),
    ("", "<p>Warga berkumpul di tepi sungai sejak pagi.</p>"),
)


def live(*blog: tuple[str, str]) -> str:
    printed = ((f'<span class="jam">{time}</span>' if time else "", text) for time, text in blog)
    return html(f"<p>{STORY[0]}</p>" + "".join(f'<div class="butir">{time}{text}</div>' for time, text in printed))


def clipped(page: str) -> Article:
    return clip(page, entries=".butir", entry_time=".jam")


def test_entries_are_blocks_with_their_times() -> None:
    article = clipped(live(*ENTRIES))
    assert [(block.kind, block.time, block.text) for block in article.blocks] == [
        ("paragraph", None, STORY[0]),
        ("entry", "2020-03-04T14:05:00+07:00", "Perahu Pertama Merapat"),
        ("entry", "2020-03-04T14:05:00+07:00", "Perahu pertama membawa sayur dari hulu."),
        ("entry", "2020-03-04T13:40:00+07:00", "Dermaga dijaga enam petugas."),
        ("entry", "2020-03-04T13:40:00+07:00", "Pintu utara ditutup\nPintu barat dibuka"),
        ("entry", None, "Warga berkumpul di tepi sungai sejak pagi."),
    ]
    assert (article.blocks[1].level, article.blocks[4].items) == (3, ("Pintu utara ditutup", "Pintu barat dibuka"))
    assert [line.text for line in article.rerouted if line.kind == "date"][1:] == ["14.05 WIB", "13:40"]


def test_a_list_of_entries_is_no_one_block() -> None:
    items = "".join(
        f'<li class="butir"><span class="jam">0{hour}.15</span> Kabar ke-{hour}.</li>' for hour in (9, 8, 7)
    )
    article = clipped(html(f"<p>{STORY[0]}</p><ul>{items}</ul>"))
    assert [(block.kind, block.text, (block.time or "")[11:16]) for block in article.blocks[1:]] == [
        ("entry", "Kabar ke-9.", "09:15"),
        ("entry", "Kabar ke-8.", "08:15"),
        ("entry", "Kabar ke-7.", "07:15"),
    ]


def test_no_word_is_lost_and_each_piece_is_found_again() -> None:
    page = live(*ENTRIES)
    article = clipped(page)
    assert accounted(article) == words(visible(by_path(soup_of(page), article.areas[0])))
    places = locate(article, Capture(URL, page.encode(), (("Content-Type", "text/html; charset=utf-8"),)))
    assert all(places.ranges[Piece("block", number)] for number in range(len(article.blocks)))


def test_without_entries_nothing_changes() -> None:
    assert {block.kind for block in clip(live(*ENTRIES)).blocks} == {"paragraph", "heading", "list"}


@pytest.mark.parametrize(
    ("printed", "time"),
    [
        ("14.05 WIB", "2020-03-04T14:05:00+07:00"),
        ("Pukul 9:30 WITA", "2020-03-04T09:30:00+08:00"),
        ("5/3/2020 01.10 WIB", "2020-03-05T01:10:00+07:00"),
        ("2020-03-04T08:00:00+09:00", "2020-03-04T08:00:00+09:00"),
        ("10 menit lalu", "2020-03-05T11:50:00+00:00"),
        ("Kamis, 5 Maret 2020", "2020-03-05"),
        ("25.99", "25.99"),
        ("menit ke-14", "menit ke-14"),
    ],
)
def test_times(printed: str, time: str) -> None:
    block = Block("entry", "Kabar.", Where(1, "/html/body/div"), time=printed)
    (done,) = entries.dated([block], "2020-03-04T09:15:00+07:00", datetime(2020, 3, 5, 12, tzinfo=UTC), WIB)
    assert done.time == time


def test_a_clock_without_a_day_stays_as_printed() -> None:
    blocks = [Block("entry", "Kabar.", Where(1, "/html"), time="14.05"), Block("paragraph", "Teks.", Where(1, "/html"))]
    assert entries.dated(blocks, None, None, WIB) == blocks


def test_the_machines_time_is_taken_before_the_printed_one() -> None:
    page = live(("", "<p>Kabar.</p>")).replace(
        "<p>Kabar.", '<time class="jam" datetime="2020-03-05T00:20:00+07:00">00.20</time><p>Kabar.'
    )
    assert clipped(page).blocks[-1].time == "2020-03-05T00:20:00+07:00"


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (("00.40", "00.05", "23.50", "22.10"), ("05T00:40", "05T00:05", "04T23:50", "04T22:10")),  # the newest first
        (("22.10", "23.50", "00.05", "00.05", "00.40"), ("04T22:10", "04T23:50", "05T00:05", "05T00:05", "05T00:40")),
        (("23.50", "10 menit lalu", "00.05"), ("04T23:50", "05T11:50", "05T00:05")),
        (("00.05",), ("04T00:05",)),
    ],
)
def test_midnight_is_where_the_clock_goes_back(printed: tuple[str, ...], read: tuple[str, ...]) -> None:
    blocks = [Block("entry", text, Where(1, "/html"), time=said) for said in printed for text in ("Kabar.", "Lagi.")]
    done = entries.dated(blocks, "2020-03-04T22:00:00+07:00", datetime(2020, 3, 5, 12, tzinfo=UTC), WIB)
    assert [(block.time or "")[8:16] for block in done] == [said for said in read for _ in range(2)]


@pytest.mark.parametrize(
    ("update", "time"),
    [
        ({"headline": "Perahu  Pertama merapat", "datePublished": "2020-03-05T00:05:00+07:00"}, "2020-03-05T00:05"),
        ({"headline": "Perahu Kedua", "datePublished": "2020-03-05T00:05:00+07:00"}, "2020-03-04T14:05"),
        ({"headline": "Perahu Pertama Merapat", "datePublished": "2020-03-05"}, "2020-03-04T14:05"),
        ({"headline": ["Perahu Pertama Merapat"], "datePublished": None}, "2020-03-04T14:05"),
        ("Perahu Pertama Merapat", "2020-03-04T14:05"),
    ],
)
def test_the_json_ld_knows_an_entry_by_its_heading(update: object, time: str) -> None:
    story = {"@type": "LiveBlogPosting", "headline": "Pasar", "liveBlogUpdate": [update]}
    script = f'<script type="application/ld+json">{json.dumps(story)}</script>'
    article = clipped(live(*ENTRIES).replace("</head>", f"{script}</head>"))
    assert {(block.time or "")[:16] for block in article.blocks[1:3]} == {time}
