"""The values this package hands around: where a record lies, what went over the wire, who made the file."""

from __future__ import annotations

import base64
import hashlib
import mmap
import re
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, TypeAlias
from urllib.parse import quote, urlsplit, urlunsplit

Truncation: TypeAlias = Literal["length", "time", "disconnect", "unspecified"]
"""Why a record holds less than was sent; the values of WARC-Truncated (WARC 1.1, 5.13)."""

Octets: TypeAlias = bytes | mmap.mmap
"""A message: bytes in memory, or a mapped temporary file where they are many."""

CAPTURES = frozenset({"response", "revisit", "resource"})
"""Types of record that hold a capture, or stand for one."""


@dataclass(frozen=True, slots=True)
class RecordRef:
    """Where one record lies, and what names it.

    `file` is the file's name without its folder; `offset` and `length` count bytes of the file as it lies on disk.
    `date` is the WARC-Date as written. `payload_digest` is that of the entity (transfer decoding undone, content
    encoding kept) as `sha1:BASE32`; None where the record does not say and nobody has reckoned it. `refers_to` is the
    id in WARC-Refers-To: the capture that a revisit repeats or a text was cut out of. It is not compared.
    """

    file: str
    offset: int
    length: int
    record_id: str
    date: str
    type: str
    url: str | None
    payload_digest: str | None = None
    refers_to: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and what came back, as the bytes on the wire.

    `sent` and `received` are whole HTTP/1.x messages, or as much of them as there was. `date` (aware) is when the
    request went out; `ip` the address contacted; `protocols` are values of WARC-Protocol, `cipher` that of
    WARC-Cipher-Suite. `truncated` says why `received` is cut short, None if it is whole. `exact` is False when a
    message is not what went over the wire, byte for byte; `notes` say what differs. `error` names the failure of a
    fetch that failed.
    """

    url: str
    method: str
    sent: bytes
    received: Octets
    date: datetime
    ip: str | None = None
    protocols: tuple[str, ...] = ()
    cipher: str | None = None
    truncated: Truncation | None = None
    exact: bool = True
    error: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WarcInfo:
    """What the warcinfo record of each file says about the crawl that wrote it.

    `robots` is the policy ("obey" or "ignore"), `settings_digest` a label such as `sha256:…` of all settings that
    change what is captured. `synthetic` marks a recording of made-up pages under a made-up clock.
    """

    software: str
    operator: str
    contact: str
    user_agent: str
    robots: str
    settings_digest: str
    description: str | None = None
    is_part_of: str | None = None
    synthetic: bool = False

    def fields(self) -> list[tuple[str, str]]:
        """The fields in the order they are written (names: WARC 1.1, 6.2, and Dublin Core terms)."""
        fields = [
            ("software", self.software),
            ("format", "WARC File Format 1.1"),
            ("conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
            ("operator", self.operator),
            ("contact", self.contact),
            ("robots", self.robots),
            ("http-header-user-agent", self.user_agent),
            ("settings-digest", self.settings_digest),
            ("isPartOf", self.is_part_of or ""),
            ("description", self.description or ""),
            ("synthetic", "yes: made-up pages, recorded under a made-up clock" if self.synthetic else ""),
        ]
        return [(name, " ".join(value.split())) for name, value in fields if value]


def new_record_id() -> str:
    """A fresh WARC-Record-ID, angle brackets included."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def sha1_label(*parts: Octets | memoryview) -> str:
    """`sha1:BASE32` of the parts laid end to end: the form of digest that archivists' tools share."""
    digest = hashlib.sha1(usedforsecurity=False)
    for part in parts:
        digest.update(part)
    return "sha1:" + base64.b32encode(digest.digest()).decode("ascii")


def warc_date(moment: datetime) -> str:
    """A WARC-Date in UTC with microseconds (WARC 1.1, 5.4). `moment` must be aware."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def parse_warc_date(date: str) -> datetime:
    """The moment of a WARC-Date, aware; the earliest it may mean where it is short. Raises ValueError."""
    if re.fullmatch(r"\d{4}(-\d\d)?", date):
        date = f"{date}-01-01"[:10]
    moment = datetime.fromisoformat(date)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def timestamp14(date: str) -> str:
    """`YYYYMMDDhhmmss` of a WARC-Date, zeros for what a short one leaves out."""
    return re.sub(r"\D", "", date)[:14].ljust(14, "0")


# What RFC 3986 allows in a URI beside letters and digits, and the percent sign of an escape.
_URI_CHARACTERS = "-._~:/?[]@!$&'()*+,;=%"
_AS_IT_IS = re.compile(rf"https?://[a-z0-9.\-:]+/[A-Za-z0-9{re.escape(_URI_CHARACTERS)}]*(?<!\?)")


def target_uri(url: str) -> str:
    """The WARC-Target-URI of an address: no fragment, no user and password, only what RFC 3986 allows."""
    if _AS_IT_IS.fullmatch(url):
        return url
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    return quote(urlunsplit((parts.scheme, host, parts.path, parts.query, "")), safe=_URI_CHARACTERS)
