"""What is read today as an expectation."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from archiver.errors import UsageError
from archiver.fixtures.draft import draft
from archiver.fixtures.expectation import Expectation, ExpectedCandidate, ExpectedRemoval, ExpectedSource
from archiver.fixtures.words import expectation_changes
from tests.crawling.support import SITE
from tests.fixtures_room.support import ANSWERS, EXPECTED, PAGE, make_fixture, trial_of

EMPTY = Expectation(url=PAGE, outlet="uji", captured=EXPECTED.captured)


def test_an_empty_expectation_is_filled(tmp_path: Path) -> None:
    drafted = draft(trial_of(make_fixture(tmp_path, EMPTY)))
    assert drafted.rerouted == ("date",)
    assert [removal.kind for removal in drafted.removed] == ["other", "pagination"]
    assert msgspec.structs.replace(drafted, rerouted=(), removed=()) == EXPECTED


def test_what_a_draft_says_is_met(tmp_path: Path) -> None:
    fixture = make_fixture(tmp_path, EMPTY)
    drafted = draft(trial_of(fixture))
    again = make_fixture(tmp_path / "again", drafted)
    assert draft(trial_of(again)) == drafted


def test_what_is_said_at_least_stays_as_far_as_it_is_met(tmp_path: Path) -> None:
    old = msgspec.structs.replace(
        EXPECTED,
        title="Lain",
        rerouted=("date", "byline"),
        removed=(ExpectedRemoval("other", "page=2"), ExpectedRemoval("ad", "Iklan")),
        must_not=("iklan", "kepala desa"),
        attested_by="Siti",
        attested_on="2026-01-05",
        attested_digest="sha256:0",
    )
    drafted = draft(trial_of(make_fixture(tmp_path, old)))
    assert drafted == msgspec.structs.replace(
        EXPECTED, rerouted=("date",), removed=old.removed[:1], must_not=("iklan",)
    )


def test_only_the_fields_that_were_named(tmp_path: Path) -> None:
    old = msgspec.structs.replace(EXPECTED, title="Lain", body=("Lain.",))
    drafted = draft(trial_of(make_fixture(tmp_path, old)), ["title"])
    assert (drafted.title, drafted.body) == (EXPECTED.title, ("Lain.",))
    with pytest.raises(UsageError, match="there is no field 'judul': the fields are outcome, "):
        draft(trial_of(make_fixture(tmp_path, old)), ["judul"])


def test_of_a_page_that_is_no_article_the_outcome_alone(tmp_path: Path) -> None:
    answers = {path: ANSWERS[path] for path in ("/index", "/read/9")}
    gone = make_fixture(tmp_path, EMPTY, answers | {"/read/1": ANSWERS["/read/1?page=3"]})
    drafted = draft(trial_of(gone))
    assert drafted.covered == ("outcome", "requests", "articles")
    assert drafted.outcome == "gone"


def test_of_a_source_what_it_names(tmp_path: Path) -> None:
    old = Expectation(url=f"{SITE}/index", outcome=None)
    drafted = draft(trial_of(make_fixture(tmp_path, old, {"/index": ANSWERS["/index"]})))
    assert drafted.sources == (ExpectedSource(old.url, (ExpectedCandidate(f"{SITE}/read/9", "Baca /read/9"),)),)
    assert drafted.requests == (f"{SITE}/read/9",)


def test_changes_are_told_key_by_key() -> None:
    before = Expectation(url=PAGE, title="Panen raya", lead="Padi gogo.", body=("Satu.", "Dua."))
    after = Expectation(url=PAGE, title="Banjir", authors=("Siti",), body=("Satu.",), attested_by="Siti")
    assert list(expectation_changes(before, after)) == [
        *("title", "  - Panen raya", "  + Banjir"),
        *("lead", "  - Padi gogo."),
        *("authors", "  + Siti"),
        *("body", "    Satu.", "  - Dua."),
    ]
    assert list(expectation_changes(EXPECTED, EXPECTED)) == []
