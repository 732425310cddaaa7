"""What a page needs to look right: images, styles, scripts and fonts, and what its stylesheets need in turn.

Pure: from bytes to addresses. HTML is parsed; CSS is searched for the only two things that load anything, `url()` and
`@import`, with comments and strings passed over. A slip there costs a request or a picture, never a capture, so it
needs no parser of its own. Frames and videos are other documents and are left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from archiver.crawling.frontier import normal
from archiver.extraction.charset import decode, markup
from archiver.extraction.dom import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archiver.capture import Capture
    from archiver.extraction.dom import Node

_LINKS: Final = frozenset(
    "stylesheet icon apple-touch-icon apple-touch-icon-precomposed mask-icon preload modulepreload".split()
)
"""Link types whose target is loaded to show the page: https://html.spec.whatwg.org/#linkTypes"""

_QUERY: Final = (
    "link[rel], script[src], img, picture source, input[type=image], video[poster], image, style, [style], [background]"
)

_SOURCES: Final = ("src", "data-src", "data-original", "data-lazy-src")
_SOURCE_SETS: Final = ("srcset", "data-srcset", "data-lazy-srcset")
"""Where pictures that a script loads late have their address."""

_STRING: Final = r""" "(?:[^"\\\n]|\\.)*+"? | '(?:[^'\\\n]|\\.)*+'? """
_LOADS: Final = re.compile(
    rf"""
    /\*.*?(?:\*/|\Z)
    | @namespace\b[^;]*+
    | (?:@import\s*+|\burl\(\s*+)({_STRING})
    | \burl\(\s*+((?:[^\s"'()\\]|\\(?:[0-9a-f]{{1,6}}\s?|.))++)
    | {_STRING}
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)
_NEXT_SOURCE: Final = re.compile(r"[\s,]*+(\S++)")


def page_requisites(capture: Capture) -> tuple[str, ...]:
    """Addresses of what a page loads to be shown, each once, in document order, in the form they are sent in."""
    text, encoding = decode(capture)
    page = Page(markup(capture, text, encoding))
    base = page.first("base[href]")
    origin = _absolute(base.attributes.get("href") or "", capture.url) if base is not None else None
    named = (address for node in page.all(_QUERY) for address in _of_element(node))
    return _sendable(named, origin or capture.url)


def stylesheet_requisites(capture: Capture) -> tuple[str, ...]:
    """Addresses of what a stylesheet loads: imported stylesheets, images, fonts."""
    text, _ = decode(capture)
    return _sendable(css_addresses(text), capture.url)


def css_addresses(css: str) -> Iterator[str]:
    """What `url()` and `@import` name in a piece of CSS (CSS Syntax 3, 4.3.6), unescaped, still relative."""
    for match in _LOADS.finditer(css):
        address = match[2] or (match[1] or "")[1:].rstrip("\"'")
        if address:
            yield _ESCAPE.sub(_character, address)


def srcset_addresses(value: str) -> Iterator[str]:
    """Addresses in a `srcset` (https://html.spec.whatwg.org/#parse-a-srcset-attribute), still relative."""
    place = 0
    while match := _NEXT_SOURCE.match(value, place):
        place = match.end()
        address = match[1].rstrip(",")
        if address == match[1]:  # a descriptor follows, up to the comma
            place = value.find(",", place) + 1 or len(value)
        if address:
            yield address


def _of_element(node: Node) -> Iterator[str]:
    attributes = node.attributes
    match node.tag:
        case "link":
            if not _LINKS.isdisjoint((attributes.get("rel") or "").lower().split()):
                yield attributes.get("href") or ""
                yield from srcset_addresses(attributes.get("imagesrcset") or "")
        case "script":
            yield attributes.get("src") or ""
        case "img" | "source" | "input":
            for name in _SOURCES if node.tag != "source" else ():
                yield attributes.get(name) or ""
            for name in _SOURCE_SETS:
                yield from srcset_addresses(attributes.get(name) or "")
        case "video":
            yield attributes.get("poster") or ""
        case "image":
            yield attributes.get("href") or attributes.get("xlink:href") or ""
        case "style":
            yield from css_addresses(node.text())
    yield attributes.get("background") or ""
    yield from css_addresses(attributes.get("style") or "")


def _sendable(addresses: Iterable[str], base: str) -> tuple[str, ...]:
    found = (_absolute(address.strip(), base) for address in addresses if address and not address.isspace())
    return tuple(dict.fromkeys(address for address in found if address is not None))


def _absolute(address: str, base: str) -> str | None:
    """The address as it is sent; None for what is not on the web, such as `data:`."""
    try:
        return normal(urljoin(base, address))
    except ValueError:
        return None


def _character(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return escape[2].lstrip("\n")
    number = int(escape[1], 16)
    return chr(number) if 0 < number <= 0x10FFFF else "\ufffd"
