"""`kliping catalog`: care for the index of an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archiver.catalog.rebuild import rebuild as rebuild_catalog
from archiver.cli.arguments import open_archive
from archiver.cli.command import Command
from archiver.cli.output import complain, counted, note, quiet_option
from archiver.errors import ExitCode

if TYPE_CHECKING:
    from pathlib import Path


@click.group
def catalog() -> None:
    """Care for catalog.db, the index of an archive."""


@catalog.command(cls=Command, examples=("kliping catalog rebuild archive",))
@click.argument("archive", required=False, type=click.Path())
@quiet_option
def rebuild(archive: str | None) -> ExitCode:
    """Make ARCHIVE/catalog.db anew from the WARC files.

    Nothing is fetched and no page is read again: texts and facts come from the records that were written
    beside the captures. The old catalog stays until the new one is complete. Where a WARC file is damaged,
    all before the damage is taken, the old catalog is kept as catalog.db.old, and the exit code is 2.
    """
    place = open_archive(archive)
    result = rebuild_catalog(place, on_file=_show)
    for damage in result.damaged:
        complain(f"{damage}: what stands before it was taken")
    for record in result.unmatched:
        complain(f"the text of metadata record {record} is not in the archive")
    articles = counted(result.articles, "article", "articles")
    captures = counted(result.captures, "capture", "captures")
    files = counted(result.files, "WARC file", "WARC files")
    note(f"{place.catalog}: {articles}, {captures} from {files}")
    return ExitCode.OK if result.whole else ExitCode.PARTIAL


def _show(path: Path) -> None:
    note(f"reading {path.name}")
