from __future__ import annotations

from pathlib import Path

import pytest

from archiver.config import load_config
from archiver.drift.settings import Drift
from archiver.errors import ConfigError


def read(folder: Path, text: str) -> Drift:
    path = folder / "kliping.toml"
    path.write_text(text)
    return load_config(path, environ={}).drift


def test_the_alarm_is_on_by_default(tmp_path: Path) -> None:
    assert read(tmp_path, "") == Drift(enabled=True, tolerance=4.0, quarantine_after=3)


def test_the_file_says_otherwise(tmp_path: Path) -> None:
    found = read(tmp_path, "[drift]\nenabled = false\ntolerance = 3\nquarantine_after = 0\n")
    assert found == Drift(enabled=False, tolerance=3.0, quarantine_after=0)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("tolerance = 0.5", "tolerance = 4.0"),
        ("quarantine_after = -1", "quarantine_after = 3"),
        ('enabled = "no"', "enabled = false"),
        ("tolerence = 4", "did you mean tolerance"),
    ],
)
def test_a_mistake_is_told_with_what_to_write(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(ConfigError, match="drift") as told:
        read(tmp_path, f"[drift]\n{line}\n")
    assert words in str(told.value)
