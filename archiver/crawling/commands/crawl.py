"""`scrapy crawl OUTLET` with the exit codes of `kliping crawl`. Scrapy's own ends with 0 whatever happens in a crawl.

What stops a run before it begins (no contact, another run at work) is told in a line, without a traceback.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError as ScrapyUsageError

from archiver.crawling.spider import OutletSpider
from archiver.errors import ExitCode, KlipingError

if TYPE_CHECKING:
    import argparse
    import asyncio

    from scrapy.crawler import Crawler

    from archiver.crawling.run import RunResult


class Command(CrawlCommand):
    """Run the spider of an outlet; `-a` takes limit, max_time, requisites, since and until."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """What Scrapy calls; sets `exitcode`."""
        if len(args) != 1 or not isinstance(self.crawler_process, AsyncCrawlerProcess):
            super().run(args, opts)
            return
        try:
            crawler = self._create_crawler(args[0])
            task = self.crawler_process.crawl(crawler, **opts.spargs)
        except (KeyError, ScrapyUsageError) as error:
            self.exitcode = _refused(error)
            return
        self.crawler_process.start()
        self.exitcode = _ended(crawler, task)


def _refused(error: KeyError | ScrapyUsageError) -> int:
    """The exit code where there is no such spider, or its settings are wrong."""
    if isinstance(error, KeyError):
        return _tell(str(error.args[0]), ExitCode.USAGE)
    code = error.__cause__.exit_code if isinstance(error.__cause__, KlipingError) else ExitCode.CONFIG
    return _tell(str(error), code)


def _ended(crawler: Crawler, task: asyncio.Task[None]) -> int:
    """The exit code of a run that is over, or never began."""
    spider = crawler.spider
    if isinstance(spider, OutletSpider):
        if spider.result is None:  # told to stop twice
            spider.session.stopped = True
            spider.end_own_session()
        if spider.result is not None:
            return _after(spider.result, spider)
    error = task.exception() if task.done() and not task.cancelled() else None
    if isinstance(error, KlipingError):
        return _tell(str(error), error.exit_code)
    return _tell(f"internal error: {error!r}; see the log", ExitCode.INTERNAL)


def _after(result: RunResult, spider: OutletSpider) -> int:
    """Do what kliping.toml wants done after a run; the run's exit code."""
    from archiver.operating.after_run import after_run  # noqa: PLC0415 - a run that never began needs none of it

    for problem in after_run(result, spider.session.setup.config):
        _tell(problem, result.exit_code)
    return result.exit_code


def _tell(message: str, code: int) -> int:
    sys.stderr.write(f"scrapy: {message}\n")
    return int(code)
