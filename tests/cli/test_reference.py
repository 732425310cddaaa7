"""docs/commands.md says what the commands say of themselves."""

from __future__ import annotations

from pathlib import Path

from archiver.cli.program import COMMANDS
from archiver.cli.reference import reference
from archiver.errors import ExitCode

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), "run: python -m archiver.cli.reference > docs/commands.md"


def test_every_command_and_every_code_is_in_it() -> None:
    page = reference()
    for name in COMMANDS:
        assert f"\n## kliping {name}\n" in page
    for code in ExitCode:
        assert f"\n| {int(code)} | " in page
