from __future__ import annotations

import sys
from pathlib import Path

import pytest

from archiver.simulation.__main__ import main
from archiver.simulation.story import case_names
from tests.simulation.cases import CASES


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["simulation", *arguments])
    return main()


def test_list_names_every_case(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["/".join(case) for case in CASES]


def test_expect_writes_those_of_an_outlet(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(monkeypatch, "expect", "winpoin") == 0
    written = [f"fixtures/winpoin/{name}.json" for name in case_names("winpoin")]
    assert capsys.readouterr().out.splitlines() == written
    assert all(Path(name).is_file() for name in written)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("record", "koran"), 66, "no simulated outlet 'koran': there are "),
        (("record", "tempo", "kebun-kopi", "--as-of", "kemarin"), 64, "'kemarin' is no date"),
        (("record", "--as-of", "2020-01-01"), 64, "belong to one recording"),
        (("rekam",), 64, "No such command"),
    ],
)
def test_a_mistake_is_answered_with_a_message(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    code: int,
    message: str,
) -> None:
    assert run(monkeypatch, *arguments) == code
    assert message in capsys.readouterr().err
