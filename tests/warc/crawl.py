"""A crawl in a process of its own: `python -m tests.warc.crawl IN OUT`, both pickles.

Twisted's reactor starts once in a process, and Scrapy's choice of it must not bind the test session.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess

from warc.errors import WarcWriteError
from warc.wire import exchange_captured

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scrapy.crawler import Crawler

    from warc.record import Exchange

HANDLER = "warc.wire.WireDownloadHandler"
SETTINGS = {
    "DOWNLOAD_HANDLERS": {"http": HANDLER, "https": HANDLER},
    "DEFAULT_REQUEST_HEADERS": {"Accept-Encoding": "gzip"},
    "COOKIES_ENABLED": False,
    "HTTPPROXY_ENABLED": False,
    "LOG_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "RETRY_ENABLED": False,
    "ROBOTSTXT_OBEY": False,
    "TELNETCONSOLE_ENABLED": False,
}


@dataclass(frozen=True)
class Job:
    """One request. `stop` ends its download at the first bytes of the body."""

    url: str
    method: str = "GET"
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    meta: dict[str, Any] = field(default_factory=dict)
    stop: bool = False


@dataclass(frozen=True)
class Outcome:
    """What the spider saw of a job: a status and a body, or the name of an error; and what was captured for it."""

    status: int | None
    body: bytes
    error: str | None
    exchanges: list[Exchange]


def crawl(folder: Path, jobs: list[Job], **settings: object) -> list[Outcome]:
    """Ask for one after the other, in a fresh process."""
    given, found = folder / "jobs.pickle", folder / "outcomes.pickle"
    given.write_bytes(pickle.dumps((jobs, settings)))
    command = [sys.executable, "-W", "error", "-m", "tests.warc.crawl", str(given), str(found)]
    subprocess.run(command, check=True, timeout=60, cwd=Path(__file__).parents[2])
    outcomes: list[Outcome] = pickle.loads(found.read_bytes())  # noqa: S301  # written by the line above
    assert len(outcomes) == len(jobs)
    return outcomes


class JobSpider(scrapy.Spider):
    name = "jobs"
    custom_settings = {"HTTPERROR_ALLOW_ALL": True}  # noqa: RUF012  # Scrapy's way

    def __init__(self, jobs: list[Job], outcomes: list[Outcome], *, full_disk: bool) -> None:
        super().__init__()
        self.jobs = jobs
        self.outcomes = outcomes
        self.full_disk = full_disk
        self.exchanges: list[Exchange] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> JobSpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.captured, exchange_captured)
        crawler.signals.connect(spider.bytes_received, scrapy.signals.bytes_received)
        return spider

    def captured(self, exchange: Exchange, request: scrapy.Request) -> None:
        assert request.url == exchange.url
        if self.full_disk:
            raise WarcWriteError("the.warc.gz", "no space left on device")
        self.exchanges.append(replace(exchange, received=exchange.received[:]))

    def bytes_received(self, request: scrapy.Request) -> None:
        if request.meta.get("stop"):
            raise scrapy.exceptions.StopDownload(fail=False)

    async def start(self) -> AsyncIterator[Any]:
        assert self.crawler.engine
        for job in self.jobs:
            meta = {**job.meta, "stop": job.stop}
            request = scrapy.Request(job.url, method=job.method, body=job.body, headers=job.headers, meta=meta)
            status, body, error = None, b"", None
            try:
                response = await self.crawler.engine.download_async(request)
            except Exception as failure:  # noqa: BLE001  # which one, is what the tests ask
                error = type(failure).__name__
            else:
                status, body = response.status, response.body
            self.outcomes.append(Outcome(status, body, error, self.exchanges))
            self.exchanges = []
        no_requests: tuple[scrapy.Request, ...] = ()
        for request in no_requests:  # makes this the generator that Scrapy wants
            yield request


def main(given: Path, found: Path) -> None:
    jobs, settings = pickle.loads(given.read_bytes())  # noqa: S301  # written by the test
    outcomes: list[Outcome] = []
    full_disk = settings.pop("full_disk", False)
    process = AsyncCrawlerProcess({**SETTINGS, **settings})
    process.crawl(JobSpider, jobs=jobs, outcomes=outcomes, full_disk=full_disk)
    process.start()
    found.write_bytes(pickle.dumps(outcomes))


if __name__ == "__main__":
    from tests.warc.crawl import main as importable_main  # pickles must name this module, not __main__

    importable_main(Path(sys.argv[1]), Path(sys.argv[2]))
