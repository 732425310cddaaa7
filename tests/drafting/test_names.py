"""What an element is called by: words before utilities, and never what a build tool made up."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from archiver.drafting.names import is_lasting, name_of, names


def best(markup: str, count: int = 1) -> list[str]:
    tag = BeautifulSoup(markup, "lxml").select_one("[data-here]")
    assert tag is not None
    return [selector for _, selector in sorted(names(tag))[:count]]


@pytest.mark.parametrize("name", ["isi-berita", "detail__body-text", "judulArtikel", "post-content", "kcm-read-text"])
def test_words_last(name: str) -> None:
    assert is_lasting(name)


@pytest.mark.parametrize("name", ["css-1x2y3z", "sc-bdVaJa", "post-48213", "mt-4", "md:flex", "text-lg", "col-md-8"])
def test_hashes_numbers_and_utilities_do_not(name: str) -> None:
    assert not is_lasting(name)


def test_the_lasting_name_comes_first() -> None:
    assert best('<div class="mt-4 css-1x2y3z isi-berita" data-here></div>') == [".isi-berita"]
    assert best('<div class="mt-4" id="konten" data-here></div>') == ["#konten"]


def test_a_hashed_name_gives_its_stem() -> None:
    assert best('<div class="Article_body__3kF2a9" data-here></div>') == ['[class*="Article_body__"]']


def test_what_has_no_name_is_named_by_its_holder() -> None:
    found = best('<div class="artikel-utama"><p data-here></p></div>', 3)
    assert ".artikel-utama p" in found
    assert best('<body class="halaman"><p data-here></p></body>') == []


def test_class_and_id_together() -> None:
    tag = BeautifulSoup('<p class="a b" id="c"></p>', "lxml").p
    assert tag is not None
    assert name_of(tag) == "a b c"
