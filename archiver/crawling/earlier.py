"""What a run that begins hears of earlier ones: when they were, which hosts refused them, whether clocks agree."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final

from archiver.operating.history import crawls
from warc.record import parse_warc_date

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from archiver.archive import Archive
    from archiver.crawling.account import Account

_ERROR: Final = timedelta(hours=1)

_RUNS: Final = 40
"""Of each outlet, the last ones; years of hourly runs are many."""


def earlier_runs(archive: Archive, outlets: Collection[str]) -> tuple[Account, ...]:
    """The last crawls of these outlets, the newest first."""
    return tuple(run.account for run in islice(crawls(archive, frozenset(outlets)), _RUNS * len(outlets)))


def clock_doubt(last: str | None, now: datetime) -> tuple[str, ...]:
    """What is to be told where the archive's `last` capture is dated later than `now`, by more than a clock may err."""
    if last is None or parse_warc_date(last) <= now + _ERROR:
        return ()
    days = f"the archive has captures of {last[:10]}, and today is {now:%Y-%m-%d} by the clock"
    return (f"{days}: one of them is wrong; what is captured now counts as older than those",)


def refusing_hosts(runs: Iterable[Account]) -> frozenset[str]:
    """The hosts that refused the last finished run of any outlet. `runs` come the newest first."""
    heard: set[str] = set()
    hosts: set[str] = set()
    for run in runs:
        if run.finished is None or heard.issuperset(run.outlets):
            continue
        heard.update(run.outlets)
        hosts.update(host.host for host in run.closed if host.reason == "refused")
    return frozenset(hosts)
