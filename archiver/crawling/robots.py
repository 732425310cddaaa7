"""robots.txt as RFC 9309 has it, in the place of Scrapy's own middleware, which goes on where it may not.

A robots.txt that cannot be reached, or is answered with 5xx, closes its host (RFC 9309, 2.3.1.4), and the ledger says
why; 4xx opens it (2.3.1.3). `Crawl-delay` is kept, up to a bound. A replay sends nothing, so it refuses nothing that
its WARC files hold.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.exceptions import NotConfigured
from scrapy.http.request import NO_CALLBACK

from archiver.crawling.failures import Problem, Refused, problem_of_exception, problem_of_status
from warc.errors import NotArchivedError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

MAX_CRAWL_DELAY: Final = 60.0
"""Seconds. A longer Crawl-delay is kept as this one, so that no run hangs on a slip of the pen."""

_MAX_BYTES: Final = 500 * 1024
"""The part of a robots.txt that is read (RFC 9309, 2.5)."""

_PRIORITY: Final = 1000
"""Before everything else that waits."""


class RobotsMiddleware:
    """Downloader middleware that refuses what robots.txt forbids; one fetch of it for each scheme, host and port."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self._replays = bool(crawler.settings["KLIPING_REPLAY"])
        self._rules: dict[str, asyncio.Task[Protego | Problem]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """What Scrapy calls."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise `Refused` for a request that may not be sent."""
        parts = urlsplit(request.url)
        if request.meta.get("dont_obey_robotstxt") or parts.scheme not in {"http", "https"}:
            return
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.create_task(self._fetch(f"{origin}/robots.txt"))
        rules = await asyncio.shield(self._rules[origin])
        if self._replays:
            return
        if isinstance(rules, Problem):
            raise Refused(rules)
        self._check(rules, request)
        self._keep_crawl_delay(rules, parts.hostname or "")

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """In a replay: an address that is not archived because it was forbidden is told as forbidden."""
        rules = self._rules.get("://".join(urlsplit(request.url)[:2]))
        if isinstance(exception, NotArchivedError) and rules is not None and isinstance(await rules, Protego):
            self._check(await rules, request)

    def _check(self, rules: Protego | Problem, request: Request) -> None:
        if isinstance(rules, Protego) and not rules.can_fetch(request.url, self._agent):
            raise Refused(Problem("blocked_by_robots", "robots.txt forbids it"))

    def _keep_crawl_delay(self, rules: Protego, host: str) -> None:
        delay = min(rules.crawl_delay(self._agent) or 0.0, MAX_CRAWL_DELAY)
        slot = self._crawler.engine.downloader.slots.get(host)
        if slot is not None and slot.delay < delay:
            slot.delay = delay

    async def _fetch(self, url: str) -> Protego | Problem:
        request = Request(url, priority=_PRIORITY, meta={"dont_obey_robotstxt": True}, callback=NO_CALLBACK)
        try:
            response = await self._crawler.engine.download_async(request)
        except NotArchivedError:
            return Protego.parse("")
        except Exception as error:  # noqa: BLE001 - whatever goes wrong, the host is closed and the ledger told
            problem = problem_of_exception(error)
            return Problem(problem.outcome, f"no answer to {url}, so the host is closed: {problem.evidence}")
        return _parse(response)


def _parse(response: Response) -> Protego | Problem:
    problem = problem_of_status(response.status)
    if problem is None:
        return Protego.parse(response.body[:_MAX_BYTES].decode("utf-8", "ignore"))
    if problem.outcome == "server_error":
        return Problem("server_error", f"{response.url} answers {problem.evidence}, so the host is closed")
    return Protego.parse("")
