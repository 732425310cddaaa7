"""`kliping export`: the articles of an archive as one file for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver.catalog import Catalog, Entry, Filters
from archiver.catalog.export import FORMATS
from archiver.cli.arguments import open_archive
from archiver.cli.command import Command
from archiver.cli.filters import filter_options
from archiver.cli.output import counted, note, quiet_option, write, write_file

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command(
    cls=Command,
    short_help="Write the articles as JSON Lines, CSV or text.",
    examples=(
        "kliping export archive > articles.jsonl",
        "kliping export archive --outlet tempo --since 2021-01-01 --format csv -o tempo.csv",
        "kliping export archive --format text | less",
    ),
)
@click.argument("archive", required=False, type=click.Path())
@filter_options
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="jsonl", show_default=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write to this file, whole or not at all; else to stdout.",
)
@quiet_option
def export(
    archive: str | None,
    filters: Filters,
    form: str,
    output: Path | None,
) -> None:
    """Write the articles of ARCHIVE, the newest version of each, by day.

    jsonl has the whole article, with all that was removed; csv its fields and text; text the words alone.
    Each row names the response record that it was cut out of, and the date of that capture.
    """
    with Catalog(open_archive(archive).catalog, read_only=True) as catalog:
        count = 0

        def taken() -> Iterator[Entry]:
            nonlocal count
            for entry in catalog.articles(filters):
                count += 1
                yield entry

        rows = FORMATS[form](taken())
        if output is None:
            for row in rows:
                write(row)
        else:
            write_file(output, rows)
    note(counted(count, "article", "articles"))
