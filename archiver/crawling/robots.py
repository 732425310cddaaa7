"""robots.txt as RFC 9309 has it, in the place of Scrapy's own middleware, which goes on where it may not.

A robots.txt that cannot be reached, or is answered with 5xx, closes its host (RFC 9309, 2.3.1.4), and the ledger says
why; 4xx opens it (2.3.1.3), but for 429, which says nothing of the rules. It is asked for again after 24 hours (2.4).
`Crawl-delay` is kept, up to a bound. A replay sends nothing, so it refuses nothing that its WARC files hold.

Each decision is noted in `request.meta["robots"]` with the record of the robots.txt on which it rests, and goes into
the metadata record of the article: what was permitted, as it was written down at that time.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.exceptions import NotConfigured
from scrapy.http.request import NO_CALLBACK

from archiver.catalog.content import Permission
from archiver.crawling.failures import Problem, Refused, problem_of_exception, problem_of_status
from warc.errors import NotArchivedError

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from archiver.catalog.content import Decision
    from warc.record import RecordRef

MAX_CRAWL_DELAY: Final = 60.0
"""Seconds. A longer Crawl-delay is kept as this one, so that no run hangs on a slip of the pen."""

_SPREAD: Final = 0.1
"""Share by which waits of a Crawl-delay vary, upwards alone: it is the shortest of them."""

_VALID: Final = 24 * 3600.0
"""Seconds that a robots.txt may be relied on (RFC 9309, 2.4)."""

_MAX_BYTES: Final = 500 * 1024
"""The part of a robots.txt that is read (RFC 9309, 2.5)."""

_PRIORITY: Final = 1000
"""Before everything else that waits."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host's robots.txt says. `parsed` is None where there is none, `problem` says why its host is closed.

    `record` is the id of the record of the answer, None where no answer came.
    """

    parsed: Protego | None = None
    problem: Problem | None = None
    record: str | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A robots.txt that was asked for, `at` seconds on a clock that is never set."""

    rules: asyncio.Task[Rules]
    at: float

    @property
    def holds(self) -> bool:
        """Whether it can be relied on: it is not too old, and it was not left for another run."""
        if time.monotonic() - self.at > _VALID:
            return False
        problem = self.rules.result().problem if self.rules.done() else None
        return problem is None or problem.outcome != "deferred"


class RobotsMiddleware:
    """Downloader middleware that refuses what robots.txt forbids; one fetch of it for each scheme, host and port."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self._replays = bool(crawler.settings["KLIPING_REPLAY"])
        self._rules: dict[tuple[str, datetime | None], _Asked] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """What Scrapy calls."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise `Refused` for a request that may not be sent."""
        parts = urlsplit(request.url)
        if request.meta.get("dont_obey_robotstxt") or parts.scheme not in {"http", "https"}:
            return
        rules = await self._rules_for(request)
        request.meta["robots"] = Permission(self._decision(rules, request), rules.record)
        if self._replays:
            return
        if rules.problem is not None:
            raise Refused(rules.problem)
        self._check(rules, request)
        self._keep_crawl_delay(rules, request, parts.hostname or "")

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """In a replay: an address that is not archived because it was forbidden is told as forbidden."""
        if isinstance(exception, NotArchivedError) and self._place(request) in self._rules:
            self._check(await self._rules_for(request), request)

    async def _rules_for(self, request: Request) -> Rules:
        """Of the request's host; in a replay the ones that were captured nearest to the page."""
        origin, date = place = self._place(request)
        asked = self._rules.get(place)
        if asked is None or not asked.holds:
            fetch = asyncio.create_task(self._fetch(f"{origin}/robots.txt", date))
            asked = self._rules[place] = _Asked(fetch, time.monotonic())
        return await asyncio.shield(asked.rules)

    def _place(self, request: Request) -> tuple[str, datetime | None]:
        """-> where the robots.txt lies, and in a replay of which date."""
        parts = urlsplit(request.url)
        return f"{parts.scheme}://{parts.netloc}", request.meta.get("replay_date") if self._replays else None

    def _decision(self, rules: Rules, request: Request) -> Decision:
        if rules.parsed is None:
            return "no rules" if rules.record else "not asked"
        return "allowed" if rules.parsed.can_fetch(request.url, self._agent) else "forbidden"

    def _check(self, rules: Rules, request: Request) -> None:
        if self._decision(rules, request) == "forbidden":
            raise Refused(Problem("blocked_by_robots", "robots.txt forbids it"))

    def _keep_crawl_delay(self, rules: Rules, request: Request, host: str) -> None:
        """Have the downloader wait so long between two requests to the host at least.

        AutoThrottle, which would shorten the wait again, leaves such hosts alone.
        """
        wanted = rules.parsed.crawl_delay(self._agent) if rules.parsed else None
        shortest = min(wanted or 0.0, MAX_CRAWL_DELAY)
        usual, jitter = (self._crawler.settings.getfloat(f"DOWNLOAD_DELAY{name}") for name in ("", "_JITTER"))
        if shortest <= usual * (1 - jitter):
            return
        request.meta["autothrottle_dont_adjust_delay"] = True
        delay = max(usual, shortest / (1 - _SPREAD))
        downloader = self._crawler.engine.downloader
        downloader.per_slot_settings[host] = {"delay": delay, "jitter": _SPREAD}  # for a slot that is made anew
        slot = downloader.slots.get(host)
        if slot is not None:
            slot.delay, slot.jitter = delay, _SPREAD

    async def _fetch(self, url: str, date: datetime | None) -> Rules:
        meta = {"dont_obey_robotstxt": True, "replay_date": date}
        request = Request(url, priority=_PRIORITY, meta=meta, callback=NO_CALLBACK)
        try:
            response = await self._crawler.engine.download_async(request)
        except NotArchivedError:
            return Rules()
        except Exception as error:  # noqa: BLE001 - whatever goes wrong, the host is closed and the ledger told
            problem = problem_of_exception(error)
            if problem.outcome == "deferred":
                return Rules(problem=problem)
            evidence = f"no answer to {url}, so the host is closed: {problem.evidence}"
            return Rules(problem=Problem(problem.outcome, evidence))
        return _read(response)


def _read(response: Response) -> Rules:
    record: RecordRef | None = response.request.meta.get("warc_record") if response.request else None
    record_id = record.record_id if record else None
    problem = problem_of_status(response.status)
    if problem is None:
        return Rules(Protego.parse(response.body[:_MAX_BYTES].decode("utf-8", "ignore")), record=record_id)
    if problem.outcome == "server_error" or response.status == HTTPStatus.TOO_MANY_REQUESTS:
        evidence = f"{response.url} answers {problem.evidence}, so the host is closed"
        return Rules(problem=Problem(problem.outcome, evidence), record=record_id)
    return Rules(record=record_id)
