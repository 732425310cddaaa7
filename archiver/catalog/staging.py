"""Conversions and metadata on their way into a new catalog: paired, whatever their order in the files.

They lie in a nameless database that SQLite keeps on disk and removes by itself, so that memory stays small.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import msgspec

from warc.record import RecordRef

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from warc.read import Record


class _Records(msgspec.Struct):
    conversion: str


class _Metadata(msgspec.Struct):
    """Block of an article's metadata record; see `archiver.catalog.content.metadata_payload`."""

    article: msgspec.Raw
    records: _Records


@dataclass(frozen=True, slots=True)
class Pair:
    """An article's two records: its JSON without the text, and title, lead and text in one.

    `conversion` and `text` are None where the conversion record is nowhere.
    """

    metadata: RecordRef
    article: bytes
    conversion: RecordRef | None
    text: str | None


class Staging:
    """A context manager: what was put in is gone at its end."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("CREATE TABLE conversions (record_id TEXT PRIMARY KEY, ref BLOB, text TEXT)")
        self._db.execute("CREATE TABLE metadata (ref BLOB, article BLOB, conversion_id TEXT)")
        self._db.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def add_conversion(self, record: Record) -> None:
        """Keep a conversion record until its metadata record is there; one that comes twice counts once."""
        row = (record.ref.record_id, msgspec.json.encode(record.ref), record.block.decode("utf-8", "replace"))
        self._db.execute("INSERT OR IGNORE INTO conversions VALUES (?, ?, ?)", row)

    def add_metadata(self, record: Record) -> None:
        """Keep a metadata record that is about an article; any other is passed over."""
        try:
            found = msgspec.json.decode(record.block, type=_Metadata)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return
        row = (msgspec.json.encode(record.ref), bytes(found.article), found.records.conversion)
        self._db.execute("INSERT INTO metadata VALUES (?, ?, ?)", row)

    def pairs(self) -> Iterator[Pair]:
        """All metadata records in the order in which they came, each with its conversion."""
        query = """
            SELECT metadata.ref, article, conversions.ref, text
            FROM metadata LEFT JOIN conversions ON record_id = conversion_id ORDER BY metadata.rowid
        """
        for metadata, article, conversion, text in self._db.execute(query):
            yield Pair(
                msgspec.json.decode(metadata, type=RecordRef),
                article,
                msgspec.json.decode(conversion, type=RecordRef) if conversion else None,
                text,
            )
