"""Many lines in order, with little of them in memory."""

from __future__ import annotations

import random

import pytest

from warc import lines
from warc.lines import SortedLines


def test_lines_come_in_the_order_of_their_bytes_from_memory_and_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "KEPT", 10)
    written = [f"com,contoh)/{number} é" for number in range(95)] + ["a", "z", "Z", "ü"]
    random.Random(1).shuffle(written)  # noqa: S311 - no secret
    gathered = SortedLines()
    for line in written:
        gathered.append(line)
        gathered.settle()
    assert len(gathered) < 10
    assert list(gathered) == sorted(written, key=str.encode)
    assert list(gathered) == sorted(written, key=str.encode)  # as often as it is asked for
    gathered.close()
    assert list(gathered) == []


def test_the_last_ones_can_be_taken_back() -> None:
    gathered = SortedLines()
    gathered.append("b")
    size = len(gathered)
    gathered.append("a")
    gathered.take_back(size)
    assert list(gathered) == ["b"]
    gathered.close()
