"""Printed facts, looked for by their values."""

from __future__ import annotations

from dataclasses import replace as with_values

import pytest
from msgspec.structs import replace

from archiver.article import Image
from archiver.healing.facts import FACTS, asked, printing
from archiver.healing.printed import choose_fact, reads
from archiver.outlet import Css
from tests.extraction.pages import html
from tests.healing.small import LINES, OUTLET, case_of

MOVED = (
    "<div class='artikel'><h1>Pasar Apung Karang Dibuka Lagi</h1>"
    f"<div class='isi'>{LINES}</div><footer><span class='kata-siapa'>Oleh: Bayu Segara</span>"
    "<ul class='lain'><li><a href='/2020/03/05/lain'>Bayu Segara Juara Renang</a></li></ul>"
    "<b class='jam'>4/3/2020 09:15 WIB</b><i class='terbit'>4 Maret 2020</i></footer></div>"
)


def queries(name: str, page: str) -> list[str]:
    case = case_of(page)
    fact = FACTS[name]
    found = printing(fact, case.lookup, case.truth, OUTLET)
    return [str(node.attributes.get("class") or node.tag) for node, _ in found]


def test_the_byline_is_where_the_names_stand_and_nothing_else() -> None:
    assert queries("authors", MOVED) == ["kata-siapa"]


def test_a_date_is_found_in_any_form_to_the_minute() -> None:
    assert queries("published", MOVED) == ["jam"]


def test_a_page_that_prints_no_time_is_asked_for_the_day() -> None:
    case = case_of(MOVED.replace("4/3/2020 09:15 WIB", "kemarin"))
    assert printing(FACTS["published"], case.lookup, case.truth, OUTLET) == []
    truth = asked(FACTS["published"], case.lookup, case.truth, OUTLET)
    assert truth.published == "2020-03-04"
    assert [node.tag for node, _ in printing(FACTS["published"], case.lookup, truth, OUTLET)] == ["i"]


def test_a_title_within_a_link_leads_elsewhere() -> None:
    page = "<h1>Contoh</h1><a class='terkait'><h3>Pasar Apung Karang Dibuka Lagi</h3></a>"
    assert queries("title", page) == []


def test_a_selector_is_right_wrong_or_gives_nothing() -> None:
    case = case_of(MOVED)
    fact = FACTS["authors"]
    assert [reads(fact, (query,), case, OUTLET, None) for query in (".kata-siapa", ".penulis", ".lain a")] == [
        "right",
        "nothing",
        "wrong",
    ]
    assert reads(fact, (".penulis", ".kata-siapa"), case, OUTLET, None) == "right"


def test_the_selector_that_is_right_on_most_pages() -> None:
    other = MOVED.replace("Oleh: Bayu Segara", "Penulis Bayu Segara").replace("<footer>", "<footer><p>x</p>")
    choice = choose_fact(FACTS["authors"], [case_of(MOVED), case_of(other)], OUTLET, OUTLET.layouts[0], ())
    assert choice is not None
    assert (choice.selector, choice.right, choice.of) == (".kata-siapa", 2, 2)


def test_a_date_in_an_attribute_alone() -> None:
    page = MOVED.replace("4/3/2020 09:15 WIB", "<time datetime='2020-03-04T09:15:00+07:00'>kemarin</time>")
    choice = choose_fact(FACTS["published"], [case_of(page)], OUTLET, OUTLET.layouts[0], ())
    assert choice is not None
    assert isinstance(choice.selector, Css)
    assert choice.selector.attr == "datetime"


def test_nothing_is_named_that_no_page_prints() -> None:
    assert choose_fact(FACTS["authors"], [case_of(f"<div>{LINES}</div>")], OUTLET, OUTLET.layouts[0], ()) is None


@pytest.mark.parametrize("markup", ["<b class='dua'>Keterangan dua</b>", "<i class='dua'>Keterangan dua</i>"])
def test_captions_in_two_makes_of_element(markup: str) -> None:
    case = case_of(html(around=f"<em class='satu'>Keterangan satu</em>{markup}"))
    images = (Image("https://contoh.id/1.jpg", "Keterangan satu"), Image("https://contoh.id/2.jpg", "Keterangan dua"))
    known = with_values(case, truth=replace(case.truth, images=images))
    choice = choose_fact(FACTS["caption"], [known], OUTLET, OUTLET.layouts[0], ())
    assert choice is not None
    assert set(choice.query.split(", ")) == {".satu", ".dua"}
