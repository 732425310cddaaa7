"""Who vouches, for what, and when that ends."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from archiver.errors import UsageError
from archiver.fixtures.attestation import attest, standing, unattested
from archiver.fixtures.expectation import Expectation
from archiver.fixtures.recording import Recording, open_recording
from tests.crawling.support import story
from tests.fixtures_room.support import ANSWERS, EXPECTED, PAGE, make_fixture

TODAY = date(2026, 1, 5)


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    return open_recording(make_fixture(tmp_path))


def test_name_day_and_digest_make_an_attestation(recording: Recording) -> None:
    attested = attest(EXPECTED, recording, " Siti  Aminah ", TODAY)
    assert (attested.attested_by, attested.attested_on) == ("Siti Aminah", "2026-01-05")
    assert standing(EXPECTED, recording) == "none"
    assert standing(attested, recording) == "attested"
    assert unattested(attested) == EXPECTED


def test_it_is_void_when_the_expectation_changes(recording: Recording) -> None:
    attested = attest(EXPECTED, recording, "Siti", TODAY)
    assert standing(msgspec.structs.replace(attested, lead="Padi."), recording) == "void"


@pytest.mark.parametrize("path", ["/read/1", "/read/1?page=2"])
def test_it_is_void_when_another_page_is_recorded(recording: Recording, tmp_path: Path, path: str) -> None:
    attested = attest(EXPECTED, recording, "Siti", TODAY)
    other = make_fixture(tmp_path / "other", answers=ANSWERS | {path: story("Lain")})
    assert standing(attested, open_recording(other)) == "void"


def test_it_stays_when_the_same_page_is_recorded_again(recording: Recording, tmp_path: Path) -> None:
    attested = attest(EXPECTED, recording, "Siti", TODAY)
    again = make_fixture(tmp_path / "again", answers=ANSWERS | {"/read/9": story("Lain")})
    assert standing(attested, open_recording(again)) == "attested"


@pytest.mark.parametrize("missing", ["attested_on", "attested_digest"])
def test_a_name_alone_is_none(recording: Recording, missing: str) -> None:
    attested = attest(EXPECTED, recording, "Siti", TODAY)
    assert standing(msgspec.structs.replace(attested, **{missing: None}), recording) == "void"


def test_nobody_vouches_without_a_name_or_for_nothing(recording: Recording) -> None:
    with pytest.raises(UsageError, match="--by needs the name"):
        attest(EXPECTED, recording, " ", TODAY)
    with pytest.raises(UsageError, match="the expectation is empty"):
        attest(Expectation(url=PAGE), recording, "Siti", TODAY)
