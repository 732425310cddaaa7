"""`kliping wacz`: an archive, or some of its articles, as one file that replays in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver.catalog import Catalog, Filters
from archiver.cli.arguments import open_archive
from archiver.cli.command import Command
from archiver.cli.filters import filter_options
from archiver.cli.output import complain, counted, note, quiet_option
from archiver.errors import BadDataError, NotFoundError, UsageError

if TYPE_CHECKING:
    from warc.signing import Signer


@click.command(
    cls=Command,
    short_help="Pack an archive into one file that replays in a browser.",
    examples=(
        "kliping wacz archive -o archive.wacz",
        "kliping wacz archive --outlet tempo --since 2021-01-01 --until 2021-01-31 -o tempo-2021-01.wacz",
        "openssl ecparam -name secp384r1 -genkey -noout -out key.pem",
        "kliping wacz archive --sign key.pem -o archive.wacz",
    ),
)
@click.argument("archive", required=False, type=click.Path())
@filter_options
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write, whole or not at all; its name ends in .wacz.",
)
@click.option("--title", help="What the package calls itself.")
@click.option(
    "--sign",
    "key",
    type=click.Path(path_type=Path),
    metavar="KEY",
    help="Sign it with the private key in this PEM file, on the curve P-384.",
)
@quiet_option
def wacz(archive: str | None, filters: Filters, output: Path, title: str | None, key: Path | None) -> None:
    """Pack ARCHIVE into a WACZ file: WARC files, their index, and the articles as a list of pages.

    ReplayWeb.page opens it, from a disk or a web server, and its search goes through the clean text. Without
    --outlet, --since and --until all WARC files go in as they are. With them, the articles that pass go in, in all
    their versions: captures with request and crawl information, text, the robots.txt that was asked, and what the
    pages load, as far as it was captured. These lie in one WARC file, each record byte for byte.

    Every record is checked on its way. A file that is damaged ends the command with code 65; kliping verify
    finds all faults.
    """
    if output.suffix != ".wacz":
        raise UsageError(f"{output}: the name of a WACZ file ends in .wacz")
    signer = _signer(key) if key else None
    place = open_archive(archive)
    from archiver.packaging.wacz import package  # noqa: PLC0415 - help must not wait for it

    with Catalog(place.catalog, read_only=True) as catalog:
        packed = package(
            place,
            catalog,
            output,
            filters=filters,
            title=title,
            signer=signer,
            on_file=lambda name: note(f"packing {name}"),
        )
    if packed.left_out:
        versions = counted(packed.left_out, "version of an article is", "versions of articles are")
        complain(f"{versions} left out: the capture is in no finished WARC file")
    contents = packed.contents
    pages = counted(contents.pages, "page", "pages")
    captures = counted(contents.captures, "capture", "captures")
    files = counted(contents.warcs, "WARC file", "WARC files")
    note(f"{output}: {pages}, {captures}, {files}, {contents.size / 1_000_000:,.1f} MB")


def _signer(path: Path) -> Signer:
    from warc.signing import load_signer  # noqa: PLC0415 - few packages are signed

    try:
        return load_signer(path)
    except ValueError as error:
        raise BadDataError(f"{error}: openssl ecparam -name secp384r1 -genkey -noout -out KEY makes one") from error
    except OSError as error:
        raise NotFoundError(f"cannot read the key {path}: {error.strerror or error}") from error
