"""What a simulation plans, and what its operator does; that it runs and is judged is in `judging`."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from archiver.config import load_config
from archiver.outlets import load_outlets
from archiver.simulation.operator import Operator
from archiver.simulation.plan import MENDED_AFTER, START, Plan

HOUR = timedelta(hours=1)


def plan(folder: Path, **values: object) -> Plan:
    return Plan(("tempo", "kompas"), folder / "archive", **values)  # type: ignore[arg-type]  # fields by name


def test_a_month_has_its_runs_but_for_the_night_when_the_machine_was_off(tmp_path: Path) -> None:
    runs = list(plan(tmp_path).runs())
    assert len(runs) == 30 * 24 - 4
    assert (runs[0], runs[-1]) == (START, START + timedelta(days=30) - HOUR)
    longest = max(later - earlier for earlier, later in pairwise(runs))
    assert longest == 5 * HOUR
    assert len(list(plan(tmp_path, days=7, every=timedelta(hours=6)).runs())) == 28


def test_the_redesign_is_on_its_day_and_not_beyond_the_end(tmp_path: Path) -> None:
    day = plan(tmp_path, redesign=12)
    assert day.redesigned == START + timedelta(days=11, hours=10)
    assert day.mended == START + timedelta(days=11, hours=10) + MENDED_AFTER
    assert plan(tmp_path, redesign=12, days=11).redesigned is None
    assert plan(tmp_path, redesign=None).mended is None


def test_runs_at_noon_are_those_with_the_long_delay(tmp_path: Path) -> None:
    month = plan(tmp_path, days=2)
    assert [moment - START for moment in month.runs() if month.is_noon(moment)] == [12 * HOUR, 36 * HOUR]


def test_the_operator_adds_a_layout_a_day_after_the_redesign(tmp_path: Path) -> None:
    month = plan(tmp_path, redesign=2)
    assert month.mended is not None
    operator = Operator(month)
    operator.look(month.mended - HOUR)
    before = load_config(operator.config, environ={})
    assert (before.outlets, before.outlet_dirs) == (("spiders.tempo", "spiders.kompas"), ())
    operator.look(month.mended)
    after = load_config(operator.config, environ={})
    outlets = load_outlets(after.outlets, after.outlet_dirs)
    assert {outlet.name for outlet in outlets} == {"tempo", "kompas"}
    assert outlets.get("tempo").layouts[0].name == "nuxt-2024-redesigned"
    assert after.archive.resolve() == month.archive.resolve()
