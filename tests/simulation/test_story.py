from __future__ import annotations

import pytest

from archiver.errors import NotFoundError
from archiver.outlets import load_outlets
from archiver.simulation.story import Line, case_names, load_case, outlet_names, plain_text
from tests.simulation.cases import CASES, IDS, STORIES, STORY_IDS

FIRST = {"kanal247", "okezone", "tempo", "tribunnews", "winpoin"}


def test_the_first_outlets_have_at_least_two_cases() -> None:
    assert set(outlet_names()) >= FIRST
    assert all(len(case_names(outlet)) >= 2 for outlet in FIRST)


@pytest.mark.parametrize(("outlet", "name"), CASES, ids=IDS)
def test_the_outlet_wants_the_addresses_of_the_case(outlet: str, name: str) -> None:
    case = load_case(outlet, name)
    declared = load_outlets().get(outlet)
    assert declared.wants(case.url)
    assert declared.wants(case.listed)
    assert not [teaser.href for teaser in case.related if not declared.wants(teaser.href)]


@pytest.mark.parametrize(("outlet", "name"), CASES, ids=IDS)
def test_the_source_lists_the_article_or_what_redirects_to_it(outlet: str, name: str) -> None:
    case = load_case(outlet, name)
    targets = {redirect.url: redirect.target for redirect in case.redirects}
    assert targets.get(case.listed, case.listed) == case.url


@pytest.mark.parametrize(("outlet", "name"), STORIES, ids=STORY_IDS)
def test_the_reading_names_a_layout_of_the_outlet(outlet: str, name: str) -> None:
    layouts = {layout.name for layout in load_outlets().get(outlet).layouts}
    assert load_case(outlet, name).reading.layout in layouts


def test_each_of_the_first_has_a_case_whose_source_lists_a_redirect() -> None:
    redirecting = {outlet for outlet, name in CASES if load_case(outlet, name).listed != load_case(outlet, name).url}
    assert redirecting >= FIRST


def test_a_double_break_parts_paragraphs() -> None:
    line = Line(kind="paragraph", text="Satu <em>kata</em>.<br><br>\nDua &amp; tiga.<br>Empat.")
    assert list(line.plain()) == ["Satu kata.", "Dua & tiga.Empat."]


def test_a_list_gives_its_items() -> None:
    assert list(Line(kind="list", items=("<b>abon</b> ikan", "telur")).plain()) == ["abon ikan", "telur"]


def test_plain_text_folds_blanks() -> None:
    assert plain_text("  Harga\n  <a href='/x'>naik</a>  lagi ") == "Harga naik lagi"


@pytest.mark.parametrize(
    ("outlet", "name", "hint"), [("koran", "x", "kanal247, .*winpoin"), ("winpoin", "x", "kibor-braille, minta-izin")]
)
def test_an_unknown_name_is_answered_with_the_known_ones(outlet: str, name: str, hint: str) -> None:
    with pytest.raises(NotFoundError, match=hint):
        load_case(outlet, name)
