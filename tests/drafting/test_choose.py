"""Of all selectors that fit, the one that holds on most pages and lasts longest."""

from __future__ import annotations

from functools import partial

from archiver.drafting.choose import Found, best, cover
from archiver.drafting.matching import first_is
from tests.drafting.pages import page

TEXT = "inijudul"


def found(body: str, number: int = 1) -> Found:
    document = page(body, path=f"/{number}.html")
    tags = [element.tag for element in document.elements if element.key == TEXT]
    return Found(document, tags, partial(first_is, document, {TEXT}))


def test_the_selector_that_is_right_on_most_pages_wins() -> None:
    pages = [found(f'<h3 class="judul a{n}">Ini Judul</h3>', n) for n in range(3)]
    choice = best(pages)
    assert choice is not None
    assert (choice.selector, len(choice.pages)) == (".judul", 3)


def test_a_selector_that_finds_something_else_first_is_none() -> None:
    choice = best([found('<p class="kotak">Lain</p><p class="kotak utama">Ini Judul</p>')])
    assert choice is not None
    assert choice.selector == ".utama"


def test_a_lasting_name_goes_before_one_that_holds_everywhere() -> None:
    pages = [found(f'<main><p>Lain</p><div class="judul-{n}a">Ini Judul</div></main>', n) for n in range(2)]
    pages.append(found('<main><p>Lain</p><div class="kepala">Ini Judul</div></main>', 2))
    choice = best(pages)
    assert choice is not None
    assert choice.selector == ".kepala"


def test_the_rest_is_covered_by_further_selectors() -> None:
    pages = [found('<b class="satu">Ini Judul</b>', 1), found('<b class="dua">Ini Judul</b>', 2)]
    assert [choice.selector for choice in cover(pages)] == [".dua", ".satu"]
    assert len(cover(pages, most=1)) == 1


def test_nothing_comes_of_nothing() -> None:
    assert best([]) is None
    assert cover([found("<p>Lain</p>")]) == ()
