"""Which charset a page is in: what it says of itself, what its bytes say, and what it is read with."""

from __future__ import annotations

import codecs
import re

from bs4.dammit import EncodingDetector

from archiver.article import Charset
from archiver.capture import Capture

_WEB_CODECS = frozenset(
    "ascii big5 big5hkscs cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 cp874 "
    "euc_jp euc_kr gb18030 gb2312 gbk iso2022_jp iso8859-1 iso8859-2 iso8859-3 iso8859-4 iso8859-5 "
    "iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-10 iso8859-11 iso8859-13 iso8859-14 iso8859-15 "
    "iso8859-16 koi8-r koi8-u mac-roman shift_jis utf-8 utf-16-be utf-16-le".split()
)
"""Python's names of the encodings that a web page may be in: https://encoding.spec.whatwg.org/"""

_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

_WEB_LABELS = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gbk"}
"""Labels that browsers read as a superset of what they name: https://encoding.spec.whatwg.org/#names-and-labels"""


def decode(capture: Capture) -> tuple[str, Charset]:
    """The page as text, and how that was decided.

    Bytes that are valid UTF-8 and not plain ASCII are UTF-8, whatever is declared: no other encoding produces them by
    chance, while wrong declarations are common. Otherwise a byte order mark, the HTTP header and the page's own
    declaration decide, in this order. Undecodable bytes become U+FFFD; nothing raises. NULs, which nobody sees and
    which HTML turns into U+FFFD in a title, are left out.
    """
    text, charset = _decode(capture)
    return text.replace("\0", ""), charset


def _decode(capture: Capture) -> tuple[str, Charset]:
    body = capture.body
    declared = _declared(capture)
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace"), Charset(declared, name, name)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        used = _usable(declared) or "cp1252"
        return body.decode(used, "replace"), Charset(declared, None, used)
    sniffed = "ascii" if text.isascii() else "utf-8"
    return text, Charset(declared, sniffed, "utf-8")


def markup(capture: Capture, text: str, charset: Charset) -> str | bytes:
    """What to give the parser: the page's own bytes where they are valid UTF-8, which spares a copy, else the text."""
    body = capture.body
    clean = b"\0" not in body and not body.startswith(codecs.BOM_UTF8)
    if charset.used == "utf-8" and charset.sniffed is not None and clean:
        return body
    return text


def _declared(capture: Capture) -> str | None:
    header = _HEADER_CHARSET.search(capture.header("content-type") or "")
    if header:
        return header[1].lower()
    found = EncodingDetector.find_declared_encoding(capture.body[:4096], is_html=True)
    return found.lower() if found else None


def _usable(label: str | None) -> str | None:
    """The codec for a declared label, or None where there is none that makes text of bytes."""
    if label is None:
        return None
    try:
        codec = codecs.lookup(label)
    except LookupError:
        return None
    if codec.name not in _WEB_CODECS:
        return None
    return _WEB_LABELS.get(codec.name, codec.name)
