"""`kliping drift`: what the alarm says of the outlets, and accepting what it complains of."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import click
import msgspec

from archiver.archive import Archive
from archiver.cli.arguments import configured, open_archive, outlets_option
from archiver.cli.command import Command
from archiver.cli.output import complain, counted, note, printable, quiet_option, say, write, write_file
from archiver.drift.advice import advice
from archiver.errors import ExitCode, NotFoundError
from archiver.operating.words import minute

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archiver.drift.baseline import Baseline
    from archiver.drift.overview import Condition, Overview
    from archiver.drift.report import DriftReport

_SHOWN: Final = 8
"""Captures that are listed; the report has all."""

_COLOURS: Final[Mapping[Condition, str]] = MappingProxyType(
    {"normal": "green", "break": "red", "quarantined": "red", "unknown": "yellow"}
)


class _OrReport(click.Group):
    """`kliping drift ARCHIVE` is short for `kliping drift report ARCHIVE`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the word in where it was left out."""
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["report", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_OrReport, short_help="Show what the drift alarm says, or accept it.")
def drift() -> None:
    """Show what the drift alarm says of outlets, or accept it.

    Each crawl is compared with the outlet's own history: pages that fit no layout, fields that are missing or come from
    elsewhere, bodies of another length, junk that is no longer found, sources that name less, pages that hold no
    article. A crawl that is not as before ends in exit code 3. Without a further command this is `kliping drift
    report`.
    """


@drift.command(
    cls=Command,
    short_help="Show how outlets stand with the alarm.",
    examples=(
        "kliping drift archive",
        "kliping drift report archive tempo -o drift.html",
        "kliping drift --json | jq '.[] | select(.condition != \"normal\") | .outlet'",
    ),
)
@click.argument("words", nargs=-1, metavar="[ARCHIVE] [OUTLET]")
@click.option("--json", "as_json", is_flag=True, help="All of it as JSON: a list with an object for each outlet.")
@click.option("-o", "--output", type=click.Path(dir_okay=False), metavar="FILE", help="Write a page for a browser.")
@outlets_option
@quiet_option
def report(words: tuple[str, ...], *, as_json: bool, output: str | None) -> ExitCode:
    """Show for each outlet of ARCHIVE, or for OUTLET alone, what is normal, and what is not since when.

    Exit codes: 0 all is as it was, 3 something is not.
    """
    from archiver.drift.overview import overviews  # noqa: PLC0415 - it reads pages, which help need not wait for

    place, name = _archive_and_outlet(words)
    found = overviews(place, [name] if name else None, on_unread=complain)
    if not found:
        raise NotFoundError(f"nothing was crawled into {place.root} yet: the alarm learns from runs of kliping crawl")
    if output is not None:
        from archiver.reports.drift import draw_drift  # noqa: PLC0415 - a page alone needs templates

        write_file(Path(output), [draw_drift(place.root, found).encode("utf-8", "replace")])
        note(f"{output}: {counted(len(found), 'outlet', 'outlets')}")
    if as_json:
        write(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
    elif output is None:
        for number, overview in enumerate(found):
            if number:
                say()
            for line in _lines(overview, place):
                say(line)
    return ExitCode.DRIFT if any(overview.alarm for overview in found) else ExitCode.OK


@drift.command(
    cls=Command,
    short_help="Say that an outlet's new state is right.",
    examples=("kliping drift accept tempo", "kliping drift accept tempo --archive /srv/news"),
)
@click.argument("name", metavar="OUTLET")
@click.option("--archive", "place", type=click.Path(), metavar="DIR", help="The archive.")
@outlets_option
@quiet_option
def accept(name: str, place: str | None) -> None:
    """Take what the alarm complains of at OUTLET for its new normal: an outlet that stopped naming its authors, say.

    History begins anew with the first run that was alarmed. Captures that waited in quarantine become articles. Where
    pages are read wrongly, mend the outlet's layout instead: the next good run ends the alarm by itself.

    Exit codes: 0 done, 66 there is no alarm, 73 archive not writable, 75 a run is at the outlet.
    """
    from archiver.drift.accept import accept as accept_state  # noqa: PLC0415 - it writes articles, and help does not

    config, outlets = configured()
    done = accept_state(open_archive(place), outlets.get(name).name, outlets, config)
    made = f"; {counted(done.released, 'article', 'articles')} that had waited made" if done.released else ""
    note(f"{name}: accepted; the next runs are compared with those since then{made}")


def _archive_and_outlet(words: tuple[str, ...]) -> tuple[Archive, str | None]:
    """An outlet is known by its name, unless a folder has it; everything else is an archive."""
    if len(words) > 2:
        raise click.UsageError("give an archive and an outlet, no more")
    if len(words) == 2:
        return open_archive(words[0]), words[1]
    if words and not Path(words[0]).is_dir() and "/" not in words[0]:
        _, outlets = configured()
        return open_archive(None), outlets.get(words[0]).name
    return open_archive(words[0] if words else None), None


def _lines(overview: Overview, place: Archive) -> Iterator[str]:
    """An outlet as lines, styled for a terminal."""
    condition = overview.condition
    yield click.style(f"{overview.outlet}  {condition}", fg=_COLOURS[condition], bold=True)
    if overview.alarm is not None:
        yield from _alarm(overview, overview.alarm, place)
    elif overview.reports:
        yield f"  last     {_said(overview.reports[0])}"
    if overview.baseline is not None:
        for name, value in normal_lines(overview.baseline):
            yield f"  {name:<9}{value}"
    else:
        yield "  normal   not known yet: no run brought an article"


def _alarm(overview: Overview, alarm: DriftReport, place: Archive) -> Iterator[str]:
    count = counted(overview.alarms, "alarm", "alarms")
    yield f"  since    run {overview.since}, {count}; the last of {minute(alarm.time)}:"
    for breach in alarm.breaches:
        yield f"    {breach.rule}: {printable(breach.words)}"
    if words := waiting_words(overview):
        yield f"  waiting  {words}"
    yield f"  aside    {counted(len(alarm.captures), 'capture', 'captures')}, all in {place.root / 'drift'}"
    for capture in alarm.captures[:_SHOWN]:
        yield f"    {capture.url}  {capture.file} at byte {capture.offset}"
    for number, (command, words) in enumerate(advice(alarm.outlet, str(place.root))):
        yield f"  {'' if number else 'to do':<9}{command}"
        yield f"             {words}"


def waiting_words(overview: Overview) -> str:
    """What waits, in words; nothing outside a quarantine."""
    if overview.condition != "quarantined":
        return ""
    captures = counted(overview.waiting, "capture waits", "captures wait")
    return f"{captures} to become articles when the alarm is over; captures go on"


def _said(report: DriftReport) -> str:
    made = f", {counted(report.released, 'article', 'articles')} made of what had waited" if report.released else ""
    return f"{report.state} in run {report.run}, {minute(report.time)}{made}"


def normal_lines(normal: Baseline) -> Iterator[tuple[str, str]]:
    """What is normal, a line for each kind of number."""
    yield "normal", f"{counted(normal.articles, 'article', 'articles')} of {counted(normal.runs, 'run', 'runs')}"
    yield "layouts", ", ".join(f"{name} {share:.0%}" for name, share in normal.layouts.items())
    yield "fields", ", ".join(f"{name} {share:.0%}" for name, share in normal.fields.items())
    yield "body", f"{normal.characters:,} characters, {normal.blocks} blocks (medians); {normal.removed:.0%} removed"
    yield "no story", f"{normal.turned_away:.1%} of the pages that were read"
    for url, count in normal.sources.items():
        yield "source", f"{url} names {counted(count, 'address', 'addresses')} (median)"
