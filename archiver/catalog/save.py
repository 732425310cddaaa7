"""Keeping a reading: how the catalog's tables change when an article was cut out of a capture.

Readings may come in any order and more than once; the tables depend on the set of readings alone (but for the
row numbers). That is why a rebuilt catalog equals the one it replaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from archiver.catalog.content import article_json, digest

if TYPE_CHECKING:
    import sqlite3

    from archiver.article import Article
    from warc.record import RecordRef

Saved: TypeAlias = Literal["saved", "updated", "unchanged"]


def add_record(db: sqlite3.Connection, ref: RecordRef, status: int | None = None, truncated: str | None = None) -> None:
    """Note where a record lies; one that is known already is left as it is."""
    place = (ref.record_id, ref.type, ref.url, ref.file, ref.offset, ref.length, ref.date, ref.payload_digest)
    db.execute("INSERT OR IGNORE INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*place, status, truncated))


def save(db: sqlite3.Connection, article: Article, conversion: RecordRef, metadata: RecordRef | None) -> Saved:
    """Keep the reading, within the caller's transaction; see `Catalog.save`."""
    capture, content = article.captures[0], digest(article)
    for ref in (conversion, metadata):
        if ref is not None:
            add_record(db, ref)
    earlier = db.execute(
        "SELECT url, digest, derived FROM readings WHERE capture_id = ?", (capture.record_id,)
    ).fetchone()
    derived = (metadata or conversion).date
    if earlier and earlier[2] > derived:
        return "unchanged"  # a newer extraction of the same capture is there already
    versions = _versions(db, article.url)
    touched = {article.url, earlier[0]} if earlier else {article.url}
    for url in touched:
        _unindex(db, url)
    reading = (
        *(capture.record_id, article.url, capture.date, content, article.title, article.lead, article.text),
        *(article_json(article), conversion.record_id, metadata and metadata.record_id, derived),
    )
    db.execute("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", reading)
    _add_addresses(db, article)
    for url in touched:
        _refresh(db, url)
    if versions == 0:
        return "saved"
    if earlier and earlier[0] == article.url:
        return "unchanged" if earlier[1] == content else "updated"
    return "unchanged" if _versions(db, article.url) == versions else "updated"


def version_starts(digests: list[str]) -> list[int]:
    """Positions in a list of readings, in order of capture, at which a new version begins."""
    return [i for i, content in enumerate(digests) if i == 0 or content != digests[i - 1]]


def _versions(db: sqlite3.Connection, url: str) -> int:
    row = db.execute("SELECT versions FROM articles WHERE url = ?", (url,)).fetchone()
    return int(row[0]) if row else 0


def _add_addresses(db: sqlite3.Connection, article: Article) -> None:
    addresses = [(article.url, "article"), *((page, "page") for page in article.pages)]
    if article.canonical_url:
        addresses.append((article.canonical_url, "canonical"))
    db.executemany(
        "INSERT OR IGNORE INTO addresses VALUES (?, ?, ?)",
        [(address, article.url, kind) for address, kind in addresses],
    )


def _unindex(db: sqlite3.Connection, url: str) -> None:
    """Take the article's newest version out of the full-text index, while the tables still say what it is."""
    db.execute(
        """
        INSERT INTO fulltext (fulltext, rowid, title, lead, text)
        SELECT 'delete', id, title, lead, text FROM current WHERE id = (SELECT id FROM articles WHERE url = ?)
        """,
        (url,),
    )


def _refresh(db: sqlite3.Connection, url: str) -> None:
    """Make the article's row anew from its readings, and index its newest version."""
    readings = db.execute(
        """
        SELECT capture_id, digest, coalesce(article ->> 'published', captured), article ->> 'outlet'
        FROM readings WHERE url = ? ORDER BY captured, capture_id
        """,
        (url,),
    ).fetchall()
    if not readings:
        db.execute("DELETE FROM articles WHERE url = ?", (url,))
        db.execute("DELETE FROM addresses WHERE url = ?", (url,))
        return
    starts = version_starts([row[1] for row in readings])
    latest, _, published, outlet = readings[starts[-1]]
    db.execute(
        """
        INSERT INTO articles (url, outlet, day, versions, latest_id) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (url) DO UPDATE SET
            outlet = excluded.outlet, day = excluded.day, versions = excluded.versions, latest_id =
            excluded.latest_id
        """,
        (url, outlet, published[:10], len(starts), latest),
    )
    db.execute(
        """
        INSERT INTO fulltext (rowid, title, lead, text)
        SELECT id, title, lead, text FROM current WHERE id = (SELECT id FROM articles WHERE url = ?)
        """,
        (url,),
    )
