"""docs/outlets.md is what the outlets and their fixtures give today."""

from __future__ import annotations

from pathlib import Path

from archiver.outlets import load_outlets
from archiver.passport.table import page, passports
from archiver.passport.tiers import CRITERIA

ROOT = Path(__file__).parents[2]


def test_the_page_is_up_to_date() -> None:
    written = (ROOT / "docs" / "outlets.md").read_text(encoding="utf-8")
    assert written == page(passports(ROOT / "fixtures")), "run: make docs"


def test_every_outlet_and_every_criterion_is_in_it() -> None:
    text = (ROOT / "docs" / "outlets.md").read_text(encoding="utf-8")
    for outlet in load_outlets():
        assert f"| `{outlet.name}` |" in text
    for criterion in CRITERIA:
        assert criterion.words in text
