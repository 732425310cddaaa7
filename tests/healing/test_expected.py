"""What a page must give that nobody captured before."""

from __future__ import annotations

from archiver.healing.expected import expected, read_by_place
from archiver.healing.lookup import Lookup
from archiver.healing.memory import Memory, remember
from tests.extraction.pages import STORY, html
from tests.healing.small import AFTER, BEFORE, OUTLET, seen

LAYOUT = OUTLET.layouts[0]
OTHER = "https://berita.contoh.id/2021/07/01/dermaga-lama"


def other_story(page: str) -> str:
    """The page of another story by the same author."""
    told = page.replace("Pasar Apung Karang Dibuka Lagi", "Dermaga Lama Diperbaiki Warga")
    for number, line in enumerate(STORY):
        told = told.replace(line, f"Cerita lain tentang dermaga, bagian {number}, yang panjangnya lumayan juga.")
    return told


def memory(count: int = 3) -> Memory:
    return remember([seen(html(), BEFORE, f"https://berita.contoh.id/2020/03/04/{n}") for n in range(count)], OUTLET)


def expect(page: str) -> tuple[object, ...]:
    sample = seen(page, AFTER, OTHER)
    article, told = expected(sample, Lookup(sample.page), LAYOUT, memory(), OUTLET)
    return article.authors, article.published, told


def test_the_old_place_gives_what_other_names_hide() -> None:
    page = other_story(html()).replace('class="isi"', 'class="x1"').replace('class="penulis"', 'class="x2"')
    assert expect(page) == (("Bayu Segara",), "2020-03-04T09:15:00+07:00", True)


def test_a_name_that_has_been_an_author_before() -> None:
    moved = other_story(html()).replace('<div class="penulis">Bayu Segara, Jurnalis</div>', "")
    page = moved.replace("<h1>", "<p class='oleh'>Bayu Segara</p><h1>")
    authors, _, told = expect(page)
    assert (authors, told) == (("Bayu Segara",), False)


def test_a_name_that_nobody_knows_is_not_guessed_at() -> None:
    moved = other_story(html()).replace('<div class="penulis">Bayu Segara, Jurnalis</div>', "")
    assert expect(moved.replace("<h1>", "<p class='oleh'>Rumah Bambu</p><h1>"))[0] == ()


def test_another_text_at_the_old_place_is_not_believed() -> None:
    page = html().replace('<div class="isi">', '<div class="pengantar">Ringkasan pendek.</div><div class="x1">')
    sample = seen(page, AFTER)
    assert read_by_place(sample, LAYOUT, memory(), OUTLET) is None


def test_what_all_pages_of_a_layout_had() -> None:
    assert memory().is_certain("plain", "authors")
    assert memory(2).is_usual("plain", "authors")
    assert not memory(2).is_certain("plain", "authors")
    assert not memory().is_usual("plain", "lead")
    assert not memory().is_usual("another", "authors")
