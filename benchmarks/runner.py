"""Runs one extractor over a set of pages in one process and one thread, and says what it gave and how long it took.

    python runner.py MODULE NAME PAGES REPEATS > ANSWERS

PAGES is a JSON list of {name, url, file}; ANSWERS a JSON list of {name, answer, seconds, parse}: the least CPU time, of
so many repeats, of the extractor and of a bare `lxml.html.fromstring` of the same bytes, measured in turn. CPU time,
so that a busy machine does not count; the least, because caches and clocks disturb in one direction only.
"""

from __future__ import annotations

import contextlib
import json
import logging
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html

Extractor = Callable[[bytes, str], dict[str, Any] | None]


def measure(extractor: Extractor, pages: Sequence[tuple[str, str, bytes]], repeats: int) -> Iterator[dict[str, Any]]:
    """The answer and both times for each page (name, address, HTML)."""
    for _, url, html in pages[:3]:
        _answer(extractor, html, url)
    for name, url, html in pages:
        seconds = parse = float("inf")
        answer: dict[str, Any] | None = None
        for _ in range(repeats):
            start = time.process_time()
            _parse(html)
            middle = time.process_time()
            answer = _answer(extractor, html, url)
            seconds = min(seconds, time.process_time() - middle)
            parse = min(parse, middle - start)
        yield {"name": name, "answer": answer, "seconds": seconds, "parse": parse}


def _parse(html: bytes) -> None:
    with contextlib.suppress(lxml.etree.ParserError):
        lxml.html.fromstring(html)


def _answer(extractor: Extractor, html: bytes, url: str) -> dict[str, Any] | None:
    """What the extractor gives; an exception of its own is an answer without a text."""
    try:
        return extractor(html, url)
    except Exception as error:  # noqa: BLE001 - a peer may raise anything, and the others are still to be measured
        return {"error": f"{type(error).__name__}: {error}"}


def main() -> None:
    module, name, listing, repeats = sys.argv[1:]
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    extractor: Extractor = getattr(import_module(module), module.upper())[name]
    pages = [
        (page["name"], page["url"], Path(page["file"]).read_bytes())
        for page in json.loads(Path(listing).read_text(encoding="utf-8"))
    ]
    json.dump(list(measure(extractor, pages, int(repeats))), sys.stdout, default=str)


if __name__ == "__main__":
    main()
