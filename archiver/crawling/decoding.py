"""Undoing Content-Encoding just as everything else here does that reads a capture, in the place of Scrapy's middleware.

So a page gives the same article in a crawl, in a replay and in `kliping extract`: also one whose server lies about its
encoding, and one that is damaged after its text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.http import TextResponse
from scrapy.responsetypes import responsetypes

from archiver.crawling.failures import Problem, Refused
from warc.encoding import MAX_DECODED, TooLargeError, decode_content
from warc.message import MessageError

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class ContentDecoder:
    """Downloader middleware. A body in an encoding that is not known stays as it is."""

    def __init__(self, limit: int) -> None:
        self._limit = limit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """What Scrapy calls."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_response(self, request: Request, response: Response) -> Response:
        """The response with its body decoded. Raises `Refused` for one that grows beyond the request's limit."""
        encodings = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        if not encodings or request.method == "HEAD":
            return response
        limit = request.meta.get("download_maxsize", self._limit) or MAX_DECODED
        try:
            body = decode_content(response.body, encodings, limit=limit)
        except TooLargeError as error:
            raise Refused(Problem("too_large", str(error))) from error
        except MessageError:
            return response
        headers = response.headers.copy()
        del headers["Content-Encoding"]
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        if issubclass(kind, TextResponse):
            return response.replace(cls=kind, headers=headers, body=body, encoding=None)
        return response.replace(cls=kind, headers=headers, body=body)
