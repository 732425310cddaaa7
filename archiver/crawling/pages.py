"""An article of several pages: fetch those that its pager names, until none is new, and join them."""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NoReturn

import msgspec
from scrapy import Request

from archiver.crawling.clipping import Clipping
from archiver.crawling.failures import is_redirect, problem_of_exception, problem_of_status
from archiver.crawling.frontier import normal
from archiver.crawling.responses import capture_of, record_of, redirect_target, request_of
from archiver.extraction import join
from warc.record import parse_warc_date

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from archiver.article import Article
    from archiver.crawling.requisites_fetch import RequisiteCollector
    from archiver.crawling.session import Session
    from archiver.outlet import Outlet
    from warc.record import RecordRef

_LOG = logging.getLogger(__name__)

MAX_PAGES: Final = 40
"""Pages of one article; a pager that names more is lying or endless."""


class Interrupted(Exception):  # noqa: N818 - not an error: the run was told to stop
    """The run is ending: the article is left for the next one rather than kept in part."""


@dataclass(slots=True)
class Pages:
    """The pages of one article, as they come in. `open` are the addresses that the pager named and that wait."""

    first: Article
    outlet: Outlet | None
    date: datetime
    parts: list[Article] = field(default_factory=list)
    records: dict[str, RecordRef] = field(default_factory=dict)
    requests: dict[str, Request] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    waiting: deque[str] = field(default_factory=deque)
    complete: bool = True

    def add(self, article: Article, response: Response, record: RecordRef) -> None:
        """One more page of the article."""
        url = request_of(response).url
        self.parts.append(article)
        self.records[url] = record
        self.requests[url] = request_of(response)
        self.seen.add(url)
        self.waiting.extend(more for page in article.more_pages if (more := normal(page)) is not None)

    def joined(self) -> Clipping:
        """The whole article."""
        article = join(self.parts)
        if len(self.parts) > 1 or not self.complete:
            article = msgspec.structs.replace(article, complete=self.complete)
        return Clipping(article, self.records, self.requests)


class PageCollector:
    """Fetches further pages through the engine: the same robots.txt, delay and recording as for all requests.

    In a replay it takes those captures of them that were made nearest to that of the first page.
    """

    def __init__(self, crawler: Crawler, session: Session, requisites: RequisiteCollector) -> None:
        self._crawler = crawler
        self._session = session
        self._requisites = requisites

    async def collect(self, article: Article, response: Response, record: RecordRef, outlet: Outlet | None) -> Clipping:
        """The article with all its pages. Raises `Interrupted` when the run ends before they are there."""
        pages = Pages(article, outlet, parse_warc_date(record.date))
        pages.add(article, response, record)
        while pages.waiting:
            url = pages.waiting.popleft()
            if url not in pages.seen:
                pages.seen.add(url)
                await self._page(url, pages)
        try:
            return pages.joined()
        except Exception as error:
            for url in pages.records:
                self._session.settle(url, "error", f"the pages could not be joined: {error!r}")
            raise

    async def _page(self, url: str, pages: Pages) -> None:
        article_url = pages.first.url
        if self._session.ledger.is_open(article_url):  # else this is an earlier capture: the ledger tells of the newest
            name = pages.outlet.name if pages.outlet else None
            self._session.ledger.discover(url, article_url, outlet=name)
        if pages.outlet is not None and not pages.outlet.owns(url):
            self._session.settle(url, "not_wanted", f"another site, in the pager of {article_url}")
            return
        if len(pages.seen) > MAX_PAGES:
            self._session.settle(url, "deferred", f"more than {MAX_PAGES} pages", target=article_url)
            pages.complete = False
            return
        if not self._crawler.crawling:
            raise Interrupted
        request = Request(url, meta={"replay_date": pages.date, "dont_redirect": True})
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 - told in the ledger, and the run goes on
            problem = problem_of_exception(error)
            if problem.outcome == "deferred":
                self._defer(url, problem.evidence, pages, request)
            self._missing(url, f"{problem.outcome}: {problem.evidence}", pages, request)
            return
        if is_redirect(response.status):
            self._follow(url, response, pages)
        else:
            await self._read(url, response, pages)

    def _follow(self, url: str, response: Response, pages: Pages) -> None:
        """A page that is elsewhere takes the next turn; one that leads back to a page that is there, none."""
        target = redirect_target(response)
        self._session.settle(url, "redirected", f"HTTP {response.status}", request=request_of(response), target=target)
        if target is None:
            pages.complete = False
        else:
            pages.waiting.appendleft(target)

    async def _read(self, url: str, response: Response, pages: Pages) -> None:
        request, record = request_of(response), record_of(response)
        problem = problem_of_status(response.status)
        if problem is not None:
            self._missing(url, f"{problem.outcome}: {problem.evidence}", pages, request)
            return
        self._requisites.collect(response)
        try:
            article = await self._session.reader.extract(capture_of(response), pages.outlet)
        except Exception as error:  # noqa: BLE001 - told in the ledger, and the run goes on
            _LOG.exception("%s was captured, but reading it failed", url)
            self._missing(url, f"captured, but reading it failed: {error!r}", pages, request)
            return
        if article.outcome != "saved":
            self._missing(url, f"{article.outcome}: {article.evidence.get('outcome', '')}", pages, request)
        elif record is None:
            self._missing(url, "it could not be recorded", pages, request)
        elif any(article.text == part.text for part in pages.parts):
            evidence = "same text as another page"
            self._session.settle(url, "duplicate", evidence, request=request, target=pages.first.url)
        else:
            pages.add(article, response, record)

    def _defer(self, url: str, evidence: str, pages: Pages, request: Request) -> NoReturn:
        """A page that is not asked for in this run leaves the whole article to another one."""
        self._session.settle(url, "deferred", evidence, request=request, target=pages.first.url)
        for page, asked in pages.requests.items():
            self._session.settle(page, "deferred", f"a page of it was not asked for: {evidence}", request=asked)
        raise Interrupted

    def _missing(self, url: str, evidence: str, pages: Pages, request: Request) -> None:
        pages.complete = False
        self._session.settle(url, "missing_page", evidence, request=request, target=pages.first.url)
