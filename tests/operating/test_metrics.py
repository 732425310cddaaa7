"""The textfile, read with Prometheus' own parser."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from prometheus_client.parser import text_string_to_metric_families

from archiver.errors import CannotWriteError
from archiver.operating.metrics import write_metrics
from archiver.operating.status import status
from tests.operating.support import NOON, account, keep

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.archive import Archive


def samples(archive: Archive, path: Path) -> dict[tuple[str, ...], float]:
    """The values by metric and labels."""
    write_metrics(status(archive, ["contoh", "lain"], NOON + timedelta(hours=1)), path)
    return {
        (sample.name.removeprefix("kliping_"), *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(path.read_text())
        for sample in family.samples
    }


def test_all_outlets_are_in_it(archive: Archive, tmp_path: Path) -> None:
    keep(archive, account(0, code=2), {"https://contoh.test/1": "saved", "https://contoh.test/2": "timeout"})
    found = samples(archive, tmp_path / "kliping.prom")
    assert found["last_run_timestamp_seconds", "contoh"] == NOON.timestamp()
    assert found["last_run_duration_seconds", "contoh"] == 90
    assert found["last_run_exit_code", "contoh"] == 2
    assert found["last_run_new_articles", "contoh"] == 1
    by_outcome = {key[1:]: value for key, value in found.items() if key[0] == "last_run_outcomes" and value}
    assert by_outcome in (
        {("saved", "contoh"): 1, ("timeout", "contoh"): 1},
        {("contoh", "saved"): 1, ("contoh", "timeout"): 1},
    )
    states = {key[1:] for key, value in found.items() if key[0] == "outlet_state" and value}
    assert {frozenset(state) for state in states} == {frozenset({"contoh", "partial"}), frozenset({"lain", "never"})}
    assert ("last_run_exit_code", "lain") not in found
    assert found["drift", "contoh"] == 0
    assert found["disk_free_bytes",] > 0


def test_a_run_without_an_end_has_neither_code_nor_duration(archive: Archive, tmp_path: Path) -> None:
    keep(archive, account(0, code=None))
    found = samples(archive, tmp_path / "kliping.prom")
    assert ("last_run_timestamp_seconds", "contoh") in found
    assert ("last_run_exit_code", "contoh") not in found
    assert ("last_run_duration_seconds", "contoh") not in found


def test_a_folder_that_is_not_there(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(CannotWriteError, match=r"cannot write the metrics .*kliping\.prom"):
        samples(archive, tmp_path / "none" / "kliping.prom")
