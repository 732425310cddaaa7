"""What is left beside a simulated archive for whoever wants to look into it: the truth as the network knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from archiver.simulation.judging.check import Check
    from archiver.simulation.month import Lived


def write_truth(lived: Lived, checks: Sequence[Check]) -> Path:
    """Write stories.jsonl, visits.jsonl, spells.jsonl, runs.jsonl and checks.json into ARCHIVE/simulation."""
    folder = lived.plan.archive / "simulation"
    folder.mkdir(exist_ok=True)
    for name, values in (
        ("stories", lived.stories),
        ("visits", lived.visits),
        ("spells", lived.spells),
        ("runs", lived.runs),
    ):
        (folder / f"{name}.jsonl").write_bytes(_lines(values))
    (folder / "checks.json").write_bytes(msgspec.json.format(msgspec.json.encode(checks), indent=2) + b"\n")
    return folder


def _lines(values: Iterable[object]) -> bytes:
    return b"".join(msgspec.json.encode(value) + b"\n" for value in values)
