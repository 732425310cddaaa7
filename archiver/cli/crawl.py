"""`kliping crawl`: fetch the news of outlets into the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archiver.cli.command import Command
from archiver.cli.fetching import fetching_options
from archiver.cli.output import quiet_option
from archiver.cli.running import progress, report
from archiver.config import with_changes
from archiver.outlets import load_outlets

if TYPE_CHECKING:
    from archiver.cli.fetching import Fetching


@click.command(
    cls=Command,
    short_help="Fetch what is new at the outlets into an archive.",
    examples=(
        "kliping crawl tempo --limit 20 --contact you@example.org",
        "kliping crawl tempo okezone --archive /srv/news",
        "kliping crawl tempo --allow-private --delay 0",
    ),
)
@click.argument("names", nargs=-1, required=True, metavar="OUTLET...")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Fetch at most N articles an outlet.")
@fetching_options
@quiet_option
def crawl(names: tuple[str, ...], *, limit: int | None, fetching: Fetching) -> int:
    """Fetch what is new at OUTLET... into the archive.

    Each response is recorded before it is read. What became of each address is in the run's ledger.

    Exit codes: 0 done, 2 done in part, 73 archive not writable, 75 another run is at it, 78 configuration.
    """
    config = with_changes(fetching.config, limit=limit)
    known = load_outlets(config.outlets)
    outlets = [known.get(name) for name in dict.fromkeys(names)]
    from archiver.crawling.run import crawl as run  # noqa: PLC0415 - Scrapy is loaded when it is sure to be needed

    with progress(", ".join(names)) as listener:
        result = run(outlets, config, allow_private=fetching.allow_private, as_of=fetching.as_of, listener=listener)
    return report(result)
