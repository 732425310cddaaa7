"""`kliping crawl`: fetch the news of outlets into the archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver.cli.arguments import MOMENT
from archiver.cli.command import Command
from archiver.cli.output import quiet_option
from archiver.cli.running import progress, report
from archiver.config import POLITE_DELAY, load_config, with_changes
from archiver.errors import UsageError
from archiver.outlets import load_outlets

if TYPE_CHECKING:
    from datetime import datetime


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
@click.option("--archive", metavar="DIR", help="The archive folder; made if it is not there.")
@click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Instead of the working directory's kliping.toml.",
)
@click.option("--contact", metavar="ADDRESS", help="Your mail or web address, told to the servers.")
@click.option("--delay", type=click.FloatRange(min=0), metavar="SECONDS", help="Between two requests to a host.")
@click.option("--allow-private", is_flag=True, help="Crawl hosts in private networks and on this machine.")
@click.option("--as-of", type=MOMENT, metavar="DATE", help="Record under this date; for made-up sites.")
@quiet_option
def crawl(
    names: tuple[str, ...],
    *,
    limit: int | None,
    archive: str | None,
    config_file: Path | None,
    contact: str | None,
    delay: float | None,
    allow_private: bool,
    as_of: datetime | None,
) -> int:
    """Fetch what is new at OUTLET... into the archive.

    Each response is recorded before it is read. What became of each address is in the run's ledger.

    Exit codes: 0 done, 2 done in part, 73 archive not writable, 75 another run is at it, 78 configuration.
    """
    config = with_changes(load_config(config_file), limit=limit, archive=archive, contact=contact, delay=delay)
    if config.delay < POLITE_DELAY and not allow_private:
        raise UsageError(f"--delay {delay:g} is below {POLITE_DELAY:g} s: only a loopback site may be crawled so fast")
    known = load_outlets(config.outlets)
    outlets = [known.get(name) for name in dict.fromkeys(names)]
    from archiver.crawling.run import crawl as run  # noqa: PLC0415 - Scrapy is loaded when it is sure to be needed

    with progress(", ".join(names)) as listener:
        result = run(
            outlets,
            config,
            allow_private=allow_private,
            as_of=as_of.isoformat() if as_of else None,
            listener=listener,
        )
    return report(result)
