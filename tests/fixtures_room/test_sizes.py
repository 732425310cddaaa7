"""What the fixtures of this repository may weigh. They are cloned by everybody who wants to add an outlet."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.fixtures.recording import open_recording
from archiver.fixtures.store import Fixture, find_fixtures

FIXTURES = find_fixtures(Path(__file__).parents[2] / "fixtures")

CASE = 64_000
"""Bytes of a recording: three pages of an article, its sources and what was asked for them take two thirds of that."""

WHOLE = 1_500_000
"""Bytes of all recordings and expectations together."""


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.name)
def test_a_case_is_small(fixture: Fixture) -> None:
    assert fixture.size <= CASE


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.name)
def test_nothing_is_in_a_case_twice(fixture: Fixture) -> None:
    assert open_recording(fixture).repeated == 0


def test_all_of_them_are_small() -> None:
    assert sum(fixture.size + fixture.json.stat().st_size for fixture in FIXTURES) <= WHOLE
