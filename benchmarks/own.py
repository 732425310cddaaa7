"""Kliping itself, as the peers are called: with its outlets' layouts, and as if it knew none of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from archiver.capture import Capture
from archiver.extraction import extract
from archiver.outlet import Outlet
from archiver.outlets import Outlets, load_outlets


@cache
def _outlets() -> Outlets:
    return load_outlets()


def _answer(html: bytes, url: str, outlet: Outlet | None) -> dict[str, Any]:
    article = extract(Capture(url, html), outlet)
    return {
        "title": article.title,
        "text": article.text,
        "authors": list(article.authors),
        "published": article.published,
        "outcome": article.outcome,
    }


def layouts(html: bytes, url: str) -> dict[str, Any]:
    """The very call of `kliping extract FILE --url URL`."""
    return _answer(html, url, _outlets().for_url(url))


def fallback(html: bytes, url: str) -> dict[str, Any]:
    """The same without any outlet."""
    return _answer(html, url, None)


OWN: dict[str, Callable[[bytes, str], dict[str, Any] | None]] = {"kliping": layouts, "kliping (no layout)": fallback}
