"""Writing WARC files: which records an exchange makes, in which order, into which file."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from warc import draft
from warc.cdxj import cdxj_line, cdxj_name, write_cdxj
from warc.errors import WarcWriteError
from warc.lines import SortedLines
from warc.message import entity, parse_head
from warc.output import WarcFile
from warc.record import CAPTURES, RecordRef, new_record_id, parse_warc_date, sha1_label, target_uri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from warc.draft import Draft, Earlier
    from warc.index import WarcIndex
    from warc.message import Head
    from warc.record import Exchange, WarcInfo

MIN_REVISIT = 512
"""A body of up to this many bytes is stored again: a revisit record would hardly be shorter."""


_REMEMBERED = 4096
"""Payloads that a writer knows by itself, where somebody else knows all of them."""


class WarcWriter:
    """Writes records into `directory`, a new file after each `max_bytes`. No record, no file.

    `clock` tells the time of files and of records without a time of their own. Each file gets its CDXJ in
    `index_directory` (default: beside it). `earlier` finds a capture, in this file or another, by its payload digest,
    of the given address if it can; without it this writer remembers all that it wrote, with it the last ones. Every
    method raises WarcWriteError when the disk refuses; what was written before is whole then, and `close` still works.
    """

    def __init__(
        self,
        directory: Path,
        prefix: str,
        info: WarcInfo,
        *,
        max_bytes: int = 10**9,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        index_directory: Path | None = None,
        earlier: Callable[[str, str], Earlier | None] | None = None,
    ) -> None:
        self._directory = directory
        self._prefix = prefix
        self._info = info
        self._max_bytes = max_bytes
        self._clock = clock
        self._index_directory = index_directory or directory
        self._earlier = earlier
        self._file: WarcFile | None = None
        self._warcinfo_id: str | None = None
        self._index_lines = SortedLines()
        self._payloads: dict[tuple[str, str | None], Earlier] = {}
        self._copies: dict[str, RecordRef] = {}
        self._serial = 0
        self._groups = 0
        self._finished: list[Path] = []

    def write_exchange(self, exchange: Exchange) -> RecordRef | None:
        """The records of one exchange: response or revisit, request, and a note if something was amiss.

        Returns the place of the response or revisit; None if no HTTP response came, which a metadata record tells.
        """
        head = parse_head(exchange.received)
        with self._group() as file:
            answer = self._write_answer(file, exchange, head) if head and head.status else None
            link = answer.record_id if answer else None
            if exchange.sent:
                request = self._write(file, draft.request(exchange, link))
                link = link or request.record_id
            if exchange.received and not answer:
                self._write(file, draft.leftovers(exchange, link))
            if note := draft.note(exchange, link, answered=answer is not None):
                self._write(file, note)
        return answer

    def write_conversion(self, url: str, text: str, refers_to: RecordRef, *, date: datetime | None = None) -> RecordRef:
        """The clean text of a capture, as a conversion record; `date` (aware) is the capture's if not given.

        Replay and packaging tools index a conversion as they do a page, by address and date. With its capture's date it
        is found beside it; with another it is shown in the page's place, and so is the text of a revisit.
        """
        moment = date or parse_warc_date(refers_to.date)
        with self._group() as file:
            return self._write(file, draft.conversion(url, text, refers_to.record_id, moment))

    def write_metadata(
        self, url: str | None, payload: bytes, content_type: str, refers_to: str | None = None
    ) -> RecordRef:
        """What is known about a capture (`refers_to` is its record id), an address, or the crawl itself.

        Only the note on an address names it in the record: see `warc.draft.metadata`.
        """
        with self._group() as file:
            return self._write(file, draft.metadata(url, payload, content_type, refers_to, self._clock()))

    def copy(
        self,
        refs: Iterable[RecordRef],
        source: WarcIndex,
        *,
        known: Callable[[str], bool] = lambda _id: False,
    ) -> list[RecordRef]:
        """Put records of `source` into this file byte for byte, each once; returns where they are now.

        A record whose id is `known` to the caller is in the archive already and is left out. `source.related(ref)`
        gives a capture and all that belongs to it, in the order to write it.
        """
        wanted = []
        with self._group() as file:
            for ref in refs:
                if ref.record_id not in self._copies:
                    if known(ref.record_id):
                        continue
                    self._copies[ref.record_id] = self._copy(file, ref, source)
                wanted.append(self._copies[ref.record_id])
        return wanted

    @contextmanager
    def together(self) -> Iterator[None]:
        """A context: the records written in it go into one file or, if it ends with an error, nowhere."""
        with self._group():
            yield

    def close(self) -> tuple[Path, ...]:
        """Finish the last file; returns all files of this writer in order. Closing twice does no harm."""
        self._finish()
        return tuple(self._finished)

    def _write_answer(self, file: WarcFile, exchange: Exchange, head: Head) -> RecordRef:
        body = [] if exchange.method == "HEAD" else entity(exchange.received, head)
        digest = sha1_label(*body)
        comparable = exchange.method == "GET" and head.status == 200 and not exchange.truncated
        comparable = comparable and sum(map(len, body)) > MIN_REVISIT
        earlier = self._find_earlier(digest, exchange, head) if comparable else None
        if earlier:
            record = draft.revisit(exchange, head, digest, earlier)
        else:
            record = draft.response(exchange, head, body, digest)
        ref = replace(self._write(file, record), payload_digest=digest)
        if comparable and not earlier:
            found = draft.Earlier(ref.record_id, target_uri(exchange.url), ref.date)
            self._payloads[digest, found.url] = found
            self._payloads.setdefault((digest, None), found)
        self._index_lines.append(cdxj_line(ref, head, exchange.method))
        return ref

    def _find_earlier(self, digest: str, exchange: Exchange, head: Head) -> Earlier | None:
        """An earlier capture with this payload, of the same address if there is one."""
        url = target_uri(exchange.url)
        elsewhere = self._earlier(digest, url) if self._earlier else None
        known = (self._payloads.get((digest, url)), elsewhere, self._payloads.get((digest, None)))
        found = [one for one in known if one and parse_warc_date(one.date) < exchange.date]
        same = [one for one in found if one.url == url]
        # pywb looks for a payload of another address by its digest, which a chunked response does not state.
        return next(iter(same or ([] if head.chunked else found)), None)

    def _copy(self, file: WarcFile, ref: RecordRef, source: WarcIndex) -> RecordRef:
        offset = file.size
        file.append(source.member(ref))
        placed = replace(ref, file=file.name, offset=offset, length=file.size - offset)
        if ref.type in CAPTURES:
            head = parse_head(source.record(ref).block)
            self._index_lines.append(cdxj_line(placed, head, source.method(ref)))
        return placed

    @contextmanager
    def _group(self) -> Iterator[WarcFile]:
        file = self._file if self._file and self._groups else self._current_file()
        if not self._groups:
            self._settle()
        size, lines = file.size, len(self._index_lines)
        payloads, copies = len(self._payloads), len(self._copies)
        self._groups += 1
        try:
            yield file
        except BaseException:
            file.cut(size)
            self._index_lines.take_back(lines)
            for known, count in ((self._payloads, payloads), (self._copies, copies)):
                while len(known) > count:
                    known.popitem()
            raise
        finally:
            self._groups -= 1

    def _settle(self) -> None:
        """Keep the memory small: nothing that was written before can be taken back now."""
        while self._earlier is not None and len(self._payloads) > _REMEMBERED:
            del self._payloads[next(iter(self._payloads))]
        try:
            self._index_lines.settle()
        except OSError as error:
            raise WarcWriteError("the folder for temporary files", error.strerror or str(error)) from error

    def _current_file(self) -> WarcFile:
        if self._file and self._file.size >= self._max_bytes:
            self._finish()
        if self._file is None:
            moment = self._clock()
            file = WarcFile(self._directory, self._prefix, moment, self._serial)
            self._warcinfo_id = None
            try:
                self._warcinfo_id = self._write(file, draft.warcinfo(self._info, file.name, moment)).record_id
            except WarcWriteError:
                file.discard()
                raise
            self._file, self._serial = file, file.serial + 1
        return self._file

    def _write(self, file: WarcFile, record: Draft) -> RecordRef:
        record_id = new_record_id()
        offset = file.size
        with file.member() as member:
            member.write(record.header(record_id, self._warcinfo_id))
            member.write(record.block)
            member.write(b"\r\n\r\n")
        place = (file.name, offset, file.size - offset)
        refers_to = dict(record.fields).get("WARC-Refers-To")
        return RecordRef(*place, record_id, record.date, record.kind, record.url, refers_to=refers_to)

    def _finish(self) -> None:
        """The index goes first: a file that has its name has its index, whenever the process may be killed."""
        if self._file is None:
            return
        file, self._file = self._file, None
        try:
            write_cdxj(self._index_lines, self._index_directory / cdxj_name(file.name))
        finally:
            self._index_lines.close()
            self._finished.append(file.close())
