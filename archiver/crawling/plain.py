"""A run of plain `scrapy crawl OUTLET`: its arguments, the session that its spider opens for itself, and its end.

It is the run of `kliping crawl OUTLET`: the same requests, archive, account and exit code. Only it shows Scrapy's log.
"""

from __future__ import annotations

import logging
from datetime import date
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from archiver.config import with_changes
from archiver.crawling.days import days_of
from archiver.crawling.setup import Setup, check_sources
from archiver.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy.settings import BaseSettings

    from archiver.crawling.run import RunResult
    from archiver.crawling.session import Session
    from archiver.outlet import Outlet

_LOG = logging.getLogger(__name__)


class Arguments(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `-a NAME=VALUE` may say; it means what the option of that name does in `kliping crawl`."""

    limit: int | None = None
    max_time: str | None = None
    requisites: bool | None = None
    since: date | None = None
    until: date | None = None


def parse_arguments(given: Mapping[str, str]) -> Arguments:
    """The arguments of a spider; those with an underscore before them are Scrapyd's own. Raises `UsageError`."""
    ours = {name: value for name, value in given.items() if not name.startswith("_")}
    try:
        return msgspec.convert(ours, Arguments, strict=False)
    except msgspec.ValidationError as error:
        names = ", ".join(Arguments.__struct_fields__)
        raise UsageError(f"-a: {error}; the arguments are {names}, all else is for kliping.toml or -s") from None


def crawl_setup(settings: BaseSettings, outlet: Outlet, arguments: Arguments) -> Setup:
    """What the run of the spider of this outlet is told. Raises `UsageError`, `ConfigError`."""
    check_sources([outlet], dated=arguments.since is not None)
    config = with_changes(
        settings["KLIPING_CONFIG"],
        origin="-a",
        limit=arguments.limit,
        max_time=arguments.max_time,
        requisites=arguments.requisites,
    )
    as_of = settings["KLIPING_AS_OF"]
    days = days_of(arguments.since, arguments.until, [outlet], as_of)
    return Setup(config, "crawl", (outlet.name,), as_of=as_of, days=days)


def end_plain_run(session: Session) -> RunResult:
    """End the run, and say in the log how it went."""
    from archiver.crawling.run import end_run  # noqa: PLC0415 - which knows the spiders, and they this

    result = end_run(session)
    for problem in result.problems:
        _LOG.warning("%s", problem)
    account = result.account
    level = logging.ERROR if session.failure else logging.INFO
    counts = ", ".join(f"{count} {outcome}" for outcome, count in account.counts.items()) or "nothing"
    _LOG.log(level, "run %s into %s: %s; %s", account.run, result.archive, counts, account.reason)
    return result
