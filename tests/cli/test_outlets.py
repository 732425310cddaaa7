"""`kliping outlets`: a table for people, tabs for programs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.cli.conftest import Done


def test_a_line_for_each_outlet(kliping: Callable[..., Done]) -> None:
    done = kliping("outlets")
    assert done.code == 0
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert {len(row) for row in rows} == {4}
    (tempo,) = [row for row in rows if row[0] == "tempo"]
    assert tempo[2] == "tempo.co"
    assert "amp-2021" in tempo[3].split(", ")


def test_columns_on_a_terminal(kliping: Callable[..., Done], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    lines = kliping("outlets").out.splitlines()
    assert "\t" not in lines[0]
    assert len({line.index(line.split()[1]) for line in lines}) == 1
