"""`kliping search`: find articles by their words."""

from __future__ import annotations

import click
import msgspec

from archiver.catalog import Catalog, Filters, Hit
from archiver.catalog.search import MATCH_END, MATCH_START
from archiver.cli.arguments import take_archive
from archiver.cli.command import Command
from archiver.cli.filters import filter_options
from archiver.cli.output import note, printable, quiet_option, say, write
from archiver.errors import UsageError


@click.command(
    cls=Command,
    short_help="Find articles by their words.",
    examples=(
        "kliping search archive telegram kominfo",
        "kliping search archive '\"pendiri telegram\"' --outlet tempo",
        "kliping search archive 'blokir*' --since 2021-01-01 --json",
    ),
)
@click.argument("words", nargs=-1, required=True, metavar="[ARCHIVE] WORDS...")
@filter_options
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@quiet_option
def search(
    words: tuple[str, ...],
    filters: Filters,
    limit: int,
    *,
    as_json: bool,
) -> None:
    """Find the articles in which all WORDS occur, the best match first.

    Case and accents don't matter; title and lead weigh more than the text. Words in quotes stand together, a
    star at the end of a word stands for any ending. The newest version of each article is searched.
    """
    archive, terms = take_archive(words)
    if not terms:
        raise UsageError(f"{archive.root} is an archive: say after it which words to look for")
    with Catalog(archive.catalog, read_only=True) as catalog:
        hits = catalog.search(" ".join(terms), filters, limit=limit)
    for hit in hits:
        if as_json:
            write(msgspec.json.encode(_plain(hit)) + b"\n")
        else:
            _print(hit)
    if not hits:
        note("nothing found")


def _print(hit: Hit) -> None:
    say(click.style(printable(hit.title or "(no title)"), bold=True))
    say(f"  {hit.day}  {printable(hit.outlet or '-')}  {printable(hit.url)}")
    pieces = hit.snippet.replace("\n", " ").split(MATCH_START)
    shown = printable(pieces[0])
    for piece in pieces[1:]:
        matched, _, rest = piece.partition(MATCH_END)
        shown += click.style(printable(matched), bold=True) + printable(rest)
    say(f"  {' '.join(shown.split())}")
    say()


def _plain(hit: Hit) -> dict[str, object]:
    values: dict[str, object] = msgspec.to_builtins(hit)
    return values | {"snippet": hit.snippet.replace(MATCH_START, "").replace(MATCH_END, "")}
