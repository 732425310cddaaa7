"""Each rule of the linter, provoked on purpose."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from archiver.fixtures.store import Fixture
from archiver.outlet import Layout
from tests.crawling.support import SITE
from tests.linting.support import changed, fixtures, found


@pytest.fixture
def cases(tmp_path: Path) -> tuple[Fixture, ...]:
    return fixtures(tmp_path)


def keys(*arguments: object) -> list[str]:
    return [finding.key for finding in found(*arguments)]  # type: ignore[arg-type]


def test_a_sound_outlet_has_no_findings(cases: tuple[Fixture, ...]) -> None:
    assert found(changed(drop={"promo": ("i",)}), cases) == []


@pytest.mark.parametrize("query", ["div..a", "p:unknown", "div >", "a[href", "p:not(.x", "a:contains('x')", ".a, p:::"])
def test_what_is_no_css_is_found(cases: tuple[Fixture, ...], query: str) -> None:
    assert keys(changed(title=("h1", query)), cases) == [f"invalid test title {query}"]


def test_a_selector_that_matches_nothing_is_dead(cases: tuple[Fixture, ...]) -> None:
    sick = changed(authors=(".penulis",), drop={"share": (".bagikan",)})
    assert keys(sick, cases) == ["dead authors .penulis", "dead drop share .bagikan"]
    assert found(sick, cases)[0].words == "matches nothing in any fixture; stands in test"


def test_a_selector_that_matches_in_one_fixture_is_alive(cases: tuple[Fixture, ...]) -> None:
    assert keys(changed(drop={"promo": ("i",)}), cases[:1]) == []
    assert cases[0].case == "dua"
    assert keys(changed(drop={"promo": ("i",)}), cases[1:]) == ["dead drop promo i"]


def test_a_drop_rule_that_takes_an_expected_line_is_broad(cases: tuple[Fixture, ...]) -> None:
    (finding,) = found(changed(drop={"promo": (".kotak",)}), cases)
    assert finding.key == "broad test drop promo .kotak"
    assert finding.words.startswith("removes a line that uji/dua keeps: 'Baca juga aturan")


def test_a_drop_rule_around_the_body_is_broad(cases: tuple[Fixture, ...]) -> None:
    (finding,) = found(changed(drop={"nav": ("article",)}), cases)
    assert (finding.key, "what holds the body" in finding.words) == ("broad test drop nav article", True)


def test_a_layout_that_fits_the_index_is_broad(cases: tuple[Fixture, ...]) -> None:
    (finding,) = found(changed(body="body"), cases)
    assert (finding.key, finding.words) == ("broad test body body", f"fits {SITE}/index, which is no article")


def test_a_pattern_that_takes_a_source_for_an_article(cases: tuple[Fixture, ...]) -> None:
    wide = dataclasses.replace(changed(), article_url=re.compile("/"))
    assert f"address {SITE}/index" in keys(wide, cases)


def test_a_pattern_that_misses_an_article(cases: tuple[Fixture, ...]) -> None:
    narrow = dataclasses.replace(changed(), article_url=re.compile("/read/2"))
    (finding,) = found(narrow, cases)
    assert finding.key == f"address {SITE}/read/1"
    assert finding.words == "is an article by the layout test, and article_url misses it"


def test_a_layout_without_a_page(cases: tuple[Fixture, ...]) -> None:
    sound = changed()
    two = dataclasses.replace(
        sound,
        layouts=(*sound.layouts, Layout(name="late", body="div.body"), Layout(name="none", body=".x", title=("#y",))),
    )
    assert [(one.key, one.words) for one in found(two, cases)] == [
        ("untested late", "no fixture's page is read by it: where its body is found, test reads the page"),
        ("untested none", "no fixture has a page of it: kliping fixture add makes one of a capture"),
    ]


def test_an_outlet_without_sources_or_with_a_rival(cases: tuple[Fixture, ...]) -> None:
    mute = dataclasses.replace(changed(), sources=())
    rival = dataclasses.replace(changed(), name="lain")
    assert keys(mute, cases, rival, mute) == ["source none", "host uji.example"]


def test_two_layouts_of_one_name(cases: tuple[Fixture, ...]) -> None:
    sound = changed()
    assert "name test" in keys(dataclasses.replace(sound, layouts=sound.layouts * 2), cases)
