"""Findings that stand: kept with their reason, and told when they are gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.errors import BadDataError
from archiver.linting.accepted import accept, read_accepted, sort
from archiver.linting.findings import Finding

DEAD = Finding("dead", 'drop ad [id^="div-gpt"]', "matches nothing")
ALONE = Finding("untested", "late", "no fixture has a page of it")


def test_what_is_accepted_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "uji" / "check.toml"
    accept(path, [DEAD], "advertisements come and go")
    accept(path, [ALONE], "no page of it is left")
    result = sort([DEAD, ALONE], read_accepted(path))
    assert result.open == ()
    assert result.accepted == ((DEAD, "advertisements come and go"), (ALONE, "no page of it is left"))


def test_a_new_finding_is_open_and_an_old_one_gone(tmp_path: Path) -> None:
    path = tmp_path / "check.toml"
    accept(path, [DEAD], "reason")
    result = sort([ALONE], read_accepted(path))
    assert (result.open, result.accepted, result.gone) == ((ALONE,), (), (DEAD.key,))


def test_findings_of_one_reason_stand_together(tmp_path: Path) -> None:
    path = tmp_path / "check.toml"
    accept(path, [DEAD], "reason")
    accept(path, [ALONE, DEAD], "reason")
    (acceptance,) = read_accepted(path)
    assert acceptance.findings == (DEAD.key, ALONE.key)


def test_nothing_is_accepted_without_a_file(tmp_path: Path) -> None:
    assert read_accepted(tmp_path / "check.toml") == ()


@pytest.mark.parametrize("text", ["accepted = 1", "[[accepted]]\nreason = 'x'", "[[accept]]", "x ="])
def test_a_broken_file_is_told_by_its_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "check.toml"
    path.write_text(text)
    with pytest.raises(BadDataError, match=r"check\.toml: .*; correct the file"):
        read_accepted(path)
