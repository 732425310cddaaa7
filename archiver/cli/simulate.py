"""`kliping simulate`: a month of hourly crawls over invented news, and a judge who knows the truth."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from archiver.cli.command import Command
from archiver.cli.output import complain, note, quiet_option, say
from archiver.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.simulation.judging.check import Check
    from archiver.simulation.month import Day, Lived

_OUTLETS: Final = ("tempo", "okezone", "kompas")

_TOLD: Final = 5
"""So many failures of a check are shown; all of them are in checks.json."""

_UNITS: Final = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


class _Span(click.ParamType[timedelta]):
    """A span of time: 30m, 1h, 1d."""

    name = "span"

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> timedelta:
        if isinstance(value, timedelta):
            return value
        number, unit = str(value)[:-1], str(value)[-1:]
        if unit not in _UNITS or not number.isdecimal() or int(number) == 0:
            self.fail(f"{value!r} is no span of time: write 30m, 1h or 1d", parameter, context)
        return int(number) * _UNITS[unit]


@click.command(
    cls=Command,
    short_help="Crawl a made-up news network for a month of its time, and judge what came of it.",
    examples=(
        "kliping simulate --days 2",
        "kliping simulate okezone tempo detik --days 30 --archive /tmp/month",
        "kliping simulate --seed 7 --redesign-day 0 --json",
    ),
)
@click.argument("names", nargs=-1, metavar="[OUTLET]...")
@click.option(
    "--days", type=click.IntRange(min=1), default=30, show_default=True, metavar="N", help="How long it lasts."
)
@click.option("--every", type=_Span(), default="1h", show_default=True, help="Time between two runs: 30m, 1h, 1d.")
@click.option(
    "--articles", type=click.IntRange(min=1), default=12, show_default=True, metavar="N", help="An outlet's in a day."
)
@click.option(
    "--seed", type=int, default=1, show_default=True, metavar="N", help="The same number makes the same month."
)
@click.option(
    "--redesign-day",
    type=click.IntRange(min=0),
    default=12,
    show_default=True,
    metavar="DAY",
    help="When the first outlet changes how its pages are built; 0 for never.",
)
@click.option(
    "--archive",
    type=click.Path(path_type=Path),
    default=Path("simulated-archive"),
    show_default=True,
    metavar="DIR",
    help="The archive to make; it must not be there yet.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the checks as one JSON object.")
@quiet_option
def simulate(
    names: tuple[str, ...],
    *,
    days: int,
    every: timedelta,
    articles: int,
    seed: int,
    redesign_day: int,
    archive: Path,
    as_json: bool,
) -> int:
    """Let OUTLET... (tempo, okezone and kompas) publish invented news for some days, crawl them, and judge the archive.

    The outlets' own hosts are served on this machine under a simulated clock; nothing else is asked. They publish,
    edit, withdraw, throttle, fail and mislead. The crawl is the real one. In the end the network's journal of the
    truth is held against the archive, claim by claim.

    Exit codes: 0 all claims hold, 2 some do not, 64 usage, 78 configuration.
    """
    from archiver.simulation import month  # noqa: PLC0415 - the simulation is an extra
    from archiver.simulation.judging import judge  # noqa: PLC0415 - the same
    from archiver.simulation.plan import Plan  # noqa: PLC0415 - the same
    from archiver.simulation.truth import write_truth  # noqa: PLC0415 - the same

    plan = Plan(
        tuple(dict.fromkeys(names or _OUTLETS)),
        archive,
        days=days,
        every=every,
        seed=seed,
        per_day=articles,
        redesign=redesign_day or None,
    )
    lived = month.simulate(plan, _tell_day)
    checks = tuple(judge(lived))
    write_truth(lived, checks)
    if as_json:
        say(json.dumps(_summary(lived, checks), ensure_ascii=False, indent=2))
    else:
        _tell_checks(lived, checks)
    return ExitCode.PARTIAL if any(check.failures for check in checks) else ExitCode.OK


def _tell_day(day: Day) -> None:
    codes = ", ".join(f"{count} x exit {code}" for code, count in sorted(day.codes.items()))
    note(f"day {day.number:3}  {day.published:4} published  {day.visits:5} requests  {day.runs:3} runs: {codes}")


def _tell_checks(lived: Lived, checks: Sequence[Check]) -> None:
    width = max(len(check.claim) for check in checks)
    say(f"{'claim':<{width}}  {'cases':>7}  {'wrong':>5}  verdict")
    for check in checks:
        remark = f"  ({check.note})" if check.note else ""
        say(f"{check.claim:<{width}}  {check.cases:7}  {len(check.failures):5}  {check.verdict}{remark}")
    for check in checks:
        for failure in check.failures[:_TOLD]:
            complain(f"{check.claim}: {failure}")
        if len(check.failures) > _TOLD:
            complain(f"{check.claim}: {len(check.failures) - _TOLD} more")
    say(f"archive  {lived.plan.archive}")
    say(f"truth    {lived.plan.archive / 'simulation'}")


def _summary(lived: Lived, checks: Sequence[Check]) -> dict[str, object]:
    return {
        "days": lived.plan.days,
        "outlets": lived.plan.outlets,
        "seed": lived.plan.seed,
        "stories": len(lived.stories),
        "requests": len(lived.visits),
        "runs": len(lived.runs),
        "checks": [
            {
                "claim": check.claim,
                "cases": check.cases,
                "verdict": check.verdict,
                "failures": check.failures,
                "note": check.note,
            }
            for check in checks
        ],
    }
