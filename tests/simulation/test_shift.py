from __future__ import annotations

from pathlib import Path

from archiver.config import load_config
from archiver.simulation.operator import write_config
from archiver.simulation.shift import Order, open_shift

PORTS = {80: 9, 443: 9}  # nobody listens there


def order(config: Path, outlets: tuple[str, ...] = ("tempo",)) -> Order:
    return Order(outlets, "2026-03-02T00:00:00+07:00", str(config), 0.0, PORTS, "/dev/null")


def test_each_order_is_a_run_of_its_own_and_a_mistake_ends_none_of_them(tmp_path: Path) -> None:
    config = tmp_path / "kliping.toml"
    write_config(config, {"contact": "a@example.org", "archive": "archive", "retries": 0})
    with open_shift() as shift:
        first, second = (shift.crawl(order(config)) for _ in range(2))
        mistaken = shift.crawl(order(config, ("harian",)))
        third = shift.crawl(order(config))
    runs = [report.run for report in (first, second, third)]
    assert len(set(runs)) == 3
    assert all((tmp_path / "archive" / "runs" / str(run) / "run.json").is_file() for run in runs)
    assert {report.exit_code for report in (first, second, third)} == {2}
    assert (mistaken.run, mistaken.exit_code) == (None, 64)
    assert mistaken.problems[0].startswith("unknown outlet 'harian'")


def test_the_operators_file_is_one_that_kliping_reads(tmp_path: Path) -> None:
    path = tmp_path / "kliping.toml"
    write_config(path, {"contact": "a@example.org", "timeout": 5.0, "retries": 1, "outlets": ["spiders.tempo"]})
    config = load_config(path, environ={})
    assert (config.timeout, config.retries, config.outlets) == (5.0, 1, ("spiders.tempo",))
