"""Keys of an index: addresses turned round and levelled, so that captures of one page lie side by side.

`https://WWW.Example.com:443/B/?y=2&x=1` becomes `com,example)/b?x=1&y=2`. The form is the Sort-friendly URI Reordering
Transform of the Internet Archive; the levelling is the one that CDX indexes have used since Heritrix: the
canonicalisation of the Safe Browsing protocol (escapes, dots, slashes, numeric hosts), then what the Wayback Machine
adds (case, `www`, session ids, order of the query). Replay tools look captures up by these keys, so every detail has
to be theirs, odd ones included; the tests compare with keys that such a tool made.
"""

from __future__ import annotations

import ipaddress
import re
from contextlib import suppress
from urllib.parse import unquote_to_bytes

_ADDRESS = re.compile(r"([a-z][a-z0-9+.\-]*)://([^/?#]*)([^?#]*)(?:\?([^#]*))?", re.IGNORECASE | re.DOTALL)
_PORT = re.compile(r":(\d*)$")
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_WWW = re.compile(r"^www\d*\.")
_DOTS = re.compile(rb"\.+")
_BLANKS = re.compile(r"[\t\r\n]")
_UNSAFE = re.compile(rb"[\x00-\x20\x7f-\xff#%]")

_PATH_SESSIONS = (
    re.compile(rb"^(.*/)\((?:[a-z]\([0-9a-z]{24}\))+\)/([^?]+\.aspx.*)$", re.IGNORECASE | re.DOTALL),
    re.compile(rb"^(.*/)\([0-9a-z]{24}\)/([^?]+\.aspx.*)$", re.IGNORECASE | re.DOTALL),
)
_QUERY_SESSIONS = tuple(
    re.compile(rb"^(.*)" + pattern + rb"(?:&(.*))?$", re.IGNORECASE | re.DOTALL)
    for pattern in (
        rb"jsessionid=[0-9a-z]{32}",
        rb"phpsessid=[0-9a-z]{32}",
        rb"sid=[0-9a-z]{32}",
        rb"aspsessionid[a-z]{8}=[a-z]{24}",
        rb"cfid=[^&]+&cftoken=[^&]+",
    )
)


def surt(url: str) -> str:
    """The key of an address. One without `//` (`dns:example.com`) is its own."""
    address = _BLANKS.sub("", url.strip())
    match = _ADDRESS.match(address)
    if not match:
        return _escape(address.encode("utf-8", "surrogateescape")).lower()
    scheme, authority, path, query = match.groups()
    port = _PORT.search(authority)
    number = port[1].lstrip("0") if port else ""
    host = authority[: port.start()] if port else authority
    key = ",".join(reversed(_host(host.rpartition("@")[2]).split(".")))
    if number and number != _DEFAULT_PORTS.get(scheme.lower()):
        key += f":{number}"
    key += f"){_path(path)}"
    parameters = _query(query or "")
    return f"{key}?{parameters}" if parameters else key


def _host(name: str) -> str:
    """The host's name as it is asked of the DNS, without `www`; a number as the address that it means."""
    plain = _DOTS.sub(b".", _unescape(name).strip(b".").lower())
    if plain.isdigit() and len(plain) <= 10 and int(plain) < 2**32:
        return str(ipaddress.IPv4Address(int(plain)))
    with suppress(UnicodeError):  # no name that could be asked for
        plain = plain.decode("utf-8").encode("idna")
    return _WWW.sub("", _escape(plain)).strip("[]")


def _path(path: str) -> str:
    """Level, in lower case. As the others do it, an empty step counts for `..`, and `..` at the root stands."""
    steps: list[bytes] = []
    for step in _unescape(path).split(b"/")[1:]:
        if step == b".." and steps:
            steps.pop()
        elif step != b".":
            steps.append(step)
    level = b"/" + b"/".join(step for step in steps if step)
    for session in _PATH_SESSIONS:
        level = session.sub(rb"\1\2", level)
    return _escape(level).lower()


def _query(query: str) -> str:
    plain = _unescape(query)
    for session in _QUERY_SESSIONS:
        plain = session.sub(rb"\1\2", plain)
    return "&".join(sorted(_escape(plain).lower().split("&")))


def _unescape(text: str) -> bytes:
    """Without escapes, however often they were escaped again."""
    plain = text.encode("utf-8", "surrogateescape")
    while (deeper := unquote_to_bytes(plain)) != plain:
        plain = deeper
    return plain


def _escape(plain: bytes) -> str:
    return _UNSAFE.sub(lambda match: b"%%%02x" % match[0][0], plain).decode("ascii")
