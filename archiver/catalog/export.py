"""Articles as files for other programs: JSON Lines, CSV and plain text, one article at a time.

Every article comes with the id of the response record that it was cut out of, and the date of that capture:
whoever quotes the text can show the original.
"""

from __future__ import annotations

import csv
import io
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import msgspec

from archiver.article import clean_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from archiver.catalog.entry import Entry

COLUMNS: Final = (
    *("url", "canonical_url", "outlet", "title", "lead", "authors", "editors", "published", "modified"),
    *("dateline", "section", "tags", "language", "source", "text", "version"),
    *("captured", "record_id", "conversion_id"),
)
"""Of the CSV form; several names or tags in one cell are separated by `; `."""


def jsonl(entries: Iterable[Entry]) -> Iterator[bytes]:
    """One JSON object a line: all keys of the article, then those of `_origin`."""
    encoder = msgspec.json.Encoder()
    for entry in entries:
        yield encoder.encode(msgspec.to_builtins(entry.article) | _origin(entry)) + b"\n"


def table(entries: Iterable[Entry]) -> Iterator[bytes]:
    """CSV by RFC 4180 in UTF-8: a head line, then one row an article, with the fields of `COLUMNS`."""
    yield _row(COLUMNS)
    for entry in entries:
        values = msgspec.to_builtins(entry.article) | _origin(entry)
        yield _row([_cell(values[column]) for column in COLUMNS])


def text(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Plain text: for each article a head with its address and record, then title, lead and body."""
    for entry in entries:
        article = entry.article
        head = f"==> {article.url} <==\ncaptured {entry.captured}\nrecord {entry.record_id}\n"
        yield f"{head}\n{clean_text(article)}\n\n".encode("utf-8", "replace")


FORMATS: Final[Mapping[str, Callable[[Iterable[Entry]], Iterator[bytes]]]] = MappingProxyType(
    {"jsonl": jsonl, "csv": table, "text": text}
)


def _origin(entry: Entry) -> dict[str, object]:
    return {
        "version": entry.version,
        "captured": entry.captured,
        "record_id": entry.record_id,
        "conversion_id": entry.conversion_id,
    }


def _cell(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def _row(cells: Iterable[str]) -> bytes:
    line = io.StringIO(newline="")
    csv.writer(line).writerow(cells)
    return line.getvalue().encode("utf-8", "replace")
