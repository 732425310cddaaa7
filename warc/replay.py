"""Answering Scrapy's requests from WARC files: the same spider, the same bytes, no network.

    DOWNLOAD_HANDLERS = {"http": "warc.replay.ReplayDownloadHandler", "https": "warc.replay.ReplayDownloadHandler"}
    KLIPING_REPLAY = ["fixtures/tempo/amp.warc.gz"]      # paths, or a WarcIndex made of them
    KLIPING_REPLAY_DATE = "2021-05-04T00:00:00+07:00"    # optional: the nearest capture, else the newest

`request.meta["replay_date"]` (aware datetime) asks for another date. A response has the flag `warc`, and the place
of its record in `request.meta["warc_record"]`; before it goes up, the signal `record_replayed(refs, index,
request)` is sent with all records it rests on. An address without a capture raises NotArchivedError, which Scrapy
does not retry; a robots.txt without one counts as absent (RFC 9309, 2.3.1.3), so that a fixture need not hold it. A
capture that was cut short fails as it did on the wire.

Needs no reactor: it works with `TWISTED_REACTOR_ENABLED = False`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, ResponseDataLossError
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from warc.errors import NotArchivedError
from warc.index import ArchivedResponse, WarcIndex
from warc.signals import announce

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

record_replayed = object()
"""Signal, sent with `refs` (list of RecordRef), `index` (WarcIndex) and `request` once per answer."""

# Headers of the connection, not of the entity: Scrapy's live handler does not show them either.
_HOP_BY_HOP = frozenset(
    {"connection", "keep-alive", "proxy-connection", "te", "trailers", "transfer-encoding", "upgrade"}
)


class ReplayDownloadHandler(BaseDownloadHandler):
    """A download handler over a WarcIndex; see the module's text."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        source = crawler.settings["KLIPING_REPLAY"]
        self._index = source if isinstance(source, WarcIndex) else WarcIndex(source)
        date = crawler.settings.get("KLIPING_REPLAY_DATE")
        self._date = _aware(datetime.fromisoformat(date)) if date else None
        self._fail_on_dataloss = crawler.settings.getbool("DOWNLOAD_FAIL_ON_DATALOSS")

    async def download_request(self, request: Request) -> Response:
        """Answer from the archive. Raises NotArchivedError, or what the capture failed with."""
        ref = self._index.find(request.url, request.method, request.meta.get("replay_date") or self._date)
        if ref is None:
            if urlsplit(request.url).path == "/robots.txt":
                return Response(request.url, status=404, flags=["warc", "not-archived"], request=request)
            raise NotArchivedError(request.method, request.url)
        archived = self._index.response(ref)
        request.meta["warc_record"] = ref
        refs = self._index.related(ref)
        announce(self.crawler.signals, record_replayed, refs=refs, index=self._index, request=request)
        return self._response(request, archived)

    def _response(self, request: Request, archived: ArchivedResponse) -> Response:
        flags = ["warc"]
        if archived.truncated == "length":
            raise DownloadCancelledError(f"{request.url}: was cut at the size limit when it was captured")
        if archived.truncated == "time":
            raise DownloadTimeoutError(f"{request.url}: took too long when it was captured")
        if archived.truncated:
            if request.meta.get("download_fail_on_dataloss", self._fail_on_dataloss):
                raise ResponseDataLossError
            flags.append("dataloss")
        headers = Headers()
        for name, value in archived.head.headers:
            if name.lower() not in _HOP_BY_HOP:
                headers.appendlist(name.encode("latin-1"), value.encode("latin-1"))
        response_class = responsetypes.from_args(headers=headers, url=request.url, body=archived.body)
        return response_class(
            url=request.url,
            status=archived.head.status or 0,
            headers=headers,
            body=archived.body,
            flags=flags,
            protocol=archived.head.version,
        )


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
