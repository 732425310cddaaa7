"""`kliping show`: read one article, with all that was taken out of its page."""

from __future__ import annotations

import click
import msgspec

from archiver.catalog import Catalog
from archiver.cli.arguments import take_archive
from archiver.cli.command import Command
from archiver.cli.output import quiet_option, say, write
from archiver.cli.reading import lines_of
from archiver.errors import NotFoundError, UsageError
from archiver.takedown.log import TakenDown


@click.command(
    cls=Command,
    short_help="Read one article, and what was taken out of its page.",
    examples=(
        "kliping show archive https://tekno.tempo.co/read/897133/judul",
        "kliping show archive URL --format json | jq .removed",
        "kliping show archive URL --version 1",
    ),
)
@click.argument("words", nargs=-1, required=True, metavar="[ARCHIVE] URL")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--version",
    "number",
    type=click.IntRange(min=1),
    metavar="N",
    help="Not the newest version, but the Nth.",
)
@quiet_option
def show(words: tuple[str, ...], form: str, number: int | None) -> None:
    """Show the article at URL: text, facts, what was re-routed and removed, and the records behind it.

    Any address will do under which the article is known: its own, one of its pages, the canonical one.
    """
    archive, rest = take_archive(words)
    if len(rest) != 1:
        raise UsageError("give one address, and before it the archive: kliping show ARCHIVE URL")
    with Catalog(archive.catalog, read_only=True) as catalog:
        versions = catalog.versions(rest[0])
    if not versions:
        if taken_down := TakenDown(archive).why(rest[0]):
            raise NotFoundError(f"{rest[0]} is not in {archive.root}: {taken_down}; {archive.takedowns} tells why")
        raise NotFoundError(f"{archive.root} has no article at {rest[0]}: kliping search finds what it has")
    if number is not None and number > len(versions):
        raise NotFoundError(f"{rest[0]} has {len(versions)} version(s), not {number}")
    entry = versions[(number or len(versions)) - 1]
    if form == "json":
        write(msgspec.json.format(msgspec.json.encode(entry.article), indent=2) + b"\n")
        return
    for line in lines_of(entry, len(versions)):
        say(line)
