"""`kliping status`: how all outlets of an archive stand, at a glance."""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import click
import msgspec

from archiver.cli.arguments import MOMENT, configured, open_archive, outlets_option
from archiver.cli.command import Command
from archiver.cli.output import complain, counted, note, printable, quiet_option, say, write
from archiver.duration import in_words
from archiver.errors import ExitCode
from archiver.operating.words import ago, minute, size

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archiver.operating.values import OutletStatus, State, Status

_HEADS: Final = ("outlet", "last run", "took", "state", "new", "24 h", "7 d", "articles", "oldest", "newest")
_WIDTH: Final = 100
"""Columns; an address that is longer than a line is not broken."""

_NUMBERS: Final = range(4, 8)
"""Columns that are set to the right."""

_COLOURS: Final[Mapping[State, str]] = MappingProxyType(
    {
        "well": "green",
        "partial": "yellow",
        "running": "yellow",
        "drift": "red",
        "failure": "red",
        "killed": "red",
    }
)


@click.command(
    cls=Command,
    short_help="Show how all outlets of an archive stand.",
    examples=(
        "kliping status",
        "kliping status /srv/news --json | jq '.outlets[] | select(.state != \"well\")'",
        "kliping status --metrics /var/lib/prometheus/node-exporter/kliping.prom",
    ),
)
@click.argument("archive", required=False, type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="The same and more as one JSON object.")
@click.option("--metrics", type=click.Path(path_type=Path), metavar="FILE", help="Write it for Prometheus, too.")
@click.option("--at", "moment", type=MOMENT, metavar="DATE", help="Count the hours back from then, not from now.")
@outlets_option
@quiet_option
def status(archive: str | None, *, as_json: bool, metrics: Path | None, moment: datetime | None) -> ExitCode:
    """Show all outlets of ARCHIVE: their last run, what it brought, and what needs a look.

    `new` counts the new articles of the last run, `24 h` and `7 d` those of the last day and week. `oldest` and
    `newest` are captures. Below an outlet stands what became of the addresses of its last run.

    States: well; partial (something could not be had); drift (pages no longer look as they used to); failure;
    running; killed (the last run was never finished); never (no run yet).

    Exit codes: 0 whatever the state is, 66 no archive.
    """
    _, known = configured()
    place = open_archive(archive)
    from archiver.operating.status import status as read  # noqa: PLC0415 - help must not wait for it

    now = moment or datetime.now(UTC)
    found = read(place, (outlet.name for outlet in known), now)
    if metrics is not None:
        from archiver.operating.metrics import write_metrics  # noqa: PLC0415 - the same

        write_metrics(found, metrics)
        note(f"wrote {metrics}")
    if as_json:
        write(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
    else:
        _say(found, now)
    for line in found.unread:
        complain(line)
    return ExitCode.OK


def _say(found: Status, now: datetime) -> None:
    say(f"archive  {found.archive} at {minute(found.time)}")
    say()
    outlets = sorted(found.outlets, key=lambda outlet: outlet.last is None)  # those without a run come last
    rows: list[tuple[str, ...]] = [_HEADS, *(_row(outlet, now) for outlet in outlets)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row, outlet in zip(rows, (None, *outlets), strict=True):
        cells = [
            f"{cell:>{width}}" if number in _NUMBERS else f"{cell:<{width}}"
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        if outlet is not None:
            cells[3] = click.style(cells[3], fg=_COLOURS.get(outlet.state))
        say("  ".join(cells).rstrip())
        if outlet is not None and outlet.last is not None:
            say(f"  {_outcomes(outlet.last.counts)}")
    say()
    for outlet in outlets:
        for remark in _remarks(outlet):
            for number, line in enumerate(_wrapped(printable(remark), _WIDTH - widths[0] - 2)):
                say(f"{'' if number else outlet.outlet:<{widths[0]}}  {line}")
    disk = found.disk
    parts = f"WARC {size(disk.warc)}, index {size(disk.index)}, catalog {size(disk.catalog)}, runs {size(disk.runs)}"
    say(f"disk     {size(disk.used)} used ({parts}), {size(disk.free)} of {size(disk.size)} free")


def _wrapped(remark: str, width: int) -> list[str]:
    return textwrap.wrap(remark, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def _row(outlet: OutletStatus, now: datetime) -> tuple[str, ...]:
    last = outlet.last
    return (
        outlet.outlet,
        ago(last.started, now) if last else "never",
        in_words(last.seconds) if last and last.seconds is not None else "",
        f"{outlet.state} {last.exit_code}" if last and outlet.state == "failure" else outlet.state if last else "",
        f"{last.new:,}" if last else "",
        *(_number(count) for count in (outlet.new_day, outlet.new_week, outlet.articles)),
        *((moment or "")[:10] for moment in (outlet.oldest, outlet.newest)),
    )


def _number(count: int | None) -> str:
    return "?" if count is None else f"{count:,}"


def _outcomes(counts: dict[str, int]) -> str:
    told = ", ".join(f"{count:,} {outcome.replace('_', ' ')}" for outcome, count in counts.items())
    return f"{counted(sum(counts.values()), 'address', 'addresses')}{': ' if told else ''}{told}"


def _remarks(outlet: OutletStatus) -> Iterator[str]:
    """What there is to be known of an outlet besides its numbers."""
    last = outlet.last
    if outlet.locked_by is not None:
        yield f"process {outlet.locked_by} is writing to it"
    if outlet.state == "killed" and last is not None:
        yield f"the run of {minute(last.started)} was killed; the next one finishes its files"
    elif outlet.state == "failure" and last is not None:
        yield f"the run of {minute(last.started)} failed: {last.reason}"
    if last is not None and last.problems:
        more = f", and {len(last.problems) - 1} more" if len(last.problems) > 1 else ""
        yield f"{counted(len(last.problems), 'source', 'sources')} not read: {last.problems[0]}{more}"
    for gap in outlet.gaps:
        until = f"until {minute(gap.until)}" if gap.until else "on, and still"
        yield f"nobody could look from {minute(gap.since)} {until}: {gap.reason}"
    if outlet.pending:
        yield f"{counted(outlet.pending, 'address waits', 'addresses wait')} for the next run"
    if (drift := outlet.drift) is not None:
        word = "drift" if drift.state == "break" else drift.state
        yield f"{word} since {minute(drift.since)}, {counted(drift.alarms, 'alarm', 'alarms')}"
        yield from (f"  {words}" for words in drift.words)
        if drift.waiting:
            yield f"  {counted(drift.waiting, 'article waits', 'articles wait')} for the end of the quarantine"
