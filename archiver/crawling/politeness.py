"""Lets requests out to a host one after the other, and none while it wants a pause or is closed.

It is the last step before Scrapy's downloader, which keeps the delay between two requests, and the first to see the
answer. A request that waits here has not been sent: so a 429 holds up the whole host, not only the request that got
it. Scrapy's own retries bring that one back, as often as `retries` says. Requests to other hosts go on.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlsplit

from scrapy.exceptions import NotConfigured

from archiver.crawling.backoff import THROTTLED, retry_after
from archiver.crawling.failures import Problem, Refused, problem_of_status
from archiver.crawling.refusals import REFUSING
from archiver.crawling.spider import OutletSpider

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from archiver.crawling.hosts import Host
    from archiver.crawling.session import Session

_LOG = logging.getLogger(__name__)

_LOOK: Final = 0.5
"""Seconds between two looks, while waiting, at whether the run was told to stop."""

_ABOUT_RULES: Final = frozenset({"/robots.txt", "/ai.txt"})
"""A host that has no such file may well answer 403: RFC 9309, 2.3.1.3. That is no refusal."""


class HostTurns:
    """Downloader middleware, next to the downloader; a replay asks nobody and needs none."""

    def __init__(self, crawler: Crawler, session: Session) -> None:
        self._crawler = crawler
        self._session = session
        self._at_once = crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self._delay = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self._out: dict[Request, tuple[Host, float]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """What Scrapy calls, once the spider is there."""
        if not isinstance(crawler.spider, OutletSpider):
            raise TypeError(f"politeness is kept for spiders of outlets, not {crawler.spider!r}")
        if crawler.spider.session.replays:
            raise NotConfigured
        return cls(crawler, crawler.spider.session)

    async def process_request(self, request: Request) -> None:
        """Wait for the request's turn. Raises `Refused` for one that is deferred."""
        host = self._session.hosts.of(request.url, self._at_once)
        slot = self._slot(request)
        if slot is not None:
            slot.active.add(request)  # for Scrapy's scheduler, which prefers hosts with the fewest active requests
        await host.turns.acquire()
        try:
            await self._wait(host, slot.delay if slot else self._delay)
        except BaseException as error:
            host.turns.release()
            if isinstance(error, Refused):
                self._forget(request, host)
            raise
        self._out[request] = host, host.sent()

    def process_response(self, request: Request, response: Response) -> Response:
        """Hear what the host says of our pace and of us. Raises `Refused` where it wants too long a pause."""
        out = self._out.pop(request, None)
        if out is None:
            return response
        host, sent = out
        host.over(self)
        answer = problem_of_status(response.status)
        if response.status in THROTTLED and answer is not None:
            asked = retry_after(_header(response, "Retry-After"), self._session.clock(), _header(response, "Date"))
            closed = host.throttled(answer.evidence, asked, sent)
            then = closed.evidence if closed else f"{host.name} waits {host.pause:.0f} s"
            _LOG.warning("%s: %s; %s", request.url, answer.evidence, then)
            if closed is not None:
                raise Refused(closed)
        elif response.status < 500:
            host.unthrottled()
        if response.status in REFUSING and answer is not None and urlsplit(request.url).path not in _ABOUT_RULES:
            host.refused(f"{answer.evidence} at {request.url}")
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:  # noqa: ARG002 - Scrapy's interface
        """The request is over, without an answer."""
        out = self._out.pop(request, None)
        if out is not None:
            out[0].over(self)

    async def _wait(self, host: Host, delay: float) -> None:
        while True:
            if not self._crawler.crawling:
                raise Refused(Problem("deferred", "the run was stopped before its turn"))
            if (problem := host.problem()) is not None:
                raise Refused(problem)
            if not (seconds := host.wait(self, delay)):
                return
            await asyncio.sleep(min(seconds, _LOOK))

    def _slot(self, request: Request) -> Slot | None:
        """Scrapy's place for requests to the host; none before the first, which is for its robots.txt."""
        downloader = self._crawler.engine.downloader
        return downloader.slots.get(downloader.get_slot_key(request))

    def _forget(self, request: Request, host: Host) -> None:
        """The request is not sent: it is nobody's active one, and no further attempt."""
        host.deferred += 1
        if (slot := self._slot(request)) is not None:
            slot.active.discard(request)
        if request.meta.get("retry_times"):
            request.meta["retry_times"] -= 1


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
