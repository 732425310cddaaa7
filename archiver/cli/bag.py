"""`kliping bag`: an archive as a bag for a repository."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver.cli.arguments import open_archive
from archiver.cli.command import Command
from archiver.cli.output import counted, note, quiet_option
from archiver.config import load_config

if TYPE_CHECKING:
    from archiver.archive import Archive
    from archiver.config import Config


@click.command(
    cls=Command,
    short_help="Copy an archive into a BagIt folder for a repository.",
    examples=("kliping bag archive -o /mnt/deposit/berita-2021", "bagit.py --validate /mnt/deposit/berita-2021"),
)
@click.argument("archive", required=False, type=click.Path())
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder to make, whole or not at all; it must not be there.",
)
@click.option("--description", help="External-Description of the bag: what it is, in a sentence.")
@quiet_option
def bag(archive: str | None, output: Path, description: str | None) -> None:
    """Copy ARCHIVE into a bag: its files, with SHA-256 and SHA-512 of each in manifests.

    The bag is made and checked with the Library of Congress' bagit, so any BagIt tool can check it later. Files
    that are still being written are left out; the catalog is copied as of one moment. Operator and contact come
    from kliping.toml.
    """
    place = open_archive(archive)
    from archiver.packaging.bag import make_bag  # noqa: PLC0415 - help must not wait for it

    bagged = make_bag(place, output, _about(place, load_config(), description))
    note(f"{output}: {counted(bagged.files, 'file', 'files')}, {bagged.size / 1_000_000:,.1f} MB, checked")


def _about(archive: Archive, config: Config, description: str | None) -> dict[str, str]:
    """Fields of bag-info.txt that only the user can know, those that are known."""
    contact = config.contact or ""
    fields = {
        "Source-Organization": config.operator,
        "Contact-Email": contact.removeprefix("mailto:") if "://" not in contact else None,
        "External-Description": description or f"Kliping archive {archive.root.resolve().name}: news as captured",
    }
    return {name: value for name, value in fields.items() if value}
