"""Puts every exchange into the run's WARC file before anybody reads it; in a replay, the original records.

It also ties a spider to its run: opens one for plain `scrapy crawl`, and stops the spider when the archive cannot be
written any more.
"""

from __future__ import annotations

import asyncio
from itertools import chain
from typing import TYPE_CHECKING, Self

from scrapy import Request, signals

from archiver.crawling.spider import OutletSpider
from archiver.errors import KlipingError
from warc.message import parse_head
from warc.replay import record_replayed
from warc.wire import exchange_captured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.crawler import Crawler

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
        self._warcinfo: set[str] | None = None
        self._stopping: asyncio.Task[None] | None = None
        self._session.on_failure(self._stop)
        crawler.signals.connect(self.exchange_captured, exchange_captured)
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
        session = self._session
        with session.guarded():
            request.meta["warc_record"] = ref = session.writer.write_exchange(exchange)
            if ref is not None:
                head = parse_head(exchange.received)
                session.catalog.add_capture(ref, head.status if head else None)

    def record_replayed(self, refs: Sequence[RecordRef], index: WarcIndex, request: Request) -> None:
        """Copy the records that an archived response rests on, unless the archive has them."""
        session = self._session
        answer: RecordRef = request.meta["warc_record"]
        with session.guarded():
            if (there := session.catalog.record(answer.record_id)) is not None:
                request.meta["warc_record"] = there
                return
            for placed in session.writer.copy(self._missing(refs, index), index):
                if placed.type in _CAPTURES:
                    session.catalog.add_capture(placed, _status(index, placed))
                if placed.record_id == answer.record_id:
                    request.meta["warc_record"] = placed

    def spider_closed(self, reason: str) -> None:
        """Tell the session how it ended, and end the session if this spider opened it."""
        spider = self._crawler.spider
        if reason != "finished":
            self._session.stopped = True
        if reason == "start_error":
            self._session.fail(KlipingError("the spider could not start: see the log of the run"))
        if isinstance(spider, OutletSpider):
            spider.end_own_session()

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


def _status(index: WarcIndex, ref: RecordRef) -> int | None:
    original = index.get(ref.record_id)
    head = parse_head(index.record(original).block) if original else None
    return head.status if head else None
