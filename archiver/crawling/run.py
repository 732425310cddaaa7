"""Two ways to fill an archive: `crawl` outlets, `replay` WARC files. Both run the same spiders.

The third, to capture single addresses, is in `archiver.crawling.capture`.
"""

from __future__ import annotations

import logging
import signal
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from archiver.config import Config, check_contact
from archiver.crawling.complaints import complaints
from archiver.crawling.inputs import Inputs, find_warcs, open_inputs
from archiver.crawling.ledger import Line
from archiver.crawling.loader import UNKNOWN, spider_class
from archiver.crawling.logs import log_to
from archiver.crawling.session import Session, open_session
from archiver.crawling.setup import Setup, check_sources
from archiver.errors import KlipingError, NotFoundError
from warc.errors import WarcReadError
from warc.read import response_head

if TYPE_CHECKING:
    from datetime import date

    from archiver.crawling.account import Account
    from archiver.crawling.spider import OutletSpider
    from archiver.outlet import Outlet
    from archiver.outlets import Outlets
    from warc.index import WarcIndex

_LOG = logging.getLogger(__name__)

Listener = Callable[[Line], None]


@dataclass(frozen=True, slots=True)
class RunResult:
    """How a run ended.

    `problems` are told to the user: what a killed run had left, damaged inputs, what was left out, why it had to stop.
    """

    account: Account
    archive: Path
    problems: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """The code for the shell, as in `archiver.errors`."""
        return self.account.exit_code or 0


@dataclass(frozen=True, slots=True)
class Job:
    """One spider of a run, and the addresses that it is given: in a replay the archived ones of its outlet."""

    spider: type[OutletSpider]
    urls: list[str] = field(default_factory=list)


def crawl(
    outlets: Sequence[Outlet],
    config: Config,
    *,
    allow_private: bool = False,
    as_of: str | None = None,
    days: tuple[date, date] | None = None,
    apart: bool = False,
    listener: Listener | None = None,
    settings: Mapping[str, Any] | None = None,
) -> RunResult:
    """Crawl outlets into `config.archive`, all at the same time; one crawl a process, as Twisted has it.

    `as_of` (ISO 8601) sets the recorder's clock. `days`, from the first to the last, asks for the articles of these
    days in the place of what is new. `apart` lets a crawl without delay read pages in a second process, which imports
    the main script: that must have its `if __name__ == "__main__"`. `listener` is told of each outcome. `settings` are
    further Scrapy settings. Raises `ConfigError` without a contact, `UsageError` for an outlet without sources,
    `LockedError` and `CannotWriteError`; what happens later is in the result.
    """
    check_contact(config, allow_private=allow_private)
    check_sources(outlets, dated=days is not None)
    names = tuple(outlet.name for outlet in outlets)
    setup = Setup(config, "crawl", names, as_of=as_of, listener=listener, days=days, apart=apart)
    ours = {"KLIPING_ALLOW_PRIVATE": allow_private, "KLIPING_AS_OF": as_of}
    with open_session(setup) as session:
        run_jobs(session, [Job(spider_class(outlet)) for outlet in outlets], {**ours, **(settings or {})})
        return end_run(session)


def replay(
    names: Iterable[str | Path],
    config: Config,
    outlets: Outlets,
    *,
    any_host: bool = False,
    listener: Listener | None = None,
) -> RunResult:
    """Run the spiders over WARC files instead of the network, into `config.archive`.

    Each address goes to the outlet that owns its host; with `any_host` the others are read by the fallback. Can be
    called again and again in a process that has no Twisted reactor. Raises `NotFoundError` (no file, no address of
    an outlet), `BadDataError` (nothing readable), `LockedError`, `CannotWriteError`.
    """
    paths = find_warcs(names)
    with tempfile.TemporaryDirectory(prefix="kliping-") as scratch:
        inputs = open_inputs(paths, Path(scratch))
        jobs, left = _assign(inputs, outlets, any_host=any_host)
        setup = Setup(
            msgspec.structs.replace(config, limit=None, requisites=False),
            "replay",
            tuple(job.spider.name for job in jobs),
            inputs=paths,
            listener=listener,
        )
        with open_session(setup) as session:
            settings = {"KLIPING_REPLAY": [str(path) for path in paths], "TWISTED_REACTOR_ENABLED": False}
            run_jobs(session, jobs, settings, inputs.index)
            return end_run(session, inputs.damage, left)


