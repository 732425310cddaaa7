"""Puts every exchange into the run's WARC file before anybody reads it; in a replay, the original records.

It also ties a spider to its run: opens one for plain `scrapy crawl`, and stops the spider when the archive cannot be
written any more.
"""

from __future__ import annotations

import asyncio
from itertools import chain
from typing import TYPE_CHECKING, Self
from weakref import WeakSet

from scrapy import Request, signals

from archiver.crawling.spider import OutletSpider
from archiver.errors import KlipingError
from warc.credentials import withheld
from warc.message import parse_head
from warc.rebuilt import Given, rebuild
from warc.replay import record_replayed
from warc.wire import exchange_captured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.crawler import Crawler
    from scrapy.http import Headers, Response

    from archiver.crawling.session import Session
    from warc.index import WarcIndex
    from warc.record import Exchange, RecordRef

_CAPTURES = frozenset({"response", "revisit"})


class Recorder:
    """Extension between the download handlers and the session's WARC writer.

    Leaves the place of the response record in `request.meta["warc_record"]`, None where no response came.
    """

    def __init__(self, crawler: Crawler, spider: OutletSpider) -> None:
        self._crawler = crawler
        self._session: Session = spider.session
        self._writer = spider.session.writers.of(spider.name)
        self._captured: WeakSet[Request] = WeakSet()
        self._warcinfo: set[str] | None = None
        self._stopping: asyncio.Task[None] | None = None
        self._session.on_failure(self._stop)
        crawler.signals.connect(self.exchange_captured, exchange_captured)
        crawler.signals.connect(self.response_downloaded, signals.response_downloaded)
        crawler.signals.connect(self.record_replayed, record_replayed)
        crawler.signals.connect(self.spider_closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """What Scrapy calls, once the spider is there."""
        spider = crawler.spider
        if not isinstance(spider, OutletSpider):
            raise TypeError(f"the recorder serves spiders of outlets, not {spider!r}")
        return cls(crawler, spider)

    def exchange_captured(self, exchange: Exchange, request: Request) -> None:
        """Write a live exchange. A `WarcWriteError` goes on to the handler, which then fails the download."""
        request.meta["warc_record"] = None
        self._captured.add(request)
        session = self._session
        with session.guarded(), self._writer.together():
            ref = self._writer.write_exchange(exchange)
            if ref is not None:
                head = parse_head(exchange.received)
                session.catalog.add_capture(ref, head.status if head else None, truncated=exchange.truncated)
        request.meta["warc_record"] = ref

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Put together again what came by another way than the tap, and write that."""
        if request in self._captured or self._session.replays or not request.url.startswith(("http:", "https:")):
            return
        exchange = rebuild(
            request.url,
            request.method,
            Given(_fields(request.headers), request.body),
            response.status,
            Given(_fields(response.headers), response.body),
            self._session.clock(),
            ip=str(response.ip_address) if response.ip_address else None,
            protocol=response.protocol,
            truncated="unspecified" if {"dataloss", "download_stopped"} & {*response.flags} else None,
            withheld=withheld(keep=self._crawler.settings.getbool("KLIPING_RECORD_CREDENTIALS")),
        )
        self.exchange_captured(exchange, request)

    def record_replayed(self, refs: Sequence[RecordRef], index: WarcIndex, request: Request) -> None:
        """Copy the records that an archived response rests on, unless the archive has them."""
        session = self._session
        answer: RecordRef = request.meta["warc_record"]
        with session.guarded():
            if not session.catalog.has_record(answer.record_id):
                self._copy(refs, index)
            request.meta["warc_record"] = session.catalog.record(answer.record_id)

    def spider_closed(self, reason: str) -> None:
        """Tell the session how it ended, and end the session if this spider opened it."""
        spider = self._crawler.spider
        if reason != "finished":
            self._session.stopped = True
        if reason == "start_error":
            self._session.fail(KlipingError("the spider could not start: see the log of the run"))
        if isinstance(spider, OutletSpider):
            spider.end_own_session()

    def _copy(self, refs: Sequence[RecordRef], index: WarcIndex) -> None:
        catalog = self._session.catalog
        with self._writer.together(), catalog.transaction():
            for placed in self._writer.copy(self._missing(refs, index), index):
                original = index.get(placed.record_id)
                if placed.type in _CAPTURES and original:
                    record = index.record(original)
                    head, truncated = parse_head(record.block), record.get("WARC-Truncated")
                    catalog.add_capture(placed, head.status if head else None, truncated=truncated)

    def _missing(self, refs: Sequence[RecordRef], index: WarcIndex) -> list[RecordRef]:
        """Those that are not in the archive: with a capture, its warcinfo, request and notes went there too."""
        there = self._described(index)
        for ref in refs:
            if ref.type in _CAPTURES and self._session.catalog.has_record(ref.record_id):
                there.update(related.record_id for related in index.related(ref))
        return [ref for ref in refs if ref.record_id not in there]

    def _described(self, index: WarcIndex) -> set[str]:
        """The warcinfo records that earlier copies from these files have brought along."""
        if self._warcinfo is None:
            captures = chain.from_iterable(index.captures(url) for url in index.urls())
            known = [ref for ref in captures if self._session.catalog.has_record(ref.record_id)]
            self._warcinfo = {
                related.record_id for ref in known for related in index.related(ref) if related.type == "warcinfo"
            }
        return set(self._warcinfo)

    def _stop(self) -> None:
        if self._stopping is None and self._crawler.crawling:
            self._stopping = asyncio.get_running_loop().create_task(self._crawler.stop_async())


def _fields(headers: Headers) -> tuple[tuple[bytes, bytes], ...]:
    return tuple((name, value) for name, values in headers.items() for value in values)
