from __future__ import annotations

import pytest

from archiver.article import Block, Removal, Where
from archiver.drift.facts import article_facts, is_named
from tests.catalog.support import article

_WHERE = Where(1, "/html/body/p[1]")
LINE = "Pedagang membuka lapak sejak subuh di tepi jalan raya."


def test_an_article_has_the_fields_that_it_has_and_what_gave_them() -> None:
    facts = article_facts(
        article(
            lead=None, evidence={"title": "css:h1.judul", "published": "css:.tanggal + jsonld:datePublished (false Z)"}
        )
    )
    assert facts.fields == {"title": "css:h1.judul", "published": "css:.tanggal", "authors": None}
    assert facts.timed


def test_a_selector_with_a_plus_in_it_stays_whole() -> None:
    facts = article_facts(article(evidence={"title": "css:h1 + p", "published": "css:h1 + p.waktu + meta:pubdate"}))
    assert facts.fields["title"] == "css:h1 + p"
    assert facts.fields["published"] == "css:h1 + p.waktu"


@pytest.mark.parametrize(
    ("giver", "named"),
    [
        ("css:.judul", True), ("css:article h1", True), ("css:h1", False), ("css:title", False),
        ("meta:og:title", False), ("jsonld:headline", False), ("text", False), (None, False),
    ],
)  # fmt: skip
def test_an_element_that_the_outlet_names(giver: str | None, named: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert is_named(giver) is named


def test_what_was_removed_is_a_share_of_all_text() -> None:
    facts = article_facts(article(text="x" * 300, removed=(Removal("ad", "y" * 100, ".iklan", _WHERE),)))
    assert facts.characters == 300
    assert facts.removed == 0.25
    assert facts.rules == {".iklan"}
    assert facts.kinds == {"ad"}


def test_a_paragraph_that_stands_twice() -> None:
    once, twice = (Block("paragraph", LINE, _WHERE),), (Block("paragraph", LINE, _WHERE),) * 2
    short = (Block("paragraph", "Iklan", _WHERE),) * 2
    assert [article_facts(article(blocks=blocks)).doubled for blocks in (once, twice, short)] == [False, True, False]


def test_the_same_line_in_two_articles_is_the_same() -> None:
    blocks = (Block("paragraph", LINE, _WHERE),)
    assert (
        article_facts(article(blocks=blocks)).lines
        == article_facts(article("https://contoh.test/2", blocks=blocks)).lines
    )


def test_a_date_without_a_time() -> None:
    assert not article_facts(article(published="2021-01-13")).timed
