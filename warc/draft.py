"""What each kind of record says: an exchange, a text or a note turned into WARC/1.1 fields and a block.

Pure: a draft knows neither its file nor its id. warcio lays out the header; the blocks go in as they came, since
warcio would write the HTTP heads anew in a spelling of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from warcio.statusandheaders import StatusAndHeaders

from warc.identify import identify
from warc.record import sha1_label, target_uri, warc_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from warc.message import Head
    from warc.record import Exchange, Octets, WarcInfo

Fields: TypeAlias = tuple[tuple[str, str], ...]

WARC_FIELDS = "application/warc-fields"
"""Content type of records that hold lines of name and value (WARC 1.1, 6.2). No tool takes such a record for a page."""

REVISIT_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"

_RESPONSE = "application/http; msgtype=response"
_REQUEST = "application/http; msgtype=request"


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier capture with the same payload: what a revisit refers to. `date` is its WARC-Date."""

    record_id: str
    url: str
    date: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A record to write. `url` is its WARC-Target-URI, `fields` what its kind adds to the common ones."""

    kind: str
    date: str
    content_type: str
    block: Octets
    url: str | None = None
    fields: Fields = ()

    def header(self, record_id: str, warcinfo_id: str | None) -> bytes:
        """The record's header, from the version line to the blank line."""
        fields = [("WARC-Type", self.kind), ("WARC-Record-ID", record_id), ("WARC-Date", self.date)]
        if self.url:
            fields.append(("WARC-Target-URI", self.url))
        if warcinfo_id:
            fields.append(("WARC-Warcinfo-ID", warcinfo_id))
        fields += self.fields
        fields += [
            ("WARC-Block-Digest", sha1_label(self.block)),
            ("Content-Type", self.content_type),
            ("Content-Length", str(len(self.block))),
        ]
        header: bytes = StatusAndHeaders("", fields, protocol="WARC/1.1").to_bytes()
        return header


def warcinfo(info: WarcInfo, file_name: str, moment: datetime) -> Draft:
    """The first record of a file."""
    fields = (("WARC-Filename", file_name),)
    return Draft("warcinfo", warc_date(moment), WARC_FIELDS, warc_fields(info.fields()), fields=fields)


def response(exchange: Exchange, head: Head, body: Iterable[bytes | memoryview], digest: str) -> Draft:
    """The response as it came. `body` (in pieces) and `digest` are the entity's, which is still content-encoded.

    A chunked response states no payload digest: the specification means the decoded entity, some clients check the
    bytes as stored. The index has it. Beside a declared charset no payload type is identified: ReplayWeb.page takes
    that for the whole Content-Type, and shows the page in the wrong characters.
    """
    fields = _network(exchange) + _truncation(exchange)
    if not head.chunked or exchange.method == "HEAD":
        fields += (("WARC-Payload-Digest", digest),)
    has_charset = "charset" in head.joined("content-type").lower()
    if not has_charset and (media_type := identify(body, head)):
        fields += (("WARC-Identified-Payload-Type", media_type),)
    return _exchanged("response", exchange, _RESPONSE, exchange.received, fields)


def revisit(exchange: Exchange, head: Head, digest: str, earlier: Earlier) -> Draft:
    """The head of a response whose body is the same as an earlier one's (WARC 1.1, 6.7.2)."""
    fields = (
        ("WARC-Profile", REVISIT_PROFILE),
        ("WARC-Refers-To", earlier.record_id),
        ("WARC-Refers-To-Target-URI", earlier.url),
        ("WARC-Refers-To-Date", earlier.date),
        ("WARC-Payload-Digest", digest),
        ("WARC-Truncated", "length"),
    )
    return _exchanged("revisit", exchange, _RESPONSE, exchange.received[: head.size], _network(exchange) + fields)


def request(exchange: Exchange, answer_id: str | None) -> Draft:
    """The request; `answer_id` is the record of what came back."""
    return _exchanged("request", exchange, _REQUEST, exchange.sent, _network(exchange) + _concurrent(answer_id))


def leftovers(exchange: Exchange, request_id: str | None) -> Draft:
    """Bytes that came back and are no HTTP response, or not enough of one. No address: this is no page."""
    fields = _concurrent(request_id) + _truncation(exchange)
    return Draft("metadata", warc_date(exchange.date), "application/octet-stream", exchange.received, fields=fields)


def note(exchange: Exchange, concurrent_id: str | None, *, answered: bool) -> Draft | None:
    """What the other records of an exchange can't say; None if there is nothing to add."""
    lines = [] if answered else [("outcome", "no response")]
    if not exchange.exact:
        lines.append(("exact-bytes", "no"))
    lines += [("note", text) for text in exchange.notes]
    if exchange.error:
        lines.append(("error", exchange.error))
    if not lines:
        return None
    return _exchanged("metadata", exchange, WARC_FIELDS, warc_fields(lines), _concurrent(concurrent_id))


def conversion(url: str, text: str, refers_to: str, moment: datetime) -> Draft:
    """The text of a capture (WARC 1.1, 6.8). No payload digest: the block is the payload."""
    block = text.encode("utf-8")
    fields = (("WARC-Refers-To", refers_to),)
    return Draft("conversion", warc_date(moment), "text/plain; charset=utf-8", block, target_uri(url), fields)


def metadata(url: str | None, payload: bytes, content_type: str, refers_to: str | None, moment: datetime) -> Draft:
    """What is known about a capture, an address, or the crawl itself.

    A record about a capture names it by its id alone. With an address of its own it would be indexed beside the
    page, and replay tools would show it in the page's place (WARC 1.1, 6.6 leaves the address to choice).
    """
    date = warc_date(moment)
    if refers_to:
        return Draft("metadata", date, content_type, payload, fields=(("WARC-Refers-To", refers_to),))
    return Draft("metadata", date, content_type, payload, target_uri(url) if url else None)


def _exchanged(kind: str, exchange: Exchange, content_type: str, block: Octets, fields: Fields) -> Draft:
    return Draft(kind, warc_date(exchange.date), content_type, block, target_uri(exchange.url), fields)


def _concurrent(record_id: str | None) -> Fields:
    return (("WARC-Concurrent-To", record_id),) if record_id else ()


def _truncation(exchange: Exchange) -> Fields:
    return (("WARC-Truncated", exchange.truncated),) if exchange.truncated else ()


def _network(exchange: Exchange) -> Fields:
    fields = tuple(("WARC-Protocol", protocol) for protocol in exchange.protocols)
    if exchange.ip:
        fields = (("WARC-IP-Address", exchange.ip), *fields)
    if exchange.cipher:
        fields += (("WARC-Cipher-Suite", exchange.cipher),)
    return fields


def warc_fields(lines: Iterable[tuple[str, str]]) -> bytes:
    """Lines of name and value as the block of a record."""
    return "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in lines).encode("utf-8", "replace")
