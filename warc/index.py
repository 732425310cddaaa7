"""The captures of some WARC files, found by address and date: what replays and readers look things up in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from warc.errors import WarcReadError
from warc.message import entity
from warc.read import open_record, payload_digest, read_member, read_records, response_head
from warc.record import CAPTURES, parse_warc_date, target_uri

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from warc.message import Head
    from warc.read import Record
    from warc.record import RecordRef


@dataclass(frozen=True, slots=True)
class ArchivedResponse:
    """A response as it is replayed: `body` is transfer-decoded and still content-encoded.

    `ref` is the record of the capture itself, also where the body is that of an earlier one.
    """

    ref: RecordRef
    head: Head
    body: bytes
    truncated: str | None


class WarcIndex:
    """The captures of some WARC files. It reads them once, when it is made, and is not changed afterwards.

    A record that two files hold counts once. Raises WarcReadError for a damaged file.
    """

    def __init__(self, paths: Iterable[Path | str]) -> None:
        self._places: dict[str, tuple[Path, RecordRef]] = {}
        self._captures: dict[tuple[str, str], list[RecordRef]] = {}
        self._linked: dict[str, list[str]] = {}
        self._warcinfo: dict[str, str] = {}
        self._methods: dict[str, str] = {}
        for path in paths:
            for record in read_records(path):
                self._add(Path(path), record)
        for _path, ref in self._places.values():
            if ref.type in CAPTURES and ref.url:
                self._captures.setdefault((self.method(ref), target_uri(ref.url)), []).append(ref)
        for refs in self._captures.values():
            refs.sort(key=lambda ref: parse_warc_date(ref.date))

    def __deepcopy__(self, _memo: dict[int, object]) -> WarcIndex:
        """Itself: Scrapy copies its settings deeply, and an index in them need not be read twice."""
        return self

    def find(self, url: str, method: str = "GET", date: datetime | None = None) -> RecordRef | None:
        """The newest capture of an address, or the one nearest to `date` (aware). None if there is none."""
        refs = self._captures.get((method, target_uri(url)))
        if not refs:
            return None
        if date is None:
            return refs[-1]
        return min(refs, key=lambda ref: abs(parse_warc_date(ref.date) - date))

    def captures(self, url: str, method: str = "GET") -> tuple[RecordRef, ...]:
        """All captures of an address, oldest first."""
        return tuple(self._captures.get((method, target_uri(url)), ()))

    def urls(self, method: str = "GET") -> list[str]:
        """All captured addresses, in the order of their first records."""
        return [url for found, url in self._captures if found == method]

    def get(self, record_id: str) -> RecordRef | None:
        """The record of that id."""
        place = self._places.get(record_id)
        return place[1] if place else None

    def method(self, ref: RecordRef) -> str:
        """The method a capture was asked for with; GET where its request is not there."""
        return self._methods.get(ref.record_id, "GET")

    def record(self, ref: RecordRef) -> Record:
        """The record itself."""
        return open_record(self._path(ref), ref.offset)

    def member(self, ref: RecordRef) -> bytes:
        """The record's raw bytes, as they lie in its file."""
        return read_member(self._path(ref), ref)

    def response(self, ref: RecordRef) -> ArchivedResponse:
        """The response of a capture; a revisit has the body of the capture it refers to.

        Raises WarcReadError if that one is missing, or the record holds no HTTP response.
        """
        record = source = self.record(ref)
        if ref.type == "revisit":
            original = self.original(record)
            if original is None:
                reason = f"{ref.url}: the capture that this revisit refers to is in none of the files"
                raise WarcReadError(self._path(ref), ref.offset, reason)
            source = self.record(original)
        body = b"".join(entity(source.block, response_head(source)))
        return ArchivedResponse(ref, response_head(record), body, source.get("WARC-Truncated"))

    def original(self, revisit: Record) -> RecordRef | None:
        """The capture a revisit refers to, by record id, else by address and date (WARC 1.1, 6.7.2)."""
        if by_id := self.get(revisit.get("WARC-Refers-To") or ""):
            return by_id
        url, date = revisit.get("WARC-Refers-To-Target-URI"), revisit.get("WARC-Refers-To-Date")
        refs = self._captures.get(("GET", target_uri(url or revisit.ref.url or "")), [])
        return next((ref for ref in refs if ref.date == date and ref.type != "revisit"), None)

    def related(self, ref: RecordRef) -> list[RecordRef]:
        """A capture and all records it can't do without, each after those it refers to.

        These are the warcinfo, the request, notes on the exchange, and a revisit's original with its own.
        """
        found: dict[str, RecordRef] = {}
        self._collect(ref, found)
        return list(found.values())

    def _collect(self, ref: RecordRef, found: dict[str, RecordRef]) -> None:
        if ref.record_id in found:
            return
        if ref.type == "revisit" and (original := self.original(self.record(ref))):
            self._collect(original, found)
        if warcinfo := self.get(self._warcinfo.get(ref.record_id, "")):
            found.setdefault(warcinfo.record_id, warcinfo)
        found[ref.record_id] = ref
        for record_id in self._linked.get(ref.record_id, []):
            if other := self.get(record_id):
                self._collect(other, found)

    def _add(self, path: Path, record: Record) -> None:
        ref = record.ref
        if ref.record_id in self._places:
            return
        if ref.type == "response" and ref.payload_digest is None:
            ref = replace(ref, payload_digest=payload_digest(record))
        self._places[ref.record_id] = (path, ref)
        if warcinfo := record.get("WARC-Warcinfo-ID"):
            self._warcinfo[ref.record_id] = warcinfo
        for other in record.all("WARC-Concurrent-To"):
            self._linked.setdefault(other, []).append(ref.record_id)
            self._linked.setdefault(ref.record_id, []).append(other)
            if ref.type == "request":
                self._methods[other] = record.block.partition(b" ")[0].decode("latin-1")

    def _path(self, ref: RecordRef) -> Path:
        return self._places[ref.record_id][0]
