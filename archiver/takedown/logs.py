"""Ledgers and logs of runs, without the words of an article; addresses stay.

In a ledger the evidence goes, in any other log the whole entry: a traceback may quote what it was about. The page of
a run goes as a whole; the ledger that it was made of tells the same.
"""

from __future__ import annotations

import html
import os
import re
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from archiver.takedown.words import Words

_START: Final = 4096
"""Bytes that tell whether a file is a text."""

_ENTRY: Final = re.compile(rb"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
"""With a date and time begins an entry of a log; what follows up to the next one belongs to it."""

_TAG: Final = re.compile(r"<[^<>]*>")


def mentions(path: Path, words: Words) -> bool:
    """Whether a file has words of the article, or is no text, so that nobody can tell."""
    with path.open("rb") as file:
        if b"\x00" in file.read(_START):
            return True
        file.seek(0)
        return any(words.find(text) for _, text in _texts(path, file))


def redact(path: Path, target: Path, words: Words, takedown: str) -> None:
    """Copy a log without the words; `takedown` is the id that stands in their place. The copy is on disk afterwards."""
    with path.open("rb") as file, target.open("xb") as out:
        for entry, text in _texts(path, file):
            if words.find(text):
                out.write(_without_words(entry, takedown))
            else:
                out.write(entry)
        out.flush()
        os.fsync(out.fileno())


def _texts(path: Path, file: BinaryIO) -> Iterator[tuple[bytes, str]]:
    """-> an entry and what it says: of a page, which is a single entry, without the markup."""
    if path.suffix == ".html":
        page = file.read()
        yield page, html.unescape(_TAG.sub(" ", page.decode("utf-8", "replace")))
        return
    for entry in _entries(file):
        yield entry, entry.decode("utf-8", "replace")


def _entries(file: BinaryIO) -> Iterator[bytes]:
    """JSON lines one by one, lines of a log with those that belong to them."""
    entry = b""
    for line in file:
        if entry and (line.startswith(b"{") or _ENTRY.match(line)):
            yield entry
            entry = b""
        entry += line
    if entry:
        yield entry


def _without_words(entry: bytes, takedown: str) -> bytes:
    note = f"removed by takedown {takedown}"
    try:
        line = msgspec.json.decode(entry, type=dict[str, object])
    except msgspec.MsgspecError:
        time = _ENTRY.match(entry)
        return b" ".join(([time[0]] if time else []) + [note.encode()]) + b"\n"
    if "outcome" in line:  # of a ledger
        return msgspec.json.encode(line | {"evidence": note}) + b"\n"
    return msgspec.json.encode({"time": line.get("time"), "message": note}) + b"\n"
