"""`kliping crawl`: fetch the news of outlets into the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archiver.cli.command import Command
from archiver.cli.days import DURATION, days_options
from archiver.cli.fetching import fetching_options
from archiver.cli.output import complain, quiet_option
from archiver.cli.running import progress, report
from archiver.config import with_changes
from archiver.crawling.days import days_of
from archiver.errors import UsageError
from archiver.operating.after_run import after_refusal, after_run
from archiver.operating.notices import check_notices
from archiver.outlets import load_outlets

if TYPE_CHECKING:
    from datetime import datetime

    from archiver.cli.fetching import Fetching


@click.command(
    cls=Command,
    short_help="Fetch what is new at the outlets into an archive.",
    examples=(
        "kliping crawl tempo --limit 20 --contact you@example.org",
        "kliping crawl tempo okezone --archive /srv/news",
        "kliping crawl --all --quiet --max-time 50m",
        "kliping crawl tempo --since 2021-01-01 --until 2021-01-31",
        "kliping crawl tempo --allow-private --delay 0",
    ),
)
@click.argument("names", nargs=-1, metavar="[OUTLET...]")
@click.option("--all", "all_outlets", is_flag=True, help="Crawl every outlet that declares sources.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Fetch at most N articles an outlet.")
@click.option("--max-time", type=DURATION, metavar="DURATION", help="Begin nothing new after so long: 50m, 1h30m.")
@days_options
@fetching_options
@quiet_option
def crawl(
    names: tuple[str, ...],
    *,
    all_outlets: bool,
    limit: int | None,
    max_time: float | None,
    since: datetime | None,
    until: datetime | None,
    fetching: Fetching,
) -> int:
    """Fetch what is new at OUTLET... into the archive, the newest first; with --since, what there was.

    Each response is recorded before it is read. What became of each address is in the run's ledger. Addresses that a
    limit, the time or a stop leaves wait in the archive for the next run. What was captured is fetched again after 1
    and 24 hours and 7 days (revisits in kliping.toml), for corrections. What kliping.toml says below [metrics],
    [notify] and [heartbeat] is done when the run has ended.

    Exit codes: 0 done, 2 done in part, 3 pages no longer look as they used to, 73 archive not writable, 75 another
    run is at it, 78 configuration.
    """
    config = with_changes(fetching.config, limit=limit, max_time=max_time)
    known = load_outlets(config.outlets, config.outlet_dirs)
    if all_outlets == bool(names):
        raise UsageError("name the outlets to crawl, or give --all: kliping outlets lists them")
    outlets = (
        [outlet for outlet in known if outlet.sources] if all_outlets else list(map(known.get, dict.fromkeys(names)))
    )
    check_notices(config.notify)
    days = days_of(since, until, outlets, fetching.as_of)
    from archiver.crawling.run import crawl as run  # noqa: PLC0415 - Scrapy is loaded when it is sure to be needed

    called = [outlet.name for outlet in outlets]
    try:
        with progress(", ".join(called)) as listener:
            result = run(
                outlets,
                config,
                allow_private=fetching.allow_private,
                as_of=fetching.as_of,
                days=days,
                apart=True,
                listener=listener,
            )
    except Exception as error:
        for problem in after_refusal(error, called, config):
            complain(problem)
        raise
    return report(result, after_run(result, config))
