"""Scrapy's requests and responses, as the rest of the program sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

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


def redirect_target(response: Response) -> str | None:
    """The address that a redirect leads to, in its normal form; None where it leads nowhere on the web."""
    location = response.headers.get("Location")
    if not location:
        return None
    try:
        return normal(urljoin(response.url, safe_url_string(location)))
    except ValueError:
        return None
