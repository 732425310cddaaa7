"""The selector of the story's container."""

from __future__ import annotations

from archiver.extraction.dom import Page
from archiver.healing.body import Story, find_story
from archiver.healing.container import choose_container
from archiver.healing.lookup import Lookup
from tests.extraction.pages import clip, html
from tests.healing.small import LINES

ARTICLE = clip(html())


def stories(*pages: str) -> list[Story]:
    found = [find_story(Lookup(Page(f"<html><body>{page}</body></html>")), ARTICLE) for page in pages]
    return [story for story in found if story is not None]


def chosen(*pages: str, old: str = ".isi", plural: bool = False) -> tuple[str, int, int] | None:
    choice = choose_container(stories(*pages), old, (), plural=plural)
    return None if choice is None else (choice.query, choice.right, choice.of)


def test_the_lasting_name_that_is_right_on_all_pages() -> None:
    pages = [f"<div class='post-{n}{n}{n}{n} cerita x9k2m1'>{LINES}</div><div>lain</div>" for n in range(3)]
    assert chosen(*pages) == (".cerita", 3, 3)


def test_the_old_selector_with_less_in_it() -> None:
    lead = f"<p>{'Kata pengantar. ' * 40}</p>"
    aside = "<aside class='isi'>Iklan</aside>"
    page = f"<main class='artikel'>{lead}<section class='isi'>{LINES}</section></main>{aside}"
    assert chosen(page, page, old="article.artikel div.isi") == (".artikel .isi", 2, 2)


def test_the_first_of_two_copies() -> None:
    copy = f"<div class='isi'>{LINES}</div>"
    found = chosen(f"<main>{copy}{copy}</main>", f"<main>{copy}{copy}</main>")
    assert found is not None
    assert found[0].startswith(".isi:not(.isi ~ .isi)")
    assert found[1:] == (2, 2)


def test_a_name_that_is_new_goes_before_one_of_the_old_pages() -> None:
    page = f"<div class='body-text cerita'>{LINES}</div>"
    old = [Page("<div class='body-text'>x</div>")]
    found = [choose_container(stories(page), ".isi", (), before) for before in ((), old)]
    assert [choice.query for choice in found if choice] == [".body-text", ".cerita"]


def test_two_makes_of_page_are_one_selector_each() -> None:
    one, other = f"<div class='satu'>{LINES}</div>", f"<div class='dua'>{LINES}</div>"
    found = chosen(one, one, other)
    assert found is not None
    assert set(found[0].split(", ")) == {".satu", ".dua"}
    assert found[1:] == (3, 3)


def test_a_container_that_was_several_elements_is_so_again() -> None:
    parts = "".join(f"<div class='bagian'>{line}</div><hr>" for line in LINES.split("</p>") if line)
    assert chosen(f"<main class='isi'>{parts}<p>Komentar</p></main>", old=".lama", plural=True) == (".bagian", 1, 1)
