"""`kliping why`: the whole story of one address."""

from __future__ import annotations

import click
import msgspec

from archiver.archive import Archive
from archiver.cli.arguments import configured, outlets_option, take_archive
from archiver.cli.command import Command
from archiver.cli.output import printable, quiet_option, say, write
from archiver.crawling.frontier import normal
from archiver.crawling.schedule import Schedule
from archiver.discovery.addresses import main_address, untracked
from archiver.errors import NotFoundError, UsageError
from archiver.outlet import Outlet
from archiver.reports.fate import Fate, fate_of
from archiver.reports.fate_words import in_words


@click.command(
    cls=Command,
    short_help="Tell what became of one address, and why.",
    examples=(
        "kliping why archive https://tekno.tempo.co/read/897133/judul",
        "kliping why https://www.okezone.com/read/1 --json | jq '.told[].line.outcome'",
    ),
)
@click.argument("words", nargs=-1, required=True, metavar="[ARCHIVE] URL")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@outlets_option
@quiet_option
def why(words: tuple[str, ...], *, as_json: bool) -> None:
    """Tell the story of URL: which runs came upon it, from where, and what became of it there, with the evidence.

    Then what the archive has of it: captures, versions and what changed between them, other addresses of the article,
    and when it is visited next.

    Exit codes: 0 told, 66 nothing is known of the address.
    """
    archive, rest = take_archive(words)
    if len(rest) != 1:
        raise UsageError("give one address, and before it the archive: kliping why ARCHIVE URL")
    given = normal(rest[0])
    if given is None:
        raise UsageError(f"{rest[0]!r} is no web address: write https://…")
    config, outlets = configured()
    outlet = outlets.for_url(given)
    plan = Schedule.of_seconds(config.revisits)
    fates = (fate_of(url, archive, outlet, plan) for url in _spellings(given, outlet))
    fate = next((fate for fate in fates if fate.is_known), None)
    if fate is None:
        raise NotFoundError(_unknown(given, archive, outlet))
    _show(fate, as_json=as_json)


def _spellings(url: str, outlet: Outlet | None) -> list[str]:
    """The address as given, then as a crawl asks for it, then that of its article."""
    plain = untracked(url.partition("#")[0])
    return list(dict.fromkeys((url, plain, main_address(plain, outlet) if outlet else plain)))


def _show(fate: Fate, *, as_json: bool) -> None:
    if as_json:
        write(msgspec.json.format(msgspec.json.encode(fate), indent=2) + b"\n")
        return
    for line in in_words(fate):
        say(click.style(printable(line), bold=True) if not line.startswith(" ") else printable(line))


def _unknown(url: str, archive: Archive, outlet: Outlet | None) -> str:
    known = f"nothing in {archive.root} knows {url}: no run came upon it"
    if outlet is None:
        return f"{known}, and no outlet owns its host; kliping capture {url} fetches it all the same"
    if not outlet.wants(url):
        return f"{known}, and {outlet.name} takes it for no article's address; kliping capture {url} fetches it"
    return (
        f"{known}. {outlet.name} would take it for an article: kliping discover {outlet.name} shows what its sources "
        f"name today, kliping capture {url} fetches it"
    )
