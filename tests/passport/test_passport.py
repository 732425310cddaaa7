"""A passport says what is known, and its tier what is proven."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from archiver.fixtures.attestation import attest
from archiver.fixtures.expectation import write_expectation
from archiver.fixtures.recording import open_recording
from archiver.fixtures.store import Fixture
from archiver.linting.accepted import FILE_NAME, accept
from archiver.linting.findings import Finding
from archiver.outlet import Layout, Outlet
from archiver.outlets import Outlets
from archiver.passport.passport import Passport, issue
from tests.linting.support import changed, fixtures


@pytest.fixture
def cases(tmp_path: Path) -> tuple[Fixture, ...]:
    return fixtures(tmp_path)


def issued(outlet: Outlet, cases: tuple[Fixture, ...]) -> Passport:
    folder = cases[0].warc.parents[1] if cases else Path("nowhere")
    return issue(outlet, Outlets([outlet]), cases, folder)


def write(fixture: Fixture, *, by: str | None = None, **changes: object) -> None:
    """Change what a fixture expects, and vouch for it."""
    expectation = fixture.expectation()
    expectation = type(expectation)(
        **{**{name: getattr(expectation, name) for name in expectation.__struct_fields__}, **changes}
    )
    if by is not None:
        expectation = attest(expectation, open_recording(fixture), by, date(2026, 11, 22))
    write_expectation(expectation, fixture.json)


def cover_all(cases: tuple[Fixture, ...]) -> None:
    for fixture in cases:
        write(fixture, published="2021-01-13T11:00:00+07:00", authors=("Siti",))


def test_it_says_what_is_known(cases: tuple[Fixture, ...]) -> None:
    passport = issued(changed(), cases)
    assert passport.sources == ("Listing https://uji.example/index",)
    (layout,) = passport.layouts
    assert (layout.name, layout.fixtures) == ("test", ("uji/dua", "uji/satu"))
    assert (layout.first, layout.last) == ("2021-01-13", "2021-01-13")
    assert [(one.name, one.attestation, "title" in one.covered) for one in passport.fixtures] == [
        ("uji/dua", "none", True),
        ("uji/satu", "none", True),
    ]


def test_bronze_asks_for_sources_fixtures_and_no_findings(cases: tuple[Fixture, ...]) -> None:
    assert issued(changed(), cases).tier == "bronze"
    assert issued(dataclasses.replace(changed(), sources=()), cases).tier == "none"
    bare = issued(changed(), ())
    assert (bare.tier, bare.next_tier[0]) == ("none", "it has a layout and a fixture")
    sick = issued(changed(authors=(".penulis",)), cases)
    assert (sick.tier, sick.next_tier) == ("none", ("`kliping outlet check` finds nothing",))
    assert sick.findings == ("dead authors .penulis",)


def test_what_is_let_stand_is_no_finding(cases: tuple[Fixture, ...]) -> None:
    accept(cases[0].warc.parent / FILE_NAME, [Finding("dead", "authors .penulis", "")], "no fixture has a byline")
    passport = issued(changed(authors=(".penulis",)), cases)
    assert (passport.tier, passport.findings, passport.let_stand) == ("bronze", (), 1)


def test_an_outlet_that_is_known_to_be_broken_has_no_tier(cases: tuple[Fixture, ...]) -> None:
    broken = issued(dataclasses.replace(changed(), known_broken="https://lacak.example/7"), cases)
    assert (broken.tier, broken.known_broken) == ("none", "https://lacak.example/7")


def test_silver_asks_for_every_layout_and_every_printed_fact(cases: tuple[Fixture, ...]) -> None:
    assert issued(changed(), cases).next_tier == ("its fixtures cover title, date, byline and body",)
    cover_all(cases)
    assert issued(changed(), cases).tier == "silver"
    assert issued(changed(), cases[:1]).next_tier == ("it has two fixtures",)
    late = Layout(name="late", body=".x")
    accept(cases[0].warc.parent / FILE_NAME, [Finding("untested", "late", "")], "no page of it is left")
    two = dataclasses.replace(changed(), layouts=(*changed().layouts, late))
    assert issued(two, cases).next_tier == ("every layout has a fixture",)


def test_gold_asks_for_a_reader(cases: tuple[Fixture, ...]) -> None:
    cover_all(cases)
    write(cases[0], by="Siti Aminah")
    assert issued(changed(), cases).next_tier[0].startswith("a reader vouches for every fixture")
    write(cases[1], by="Siti Aminah")
    passport = issued(changed(), cases)
    assert (passport.tier, passport.next_tier) == ("gold", ())
    assert {(one.attested_by, one.attested_on) for one in passport.fixtures} == {("Siti Aminah", "2026-11-22")}


def test_an_attestation_of_something_else_is_void(cases: tuple[Fixture, ...]) -> None:
    cover_all(cases)
    for fixture in cases:
        write(fixture, by="Siti Aminah")
    write(cases[0], title="Panen Kecil")
    passport = issued(changed(), cases)
    assert (passport.tier, passport.fixtures[0].attestation) == ("silver", "void")


def test_an_outlet_whose_selectors_are_no_css_has_a_passport(cases: tuple[Fixture, ...]) -> None:
    passport = issued(changed(title=("div..x",)), cases)
    assert (passport.tier, passport.findings) == ("none", ("invalid test title div..x",))
