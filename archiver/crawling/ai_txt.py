"""ai.txt: what a site says of the use of its pages by machines, kept beside each article, and no more than that.

There is no standard for it, as there is for robots.txt: who writes one means training, mining or summaries, each in a
form of their own, and hardly ever a visit. So the file forbids us nothing. It is captured once in a run for each host
that articles come from, so that whoever uses the archive finds what was said when the page was taken: the metadata
record of the article names its record.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from archiver.crawling.responses import media_type, record_of
from archiver.crawling.spider import OutletSpider

if TYPE_CHECKING:
    from datetime import datetime

    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from archiver.catalog.content import Permission
    from archiver.crawling.session import Session

_BEFORE_PAGES: Final = 900


class AiTxtMiddleware:
    """Downloader middleware behind that of robots.txt, whose rules hold for ai.txt too."""

    def __init__(self, crawler: Crawler, session: Session) -> None:
        self._crawler = crawler
        self._session = session
        self._found: dict[tuple[str, datetime | None], asyncio.Task[str | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """What Scrapy calls, once the spider is there."""
        if not isinstance(crawler.spider, OutletSpider):
            raise TypeError(f"ai.txt is kept for spiders of outlets, not {crawler.spider!r}")
        return cls(crawler, crawler.spider.session)

    async def process_request(self, request: Request) -> None:
        """Note in an article's request where its host's ai.txt lies. Sources and requisites need none."""
        permission: Permission | None = request.meta.get("robots")
        if permission is None or request.url not in self._session.ledger:
            return
        parts = urlsplit(request.url)
        date = request.meta.get("replay_date") if self._session.replays else None
        origin, _ = place = f"{parts.scheme}://{parts.netloc}", date
        if place not in self._found:
            self._found[place] = asyncio.create_task(self._fetch(f"{origin}/ai.txt", date))
        record = await asyncio.shield(self._found[place])
        request.meta["robots"] = replace(permission, ai_txt=record)

    async def _fetch(self, url: str, date: datetime | None) -> str | None:
        """The id of the record of the host's ai.txt; None where it has none."""
        meta = {"replay_date": date, "dont_redirect": True, "dont_retry": True}
        request = Request(url, headers={"Accept": "text/plain"}, priority=_BEFORE_PAGES, meta=meta)
        try:
            response = await self._crawler.engine.download_async(request.replace(callback=NO_CALLBACK))
        except Exception:  # noqa: BLE001 - it is a courtesy to readers: no run fails for it
            return None
        record = record_of(response)
        return record.record_id if record is not None and _is_one(response) else None


def _is_one(response: Response) -> bool:
    """Whether it is an ai.txt: sites without one like to answer with a page."""
    return response.status == 200 and media_type(response) in {"", "text/plain"} and bool(response.body.strip())
