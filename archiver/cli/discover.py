"""`kliping discover`: what an outlet's sources name, without fetching it."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click
import msgspec

from archiver.cli.command import Command
from archiver.cli.days import days_options
from archiver.cli.fetching import fetching_options
from archiver.cli.output import complain, counted, note, printable, quiet_option, say_rows, write
from archiver.crawling.days import days_of
from archiver.errors import ExitCode
from archiver.outlets import load_outlets

if TYPE_CHECKING:
    from datetime import timezone

    from archiver.cli.fetching import Fetching
    from archiver.crawling.candidates import Listed


@click.command(
    cls=Command,
    short_help="List what an outlet's sources name, without fetching it.",
    examples=(
        "kliping discover tempo --contact you@example.org",
        "kliping discover tempo --since 2021-01-01 --until 2021-01-07 --json | jq .title",
        "kliping discover tempo | grep ^new",
    ),
)
@click.argument("name", metavar="OUTLET")
@days_options
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@fetching_options
@quiet_option
def discover(
    name: str, *, since: datetime | None, until: datetime | None, as_json: bool, fetching: Fetching
) -> ExitCode:
    """List what the sources of OUTLET name, the newest first: state, time at the outlet, address, title, source.

    The sources are fetched as in a crawl, with robots.txt and delay; no article is fetched, and nothing is written:
    neither into the archive nor beside it. The archive, if there is one, is asked what it has. The state is new, due
    (it would be fetched again), known, twin (of an address above it) or not_wanted.

    Exit codes: 0 all sources could be read, 2 not all of them, 64 unknown outlet, 78 configuration.
    """
    outlet = load_outlets(fetching.config.outlets, fetching.config.outlet_dirs).get(name)
    days = days_of(since, until, (outlet,), fetching.as_of)
    from archiver.crawling.candidates import list_candidates  # noqa: PLC0415 - Scrapy is loaded when it is needed

    listing = list_candidates(
        outlet, fetching.config, allow_private=fetching.allow_private, as_of=fetching.as_of, days=days
    )
    candidates = sorted(listing.candidates, key=_instant, reverse=True)
    if as_json:
        for candidate in candidates:
            write(msgspec.json.encode(candidate) + b"\n")
        sys.stdout.flush()
    elif candidates:
        say_rows([_row(candidate, outlet.zone) for candidate in candidates])
    problems = [visit for visit in listing.visits if visit.problem]
    for visit in listing.visits:
        for remark in visit.notes:
            note(f"{visit.url}: {remark}")
    for visit in problems:
        complain(f"source {visit.url}: {visit.problem}")
    named, read = len(listing.candidates), len(listing.visits) - len(problems)
    note(f"{counted(named, 'address', 'addresses')} in {counted(read, 'document', 'documents')} of {outlet.name}")
    return ExitCode.PARTIAL if problems else ExitCode.OK


def _instant(candidate: Listed) -> float:
    try:
        return datetime.fromisoformat(candidate.published or "").timestamp()
    except ValueError:
        return float("-inf")


def _row(candidate: Listed, zone: timezone) -> tuple[str, ...]:
    state = f"{candidate.state} ({candidate.note})" if candidate.note else candidate.state
    time = f"{datetime.fromtimestamp(_instant(candidate), zone):%Y-%m-%d %H:%M}" if candidate.published else "-"
    return tuple(printable(cell) for cell in (state, time, candidate.url, candidate.title or "-", candidate.source))
