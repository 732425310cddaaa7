"""Names that somebody chose cost little, those that a tool made up much."""

from __future__ import annotations

import pytest

from archiver.lasting import WORD, cost_of_name, is_made_up


@pytest.mark.parametrize("name", ["judul", "isi-berita", "kcm-read-text", "kepalaSitus"])
def test_a_word_costs_what_a_word_costs(name: str) -> None:
    assert cost_of_name(name) <= WORD


def test_what_says_what_it_holds_costs_less() -> None:
    assert cost_of_name("article-body") < cost_of_name("kotak-utama")


def test_a_name_that_is_in_use_costs_less() -> None:
    assert cost_of_name("kotak", ["kotak"]) < cost_of_name("kotak")


def test_figures_cost_more_and_numbers_of_articles_most() -> None:
    assert WORD < cost_of_name("kolom-2") < cost_of_name("css-1x9y2z") < cost_of_name("post-48213")


@pytest.mark.parametrize("name", ["css-1x9y2z", "Article_body__x7Yz1", "bcdfghj", "aBcDeFgH"])
def test_hashes_are_made_up(name: str) -> None:
    assert is_made_up(name)


@pytest.mark.parametrize("name", ["detail__body-text", "col-md-8", "judulArtikel", "h1"])
def test_words_and_short_names_are_not(name: str) -> None:
    assert not is_made_up(name)
