"""Scrapy's requests and responses, as the rest of the program sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from scrapy.http import HtmlResponse
from scrapy.responsetypes import responsetypes
from w3lib.url import safe_url_string

from archiver.capture import Capture
from archiver.crawling.clipping import capture_ref
from archiver.crawling.frontier import normal
from warc.record import parse_warc_date

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

    from warc.record import RecordRef


def record_of(response: Response) -> RecordRef | None:
    """Where the response's record lies; None if it was not recorded."""
    record: RecordRef | None = response.meta.get("warc_record")
    return record


def request_of(response: Response) -> Request:
    """The request that it answers; Scrapy's engine always names it."""
    if response.request is None:
        raise ValueError(f"{response} answers no request")
    return response.request


def capture_of(response: Response) -> Capture:
    """The response as extraction and discovery take it: entity decoded, headers in their order."""
    record = record_of(response)
    return Capture(
        url=response.url,
        body=response.body,
        headers=tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ),
        date=parse_warc_date(record.date) if record else None,
        ref=capture_ref(record) if record else None,
    )


def is_page(response: Response) -> bool:
    """Whether it may be a page to read: by its type HTML, by its bytes HTML all the same, or nothing at all."""
    if isinstance(response, HtmlResponse) or not response.body:
        return True
    return issubclass(responsetypes.from_body(response.body), HtmlResponse)


def media_type(response: Response) -> str:
    """The type that the server names, without its parameters; empty if it names none."""
    return (response.headers.get("Content-Type") or b"").decode("latin-1").partition(";")[0].strip().lower()


def redirect_target(response: Response) -> str | None:
    """The address that a redirect leads to, in its normal form; None where it leads nowhere on the web."""
    location = response.headers.get("Location")
    if not location:
        return None
    try:
        return normal(urljoin(response.url, safe_url_string(location)))
    except ValueError:
        return None
