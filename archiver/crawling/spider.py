"""The spider of an outlet: from its sources to its articles, or, in a replay, through what is archived.

It decides what is fetched and reads what came; recording (`recorder`) and keeping (`pipeline`) are elsewhere.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self

from scrapy import Request, Spider

from archiver.catalog.content import Named
from archiver.crawling.clipping import keep
from archiver.crawling.configure import configure
from archiver.crawling.failures import is_redirect, problem_of_failure, problem_of_status
from archiver.crawling.feeding import Feeder
from archiver.crawling.frontier import Frontier
from archiver.crawling.pages import Interrupted, PageCollector
from archiver.crawling.plain import crawl_setup, end_plain_run, parse_arguments
from archiver.crawling.requisites_fetch import RequisiteCollector
from archiver.crawling.responses import capture_of, is_page, media_type, record_of, redirect_target, request_of
from archiver.crawling.session import Session, open_session
from archiver.crawling.setup import Setup
from archiver.crawling.sources import SourceReader
from warc.index import WarcIndex
from warc.record import parse_warc_date

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from datetime import datetime

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

    from archiver.article import Outcome
    from archiver.crawling.clipping import Clipping
    from archiver.crawling.run import RunResult
    from archiver.outlet import Outlet

_LOG = logging.getLogger(__name__)

MAX_REDIRECTS: Final = 10


class OutletSpider(Spider):
    """Crawls one outlet within a session. `outlet` is None for pages of unknown hosts, in a replay alone."""

    outlet: ClassVar[Outlet | None] = None
    session: Session
    result: RunResult | None = None
    """How a run of plain `scrapy crawl` ended."""

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Put what kliping.toml says in the place of Scrapy's settings."""
        super().update_settings(settings)
        configure(settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """What Scrapy calls. `session`, and in a replay `index` and `urls`, come from `archiver.crawling.run`.

        Without them (`scrapy crawl`) the spider opens a session of its own.
        """
        session, index, urls = (kwargs.pop(name, None) for name in ("session", "index", "urls"))
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider._attach(session, index, urls or (), kwargs)  # noqa: SLF001 - its own
        return spider

    def _attach(
        self, session: Session | None, index: WarcIndex | None, urls: Sequence[str], arguments: Mapping[str, str]
    ) -> None:
        settings = self.crawler.settings
        if index is None and settings["KLIPING_REPLAY"]:
            index = WarcIndex(settings.getlist("KLIPING_REPLAY"))
            urls = [url for url in index.urls() if self.outlet is not None and self.outlet.wants(url)]
        if index is not None:
            settings.set("KLIPING_REPLAY", index, priority="cmdline")  # the handler answers from the same
        self._own = ExitStack()
        if session is None:
            if index is None and self.outlet is not None:
                setup = crawl_setup(settings, self.outlet, parse_arguments(arguments))
            else:
                setup = Setup(settings["KLIPING_CONFIG"], "replay", (self.name,))
            session = self._own.enter_context(open_session(setup))
            self._own.callback(self._end_own_run, session)
        self.session = session
        settings.set("KLIPING_CLOCK", session.clock, priority="cmdline")  # what is due, and what is recorded
        if self.outlet is not None:
            session.alarm.outlets[self.name] = self.outlet
        self._urls = urls
        self._index = index
        self._reading = 0
        self._frontier = self._new_frontier()
        self._requisites = RequisiteCollector(self.crawler, self.name, session)
        self._pages = PageCollector(self.crawler, session, self._requisites)
        self._sources = (
            SourceReader(session, self.outlet, self._frontier, self._request, index) if self.outlet else None
        )

    def outlet_of(self, url: str) -> Outlet | None:  # noqa: ARG002 - a spider of many outlets looks at it
        """The outlet whose layouts are tried on the page at this address."""
        return self.outlet

    def _new_frontier(self) -> Frontier:
        return Frontier(self.session, self.outlet)

    def _end_own_run(self, session: Session) -> None:
        self.result = end_plain_run(session)

    def end_own_session(self) -> None:
        """Close the session that this spider opened for itself; do nothing to one that it was given."""
        self._own.close()

    async def start(self) -> AsyncIterator[Any]:
        """The sources, then what waits; in a replay, one by one, every archived article that they did not lead to."""
        if self.outlet is not None and self._sources is not None and self.session.pending is not None:
            at_once = self.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
            pending = self.session.pending
            feeder = Feeder(self.session, self.outlet, pending, self._frontier, self._sources, at_once)
            async for request in feeder.requests(self._request):
                yield request
            return
        for request in self._sources.requests() if self._sources else ():
            yield request
        # An address without a query goes first: the pager of page 1 claims `?page=2`.
        for url in sorted(self._urls, key=lambda url: "?" in url):
            await self._quiet()
            if (admitted := self._frontier.admit(url, None)) is not None:
                yield self._request(admitted)
        for url in self._urls:
            if self._index is None or self.session.taken_down.why(url):
                continue
            for capture in self._index.captures(url)[:-1]:
                await self._quiet()
                self._reading += 1
                yield self._earlier_request(url, parse_warc_date(capture.date))

    async def _quiet(self) -> None:
        """Until all that was asked for is settled. Nothing in a replay waits for anything but the processor."""
        while self._reading or (self._sources and self._sources.open) or self.session.ledger.pending:  # noqa: ASYNC110 - nothing is waited for but the processor
            await asyncio.sleep(0)

    def _request(self, url: str, named: Named | None = None, redirects: int = 0) -> Request:
        return Request(
            url,
            callback=self.parse_article,
            errback=self.article_failed,
            cb_kwargs={"redirects": redirects},
            meta={"dont_redirect": True, "named": named},
        )

    async def parse_article(self, response: Response, redirects: int = 0) -> AsyncIterator[Clipping | Request]:
        """An article's response becomes a clipping, a request for where it redirects to, or a line in the ledger."""
        url = request_of(response).url
        if not self.session.ledger.is_open(url):
            return  # it came in meanwhile, as a page of another address
        try:
            result = await self._read(url, response, redirects)
        except Interrupted:
            return  # deferred, when the run ends
        except Exception as error:  # noqa: BLE001 - told in the ledger, and the run goes on
            _LOG.exception("%s was captured, but reading it failed", url)
            self._settle(response, "error", f"captured, but reading it failed: {type(error).__name__}: {error}")
            return
        if result is not None:
            yield result

    async def article_failed(self, failure: Failure) -> None:
        """An article's request failed; without any response that is an outcome for the WARC file, too."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy puts it there
        problem = problem_of_failure(failure)
        line = self.session.settle(request.url, problem.outcome, problem.evidence, request=request)
        if line is not None and line.record is None:
            self.session.note_absence(self.name, line.url, problem, line.discovered_from)

    def _earlier_request(self, url: str, date: datetime) -> Request:
        return Request(
            url,
            callback=self.parse_earlier,
            errback=self.earlier_failed,
            meta={"dont_redirect": True, "replay_date": date},
        )

    async def parse_earlier(self, response: Response) -> None:
        """A capture before the newest one of its address: it may hold an earlier version of the article.

        The address has its line in the ledger already; `earlier` in the run's account counts such captures.
        """
        try:
            self.session.earlier += 1
            outlet = self.outlet_of(response.url)
            article = await self.session.reader.extract(capture_of(response), outlet)
            record = record_of(response)
            if problem_of_status(response.status) or article.outcome != "saved" or record is None:
                return
            if self.session.claims.claim(article, record) is None:
                keep(self.session, self.name, await self._pages.collect(article, response, record, outlet))
        except Exception:  # noqa: BLE001 - told in the ledger, and the run goes on
            _LOG.exception("an earlier capture of %s could not be read", response.url)
        finally:
            self._reading -= 1

    def earlier_failed(self, failure: Failure) -> None:
        """An earlier capture that is not whole, say; a newer one has been read."""
        self._reading -= 1
        _LOG.info("an earlier capture gave no page: %s", problem_of_failure(failure).evidence)

    async def _read(self, url: str, response: Response, redirects: int) -> Clipping | Request | None:
        if is_redirect(response.status):
            return self._follow(url, response, redirects)
        problem = problem_of_status(response.status)
        if problem is not None:
            self._settle(response, problem.outcome, problem.evidence)
            return None
        record = record_of(response)
        if record is None:
            self._settle(response, "error", "it could not be recorded")
            return None
        if not is_page(response):
            self._settle(response, "not_article", f"no page: {media_type(response) or 'of no type'}")
            return None
        self._requisites.collect(response)
        outlet = self.outlet_of(url)
        article = await self.session.reader.extract(capture_of(response), outlet)
        if article.outcome != "saved":
            self._settle(response, article.outcome, article.evidence.get("outcome"))
            return None
        if (other := self.session.claims.claim(article, record)) is not None:
            self._settle(response, "duplicate", "the same article under another address", target=other)
            return None
        return await self._pages.collect(article, response, record, outlet)

    def _follow(self, url: str, response: Response, redirects: int) -> Request | None:
        target = redirect_target(response)
        if target is None or target == url:
            where = "itself" if target else "nowhere"
            self._settle(response, "error", f"HTTP {response.status} to {where}", target=target)
            return None
        if redirects == MAX_REDIRECTS:
            self._settle(response, "error", f"more than {MAX_REDIRECTS} redirects in a row", target=target)
            return None
        self._settle(response, "redirected", f"HTTP {response.status}", target=target)
        admitted = self._frontier.admit(target, url)
        return None if admitted is None else self._request(admitted, response.meta.get("named"), redirects + 1)

    def _settle(self, response: Response, outcome: Outcome, evidence: str | None, *, target: str | None = None) -> None:
        request = request_of(response)
        self.session.settle(request.url, outcome, evidence, request=request, target=target)
