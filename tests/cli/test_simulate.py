"""`kliping simulate` as its user sees it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Done

Kliping = Callable[..., Done]


def test_half_a_day_is_lived_judged_and_told(kliping: Kliping, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    done = kliping("simulate", "--days", "1", "--every", "12h", "tempo", "--archive", archive, "--json")
    told = done.json()
    assert (done.code, told["runs"], told["outlets"]) == (0, 2, ["tempo"])
    verdicts = {check["claim"]: check["verdict"] for check in told["checks"]}
    assert verdicts["every story that was up is in the archive"] == "ok"
    assert verdicts["the redesign is alarmed in the next run"] == "not tried"
    assert "day   1" in done.err
    truth = archive / "simulation"
    assert json.loads((truth / "checks.json").read_bytes())[0]["claim"] == told["checks"][0]["claim"]
    assert len((truth / "visits.jsonl").read_bytes().splitlines()) == told["requests"]
    assert len((truth / "stories.jsonl").read_bytes().splitlines()) == told["stories"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--every", "soon"], 64, "'soon' is no span of time: write 30m, 1h or 1d"),
        (["--every", "0h"], 64, "'0h' is no span of time"),
        (["--days", "0"], 64, "0 is not in the range"),
        (["harian"], 64, "unknown outlet 'harian': the outlets are antara, detik"),
        (["--archive", "full"], 64, "full is not empty: a simulation makes an archive of its own, name another folder"),
    ],
)
def test_a_mistake_is_told_and_nothing_is_made(
    arguments: list[str], code: int, message: str, kliping: Kliping, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")
    done = kliping("simulate", *arguments)
    assert (done.code, done.out) == (code, "")
    assert message in done.err
    assert not (tmp_path / "simulated-archive").exists()
