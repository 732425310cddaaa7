"""Fixtures whose page is no article: what a replay makes of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archiver.config import Config
from archiver.crawling.run import replay
from archiver.outlets import load_outlets

FIXTURES = Path(__file__).parent.parent / "fixtures"
OUTLETS = load_outlets()


def expected(case: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(case.read_text(encoding="utf-8"))
    return data


CASES = [case for case in sorted(FIXTURES.glob("*/*.json")) if expected(case)["outcome"] != "saved"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_a_replay_tells_the_outcome_and_saves_nothing(case: Path, tmp_path: Path) -> None:
    outcomes: dict[str, str] = {}
    result = replay(
        [case.with_suffix(".warc.gz")],
        Config(archive=tmp_path / "archive"),
        OUTLETS,
        listener=lambda line: outcomes.update({line.url: line.outcome}),
    )
    assert outcomes[expected(case)["url"]] == expected(case)["outcome"]
    assert "saved" not in outcomes.values()
    assert result.exit_code in (0, 2)


def test_every_outcome_that_a_page_alone_can_have_is_covered() -> None:
    covered = {expected(case)["outcome"] for case in CASES}
    assert covered >= {"paywall", "consent_wall", "challenge", "soft_404", "hijacked", "empty", "forbidden"}
