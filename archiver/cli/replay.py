"""`kliping replay`: run the spiders over WARC files instead of the network."""

from __future__ import annotations

from pathlib import Path

import click

from archiver.cli.arguments import configured, outlets_option
from archiver.cli.command import Command
from archiver.cli.output import quiet_option
from archiver.cli.running import progress, report
from archiver.config import with_changes
from archiver.operating.after_run import write_page


@click.command(
    cls=Command,
    short_help="Run the spiders over WARC files instead of the network.",
    examples=(
        "kliping replay fixtures/tempo --archive try",
        "kliping replay crawl-20210504.warc.gz",
        "kliping replay /srv/news --archive /srv/news",
    ),
)
@click.argument("files", nargs=-1, required=True, metavar="FIXTURE|WARC...")
@click.option("--archive", metavar="DIR", help="The archive folder; made if it is not there.")
@click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Instead of the working directory's kliping.toml.",
)
@click.option("--any-host", is_flag=True, help="Read pages of unknown hosts too, by the fallback.")
@outlets_option
@quiet_option
def replay(files: tuple[str, ...], *, archive: str | None, config_file: Path | None, any_host: bool) -> int:
    """Run the spiders over WARC files, without any network, into the archive.

    A folder stands for all WARC files in it. The outlet is chosen by the host of each address. The original records
    are copied unchanged; doing it again changes nothing, unless Kliping has learnt to read the pages better.

    Exit codes: 0 done, 2 done in part, 65 a file is damaged (its readable part was used), 66 not found,
    73 archive not writable, 75 another run is at it.
    """
    config, outlets = configured(config_file)
    config = with_changes(config, archive=archive)
    from archiver.crawling.run import replay as run  # noqa: PLC0415 - Scrapy is loaded when it is sure to be needed

    with progress("replay") as listener:
        result = run(files, config, outlets, any_host=any_host, listener=listener)
    return report(result, write_page(result))
