"""A small archive made by hand: captures, and articles that somebody is said to have cut out of them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

import msgspec

from archiver.archive import Archive
from archiver.article import (
    Article,
    Block,
    CaptureRef,
    Charset,
    Extractor,
    Removal,
    Rerouted,
    Where,
    clean_text,
)
from archiver.catalog import Catalog, Saved
from archiver.catalog.content import metadata_payload
from warc.draft import Earlier
from warc.record import Exchange, RecordRef, WarcInfo
from warc.write import WarcWriter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

URL = "https://contoh.test/2021/01/13/pasar-pagi"
START = datetime(2021, 1, 13, 4, 0, tzinfo=UTC)
INFO = WarcInfo("Kliping/test", "", "", "Kliping/test", "obey", "sha256:0", synthetic=True)
_WHERE = Where(1, "/html/body/div[1]/p[1]")


def article(url: str = URL, **changes: Any) -> Article:
    """An article as extraction gives it; `changes` are its fields."""
    text = changes.get("text", "Pedagang membuka lapak sejak subuh.\n\nHarga cabai naik.")
    made = Article(
        url=url,
        outlet="contoh",
        layout="utama",
        method="layout",
        title="Pasar pagi ramai lagi",
        lead="Pembeli kembali datang.",
        authors=("Siti Aminah",),
        published="2021-01-13T10:30:00+07:00",
        pages=(url,),
        text=text,
        blocks=tuple(Block("paragraph", part, _WHERE) for part in text.split("\n\n") if part),
        rerouted=(Rerouted("byline", "Siti Aminah", _WHERE),),
        removed=(Removal("related_inline", "Baca juga: Harga beras", "lexicon:baca-juga", _WHERE),),
        charset=Charset("utf-8", "utf-8", "utf-8"),
        extractor=Extractor("kliping", "0.1.0", "lexbor"),
    )
    return msgspec.structs.replace(made, **changes)


@dataclass
class Writer:
    """Writes into an archive as a crawl does: the capture, then the text, then what is known about it.

    Its clock goes a minute on at each capture and each reading.
    """

    root: Path
    prefix: str = "contoh"
    now: datetime = START
    archive: Archive = field(init=False)

    def __post_init__(self) -> None:
        self.archive = Archive.create(self.root)

    def __enter__(self) -> Self:
        self.catalog = Catalog(self.archive.catalog)
        self.warc = WarcWriter(
            self.archive.warc,
            self.prefix,
            INFO,
            clock=lambda: self.now,
            index_directory=self.archive.index,
            earlier=self._earlier,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.warc.close()
        self.catalog.close()

    def _earlier(self, digest: str, url: str) -> Earlier | None:
        ref = self.catalog.capture_with_payload(digest, url)
        return Earlier(ref.record_id, ref.url or "", ref.date) if ref else None

    def capture(
        self,
        url: str = URL,
        body: bytes = b"<p>isi</p>",
        *,
        status: int = 200,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> RecordRef:
        """A response, noted in the catalog."""
        self.now += timedelta(minutes=1)
        more = "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode()
        received = b"HTTP/1.1 %d OK\r\nContent-Length: %d\r\n%b\r\n%b" % (status, len(body), more, body)
        exchange = Exchange(url, "GET", b"GET / HTTP/1.1\r\nHost: contoh.test\r\n\r\n", received, self.now)
        ref = self.warc.write_exchange(exchange)
        assert ref is not None
        self.catalog.add_capture(ref, status)
        return ref

    def read(self, ref: RecordRef, found: Article) -> Saved:
        """The article that is said to be in the capture, with its two records."""
        self.now += timedelta(minutes=1)
        place = CaptureRef(ref.file, ref.offset, ref.record_id, ref.date, ref.payload_digest)
        found = msgspec.structs.replace(found, captures=(place, *found.captures))
        conversion = self.warc.write_conversion(found.url, clean_text(found), ref)
        ids = [capture.record_id for capture in found.captures]
        payload = metadata_payload(found, responses=ids, conversion=conversion.record_id)
        metadata = self.warc.write_metadata(found.url, payload, "application/json", ref.record_id)
        return self.catalog.save(found, conversion=conversion, metadata=metadata)

    def clip(self, url: str = URL, **changes: Any) -> Saved:
        """A capture and its article."""
        body = repr((url, sorted(changes.items()))).encode()
        return self.read(self.capture(url, body), article(url, **changes))


def dump(path: Path, *, ids: bool = True) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, and the words of the full-text index; without row numbers if `ids` is false.

    The index is checked against the texts that it was made of.
    """
    with sqlite3.connect(path) as db:
        tables = {}
        for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
            if name.startswith("fulltext"):
                continue
            rows = db.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 - names of our own tables
            tables[name] = sorted((row[1:] if name == "articles" and not ids else row for row in rows), key=repr)
        db.execute("INSERT INTO fulltext (fulltext, rank) VALUES ('integrity-check', 1)")
        db.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'fulltext', 'row')")
        tables["fulltext"] = db.execute("SELECT * FROM temp.terms ORDER BY term").fetchall()
    db.close()
    return tables
