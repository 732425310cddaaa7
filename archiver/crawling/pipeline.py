"""Scrapy's last step: a clipping is kept, and all its addresses get their outcome."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Self

import msgspec

from archiver.crawling.clipping import Clipping, is_kept, keep
from archiver.crawling.spider import OutletSpider
from archiver.drift.quarantine import EVIDENCE as QUARANTINED

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from archiver.article import Outcome
    from archiver.crawling.session import Session

_LOG = logging.getLogger(__name__)


class ArticlePipeline:
    """Item pipeline: takes `Clipping`s, gives on the article as plain values, for Scrapy's own exports."""

    def __init__(self, session: Session, spider: str) -> None:
        self._session = session
        self._spider = spider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """What Scrapy calls, once the spider is there."""
        if not isinstance(crawler.spider, OutletSpider):
            raise TypeError(f"the pipeline serves spiders of outlets, not {crawler.spider!r}")
        return cls(crawler.spider.session, crawler.spider.name)

    def process_item(self, item: Clipping) -> dict[str, Any]:
        """Keep the clipping. An exception costs the article and not its captures, which are on disk."""
        outcome: Outcome
        evidence: str | None = None
        try:
            if self._session.alarm.waits(self._spider) and not is_kept(self._session.catalog, item.article):
                outcome, evidence = "deferred", QUARANTINED
            else:
                outcome = keep(self._session, self._spider, item)
        except Exception as error:  # noqa: BLE001 - told in the ledger, and the run goes on
            _LOG.exception("%s was captured but not kept", item.article.url)
            outcome, evidence = "error", f"captured, not kept: {type(error).__name__}: {error}"
        self._session.claims.release(item.article.url)
        self._settle(item, outcome, evidence)
        article: dict[str, Any] = msgspec.to_builtins(item.article)
        return article | {"outcome": outcome}

    def _settle(self, item: Clipping, outcome: Outcome, evidence: str | None) -> None:
        for url, request in item.requests.items():
            target = item.article.url if url != item.article.url else None
            self._session.settle(url, outcome, evidence, request=request, target=target)
