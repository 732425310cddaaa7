"""`kliping show`: read one article, with all that was taken out of its page."""

from __future__ import annotations

from itertools import pairwise

import click
import msgspec

from archiver.catalog import Catalog, Entry
from archiver.cli.arguments import take_archive
from archiver.cli.command import Command
from archiver.cli.output import printable, quiet_option, say, say_rows, write
from archiver.cli.reading import lines_of
from archiver.errors import NotFoundError, UsageError
from archiver.reports.changes import changes
from archiver.takedown.log import TakenDown


@click.command(
    cls=Command,
    short_help="Read one article, and what was taken out of its page.",
    examples=(
        "kliping show archive https://tekno.tempo.co/read/897133/judul",
        "kliping show archive URL --format json | jq .removed",
        "kliping show archive URL --versions",
        "kliping show archive URL --version 1",
        "kliping show archive URL --diff --version 2",
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
@click.option("--versions", "as_list", is_flag=True, help="List the versions: number, capture, words, title.")
@click.option(
    "--diff", "as_diff", is_flag=True, help="What changed from the version before it; without one, from each."
)
@quiet_option
def show(words: tuple[str, ...], form: str, number: int | None, *, as_list: bool, as_diff: bool) -> None:
    """Show the article at URL: text, facts, what was re-routed and removed, and the records behind it.

    Any address will do under which the article is known: its own, one of its pages, the canonical one. An article that
    the outlet has changed has several versions; each stays.
    """
    if as_list and as_diff:
        raise UsageError("--versions and --diff are two views: give one of them")
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
    if as_list:
        say_rows([_row(entry) for entry in versions])
        return
    if as_diff:
        _show_changes(versions, number)
        return
    entry = versions[(number or len(versions)) - 1]
    if form == "json":
        write(msgspec.json.format(msgspec.json.encode(entry.article), indent=2) + b"\n")
        return
    for line in lines_of(entry, len(versions)):
        say(line)


def _row(entry: Entry) -> tuple[str, ...]:
    words = f"{len(entry.article.text.split())} words"
    return str(entry.version), entry.captured, words, printable(entry.article.title or "(no title)")


def _show_changes(versions: list[Entry], number: int | None) -> None:
    """From one version to the next: to this one alone, or all of them."""
    pairs = list(pairwise(versions))
    if not pairs or number == 1:
        say(f"version 1, captured {versions[0].captured}, is the first: there is nothing to compare it with")
        return
    for before, after in pairs if number is None else [pairs[number - 2]]:
        head = f"version {before.version}, captured {before.captured} -> {after.version}, captured {after.captured}"
        say(click.style(head, bold=True))
        for line in changes(before.article, after.article):
            say(printable(line))
