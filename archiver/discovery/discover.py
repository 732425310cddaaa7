"""A captured document of a source → candidates. Pure: no network, no clock, no Scrapy, no exceptions."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import TYPE_CHECKING, Final, assert_never

from archiver.discovery import feed, listing, payload, sitemap
from archiver.outlet import Feed, Listing, NewsSitemap, Payload, Source

if TYPE_CHECKING:
    from archiver.capture import Capture
    from archiver.discovery.candidate import Discovery

WIB: Final = timezone(timedelta(hours=7))
"""Western Indonesian time."""


def discover(source: Source, capture: Capture, *, zone: timezone = WIB) -> Discovery:
    """What the source's document names. `zone` is that of printed times without one, the outlet's.

    Malformed input gives what can be read of it, often nothing, and a note.
    """
    match source:
        case NewsSitemap():
            return sitemap.read(capture, zone)
        case Feed():
            return feed.read(capture, zone)
        case Listing():
            return listing.read(source, capture, zone)
        case Payload():
            return payload.read(source, capture, zone)
        case _:
            assert_never(source)
