"""Captured article pages of one outlet, parsed and read as the outlet's layouts read them today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archiver.article import Article, CaptureRef
from archiver.capture import Capture
from archiver.crawling.inputs import open_inputs
from archiver.extraction import charset, extract
from archiver.extraction.dom import Page
from archiver.extraction.head import Head, read_head
from archiver.outlet import Outlet
from warc.encoding import decode_content
from warc.errors import WarcReadError
from warc.index import WarcIndex
from warc.message import MessageError
from warc.record import RecordRef, parse_warc_date

_HTML = ("text/html", "application/xhtml+xml")
_NO_DATE = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sample:
    """One captured page. `text` is the page as decoded, `article` what the outlet's layouts make of it."""

    capture: Capture
    text: str
    page: Page
    head: Head
    article: Article

    @property
    def url(self) -> str:
        """The address that was captured."""
        return self.capture.url

    @property
    def date(self) -> datetime:
        """When it was captured; the beginning of time where that is unknown."""
        return self.capture.date or _NO_DATE


def sample(capture: Capture, outlet: Outlet) -> Sample:
    """The capture, parsed and read."""
    text, encoding = charset.decode(capture)
    page = Page(charset.markup(capture, text, encoding))
    return Sample(capture, text, page, read_head(page, capture.url), extract(capture, outlet))


@dataclass(frozen=True, slots=True)
class Read:
    """The pages of some WARC files, oldest first; of an archive with more than was asked for, the newest.

    `left_out` is the number of the others, `damage` says what could not be read.
    """

    samples: tuple[Sample, ...]
    left_out: int
    damage: tuple[str, ...]


def read_samples(paths: Iterable[Path], outlet: Outlet, scratch: Path, *, limit: int) -> Read:
    """The outlet's article pages in these files: answered with 200, HTML, not cut short.

    `scratch` is a folder for the good part of a damaged file. Raises `NotFoundError` where a file cannot be opened,
    `BadDataError` where none can be read.
    """
    inputs = open_inputs(paths, scratch)
    damage = list(inputs.damage)
    refs = [ref for url in inputs.index.urls() if outlet.wants(url) for ref in inputs.index.captures(url)]
    refs.sort(key=lambda ref: (parse_warc_date(ref.date), ref.url or ""), reverse=True)
    found: list[Sample] = []
    left_out = 0
    for ref in refs:
        if len(found) >= limit:
            left_out += 1
            continue
        try:
            capture = _capture(inputs.index, ref)
        except (WarcReadError, MessageError) as error:
            damage.append(str(error))
            continue
        if capture is not None:
            found.append(sample(capture, outlet))
    return Read(tuple(reversed(found)), left_out, tuple(damage))


def _capture(index: WarcIndex, ref: RecordRef) -> Capture | None:
    """The capture of a page; None for redirects, errors and other files."""
    response = index.response(ref)
    kind = (response.head.get("content-type") or "text/html").partition(";")[0].strip().lower()
    if response.head.status != 200 or kind not in _HTML or response.truncated:
        return None
    body = decode_content(response.body, response.head.joined("content-encoding"))
    place = CaptureRef(ref.file, ref.offset, ref.record_id, ref.date, ref.payload_digest)
    return Capture(ref.url or "", body, response.head.headers, parse_warc_date(ref.date), place)
