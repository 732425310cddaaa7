"""What a container weighs."""

from __future__ import annotations

from archiver.extraction.density import Box, measure
from archiver.extraction.dom import Page
from tests.extraction.pages import STORY

PARAGRAPHS = "".join(f"<p>{line}</p>" for line in STORY)
SIZE = sum(map(len, STORY))


def box(body: str, name: str) -> Box:
    return next(box for box in measure(Page(f"<body>{body}</body>")).below() if box.name == name)


def test_paragraphs_weigh_for_the_container_around_them() -> None:
    found = box(f'<div class="isi">{PARAGRAPHS}</div>', "isi")
    assert (found.own, found.stretches, found.boxes) == (SIZE, 3, [])
    assert found.stretch == SIZE / 3


def test_what_stands_deeper_weighs_less() -> None:
    outer = box(f'<div class="luar"><div class="isi">{PARAGRAPHS}</div></div>', "luar")
    assert (outer.own, outer.total) == (0, SIZE)
    assert outer.score == SIZE / 2


def test_links_and_scraps_weigh_nothing() -> None:
    links = "".join(f'<p><a href="/{line[:5]}">{line}</a></p>' for line in STORY)
    whole = measure(Page(f"<body><div>{links}<p>Foto</p><button>{STORY[0]}</button><nav>{STORY[1]}</nav></div></body>"))
    assert whole.total == 0


def test_hidden_text_weighs_nothing() -> None:
    body = f'<div hidden>{PARAGRAPHS}</div><div style="display: none">{PARAGRAPHS}</div>'
    assert measure(Page(f"<body>{body}</body>")).total == 0


def test_junk_by_name_is_left_out() -> None:
    whole = measure(Page(f'<body><div class="isi">{PARAGRAPHS}</div><div id="komentar">{PARAGRAPHS}</div></body>'))
    assert whole.total == SIZE


def test_a_name_cannot_hide_the_story() -> None:
    around = f'<div class="sidebar-open menu"><div class="entry-content">{PARAGRAPHS}</div></div>'
    assert box(around, "entry-content").named
    assert box(around, "sidebar-open menu").total == SIZE
    assert box(f'<div class="related"><h1>Judul</h1><div class="a">{PARAGRAPHS}</div></div>', "a").total == SIZE


def test_depth_is_bounded() -> None:
    depth = 5000
    assert measure(Page("<div>" * depth + STORY[0])).total == 0