def _assign(inputs: Inputs, outlets: Outlets, *, any_host: bool) -> tuple[list[Job], tuple[str, ...]]:
    """-> a job for each outlet with addresses in the files, and what is to be said of the other addresses."""
    jobs: dict[str, Job] = {}
    strays: list[str] = []
    for url in inputs.index.urls():
        outlet = outlets.for_url(url)
        if outlet is not None:
            if outlet.name not in jobs:
                jobs[outlet.name] = Job(spider_class(outlet))
            if outlet.wants(url):
                jobs[outlet.name].urls.append(url)
        elif _is_page(inputs.index, url):
            strays.append(url)
    if strays and any_host:
        jobs[UNKNOWN] = Job(spider_class(None), strays)
        strays = []
    hosts = ", ".join(sorted({urlsplit(url).hostname or "" for url in strays}))
    left = f"{len(strays)} pages are of hosts that no outlet owns: {hosts}; --any-host reads them too"
    if not jobs:
        files = ", ".join(map(str, inputs.paths))
        raise NotFoundError(left if strays else f"there is no page in {files}")
    return list(jobs.values()), (left,) if strays else ()


def _is_page(index: WarcIndex, url: str) -> bool:
    ref = index.find(url)
    try:
        head = response_head(index.record(ref)) if ref else None
    except WarcReadError:
        return False  # no HTTP response: the address of a host, say, as Heritrix notes it
    if head is None:
        return False
    return head.status == 200 and (head.get("content-type") or "").startswith(("text/html", "application/xhtml"))


def run_jobs(
    session: Session, jobs: Sequence[Job], settings: Mapping[str, Any], index: WarcIndex | None = None
) -> None:
    """Run the jobs' spiders to their end; what goes wrong with one of them is noted in the session."""
    with log_to(session.folder, session.setup.config.log), _own_signals():
        process = AsyncCrawlerProcess(_settings(session, settings))
        tasks = [process.crawl(job.spider, session=session, index=index, urls=job.urls) for job in jobs]
        process.start(install_signal_handlers=threading.current_thread() is threading.main_thread())
        for task in tasks:
            if not task.done() or task.cancelled():
                session.stopped = True  # told to stop twice
            elif (error := task.exception()) is not None:
                _LOG.error("a spider could not run", exc_info=error)
                session.fail(error if isinstance(error, KlipingError) else KlipingError(f"internal error: {error!r}"))


def _settings(session: Session, more: Mapping[str, Any]) -> Settings:
    settings = Settings()
    settings.setmodule("archiver.settings", priority="project")
    settings.setdict(
        {
            "SPIDER_LOADER_CLASS": "scrapy.spiderloader.DummySpiderLoader",
            "KLIPING_CONFIG": session.setup.config,
            "LOG_INSTALL_ROOT_HANDLER": False,
            **more,
        },
        priority="cmdline",
    )
    return settings


def end_run(session: Session, damage: tuple[str, ...] = (), left: tuple[str, ...] = ()) -> RunResult:
    """Close the session; `damage` and `left` are told to the user."""
    account = session.close(inputs_damaged=bool(damage))
    failure = (str(session.failure),) if session.failure else ()
    told = () if session.failure else complaints(account)
    return RunResult(account, session.archive.root, (*session.mended, *damage, *left, *told, *failure))


@contextmanager
def _own_signals() -> Iterator[None]:
    """Scrapy takes the signals that end a program; give them back to whoever had them."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        if threading.current_thread() is threading.main_thread():
            for number, handler in handlers.items():
                signal.signal(number, handler)
