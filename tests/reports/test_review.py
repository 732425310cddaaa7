"""The page for whoever vouches: the captured page beside what is expected of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
from bs4 import BeautifulSoup

from archiver.fixtures.attestation import attest
from archiver.fixtures.expectation import Expectation, write_expectation
from archiver.fixtures.recording import open_recording
from archiver.fixtures.store import Fixture
from archiver.reports.review import draw_review
from tests.crawling.support import Answer
from tests.fixtures_room.support import ANSWERS, EXPECTED, PAGE, make_fixture, trial_of


def drawn(fixture: Fixture) -> BeautifulSoup:
    return BeautifulSoup(draw_review(trial_of(fixture), open_recording(fixture)), "lxml")


def texts(soup: BeautifulSoup, query: str) -> list[str]:
    return [" ".join(element.get_text(" ").split()) for element in soup.select(query)]


def test_pages_and_expectation_stand_side_by_side(tmp_path: Path) -> None:
    soup = drawn(make_fixture(tmp_path))
    assert texts(soup, ".page .pagehead") == ["Page 1 of 2", "Page 2 of 2"]
    assert "Panen di Cibodas" in " ".join(texts(soup, ".page .passage"))
    assert texts(soup, ".expected .story") == list(EXPECTED.body)
    assert texts(soup, ".badges .good") == ["read today as expected"]
    assert "attested by nobody" in texts(soup, ".badges li")
    assert texts(soup, ".got") == []


def test_what_is_read_otherwise_is_marked(tmp_path: Path) -> None:
    soup = drawn(make_fixture(tmp_path, msgspec.structs.replace(EXPECTED, title="Panen raya", authors=("Siti",))))
    assert texts(soup, ".badges .bad") == ["read otherwise today: title, authors"]
    assert texts(soup, ".field.differs h3") == ["title", "authors"]
    assert texts(soup, ".got")[1] == "Read today: nothing"


def test_who_vouches_is_told(tmp_path: Path) -> None:
    fixture = make_fixture(tmp_path)
    attested = attest(EXPECTED, open_recording(fixture), "Siti", date(2026, 1, 5))
    write_expectation(attested, fixture.json)
    assert "attested by Siti on 2026-01-05" in texts(drawn(fixture), ".badges .good")
    write_expectation(msgspec.structs.replace(attested, lead="Padi."), fixture.json)
    assert "changed since Siti attested it on 2026-01-05" in texts(drawn(fixture), ".badges .bad")


def test_a_case_without_a_page_says_why(tmp_path: Path) -> None:
    expected = Expectation(url=PAGE, outcome="gone")
    soup = drawn(make_fixture(tmp_path, expected, ANSWERS | {"/read/1": Answer(b"tiada", 404)}))
    assert "There is no page to show: gone (HTTP 404 Not Found)." in texts(soup, ".page p")


def test_it_loads_and_runs_nothing(tmp_path: Path) -> None:
    soup = drawn(make_fixture(tmp_path, msgspec.structs.replace(EXPECTED, title="<script>alert(1)</script>")))
    assert soup.select("script, link, img, iframe, object, embed") == []
    assert "<script>alert(1)</script>" in texts(soup, ".fact")
