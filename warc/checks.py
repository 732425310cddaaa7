"""What a single record must be, whatever stands around it: fields, digests, the HTTP message in its block.

The rules are those of WARC 1.1 (ISO 28500:2017); section numbers are its own.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

from warc.message import chunked_length, entity, parse_head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warc.read import Record
    from warc.record import Octets

_TYPES = frozenset({"warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation"})
_WITH_ADDRESS = _TYPES - {"warcinfo", "metadata"}
_MANDATORY = ("warc-record-id", "warc-date", "warc-type", "content-length")
_REPEATABLE = frozenset({"warc-concurrent-to", "warc-protocol"})
_RECORD_ID = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>]+>")
_DATE_1_0 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DATE_1_1 = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z)?)?)?")
_TRUNCATED = frozenset({"length", "time", "disconnect", "unspecified"})
_REQUEST_LINE = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+ \S+ HTTP/1\.[01]")
_BODILESS = frozenset({204, 304})


def check_record(record: Record) -> Iterator[tuple[str, str]]:
    """Faults of a record, each as a code and a message.

    The code `no-body` is for a response without the body that its head announces: a fault unless the method was
    HEAD, which only the request says.
    """
    yield from _check_fields(record)
    block_digest = record.get("WARC-Block-Digest")
    if block_digest and digest_matches(block_digest, record.block) is False:
        yield "block-digest", f"the block does not have the digest {block_digest}"
    content_type = (record.get("Content-Type") or "").replace(" ", "").lower()
    if content_type == "application/http;msgtype=request":
        line = record.block.partition(b"\r\n")[0]
        if not _REQUEST_LINE.fullmatch(line):
            yield "http", f"no HTTP request line: {line[:60]!r}"
    elif content_type.startswith("application/http") and record.ref.type in {"response", "revisit"}:
        yield from _check_response(record)
    elif record.ref.type == "resource":
        yield from _check_payload_digest(record, record.block)


def digest_matches(label: str, *parts: Octets | memoryview) -> bool | None:
    """Whether parts laid end to end have the digest `algorithm:value` (base 32 or hexadecimal).

    None if the algorithm is not known here.
    """
    name, _, value = label.partition(":")
    name = name.lower().replace("-", "")
    if name not in hashlib.algorithms_available or name.startswith("shake"):
        return None
    digest = hashlib.new(name, usedforsecurity=False)
    for part in parts:
        digest.update(part)
    if value.lower() == digest.hexdigest():
        return True
    return value.upper().rstrip("=") == base64.b32encode(digest.digest()).decode("ascii").rstrip("=")


def _check_fields(record: Record) -> Iterator[tuple[str, str]]:
    for name in _MANDATORY:
        if name not in record.values:
            yield "field", f"no {name}"
    for name, values in record.values.items():
        if len(values) > 1 and name not in _REPEATABLE:
            yield "field", f"{name} stands there {len(values)} times"
    kind, ref = record.ref.type, record.ref
    if kind and kind not in _TYPES:
        yield "field", f"WARC-Type is {kind!r}"
    if ref.record_id and not _RECORD_ID.fullmatch(ref.record_id):
        yield "field", f"WARC-Record-ID is {ref.record_id!r}"
    if ref.date and not (_DATE_1_0 if record.version == "WARC/1.0" else _DATE_1_1).fullmatch(ref.date):
        yield "field", f"WARC-Date is {ref.date!r}"
    if kind in _WITH_ADDRESS and not ref.url:
        yield "field", f"a {kind} record without WARC-Target-URI"
    if record.block and not record.get("Content-Type"):
        yield "field", "no Content-Type"
    truncated = record.get("WARC-Truncated")
    if truncated is not None and truncated not in _TRUNCATED:
        yield "field", f"WARC-Truncated is {truncated!r}"


def _check_response(record: Record) -> Iterator[tuple[str, str]]:
    head = parse_head(record.block)
    if head is None or head.status is None:
        yield "http", f"no HTTP response: {record.block[:60]!r}"
        return
    if record.ref.type == "revisit":
        return
    body = entity(record.block, head)
    yield from _check_payload_digest(record, *body, stored=record.block[head.size :] if head.chunked else None)
    if record.get("WARC-Truncated") or head.status in _BODILESS:
        return
    length, stated = len(record.block) - head.size, head.get("content-length") or ""
    announced = int(stated) if stated.isdecimal() else None
    if not length and (head.chunked or announced):
        yield "no-body", "the head announces a body, there is none"
    elif head.chunked:
        if chunked_length(record.block, head.size) != length:
            yield "http", "the head says chunked, the body is not, or not wholly"
    elif announced not in {None, length}:
        yield "http", f"Content-Length says {announced} bytes, the body has {length}"


def _check_payload_digest(
    record: Record, *payload: Octets | memoryview, stored: bytes | None = None
) -> Iterator[tuple[str, str]]:
    """Of a chunked body, some programs digest the bytes as `stored`; that is no fault of the file."""
    label = record.get("WARC-Payload-Digest")
    if label is None or digest_matches(label, *payload) is not False:
        return
    if stored is None or digest_matches(label, stored) is False:
        yield "payload-digest", f"the payload does not have the digest {label}"
