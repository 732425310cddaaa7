from __future__ import annotations

import json
from pathlib import Path

import pytest

from archiver.fixtures.attestation import unattested
from archiver.fixtures.expectation import read_expectation
from archiver.simulation.expect import expectation, write_expectation
from archiver.simulation.story import load_case
from tests.simulation.cases import CASES, IDS

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.mark.parametrize(("outlet", "name"), CASES, ids=IDS)
def test_the_committed_expectation_is_that_of_the_case(outlet: str, name: str) -> None:
    committed = read_expectation(FIXTURES / outlet / f"{name}.json")
    assert unattested(committed) == expectation(load_case(outlet, name))


def test_body_is_the_story_without_its_junk() -> None:
    expected = expectation(load_case("winpoin", "peramban-jelajah"))
    assert "Tinggal soal kecepatan yang sedikit turun, tetapi itu bisa dimaklumi,” kata" in "\n".join(expected.body)
    assert not [line for line in expected.body if "Baca Juga" in line or "Ikuti Polling" in line or "via" in line]


def test_pages_are_named_in_order() -> None:
    pages = expectation(load_case("tribunnews", "jembatan-lenggar")).pages
    assert [page.partition("?")[2] for page in pages] == ["", "page=2", "page=3"]


def test_an_attestation_stays_while_nothing_changes(tmp_path: Path) -> None:
    target = tmp_path / "kebun-kopi.json"
    case = load_case("tempo", "kebun-kopi")
    write_expectation(case, target)
    target.write_text(target.read_text().replace('"attested_by": null', '"attested_by": "A. Reader"'))
    write_expectation(case, target)
    assert json.loads(target.read_text())["attested_by"] == "A. Reader"


def test_an_attestation_goes_when_something_changes(tmp_path: Path) -> None:
    target = tmp_path / "kebun-kopi.json"
    case = load_case("tempo", "kebun-kopi")
    write_expectation(case, target)
    stale = target.read_text().replace('"attested_by": null', '"attested_by": "A. Reader"').replace("Kopi", "Teh")
    target.write_text(stale)
    write_expectation(case, target)
    assert json.loads(target.read_text())["attested_by"] is None
