from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from archiver.article import CaptureRef, clean_text
from archiver.catalog import Catalog
from archiver.catalog.content import Permission, metadata_payload
from archiver.packaging.belongings import Belongings
from tests.catalog.support import URL, Writer, article
from warc.record import Exchange

if TYPE_CHECKING:
    from pathlib import Path

    from warc.record import RecordRef

HOST = "https://contoh.test"
PAGE = b"""<!doctype html><html><head><link rel=stylesheet href=/a.css><link rel=icon href=/tiada.ico></head>
<body><img src=/pindah.png><img src="data:image/png;base64,AA"><p>isi</p></body></html>"""


def fetch(writer: Writer, url: str, head: str, body: bytes = b"") -> RecordRef:
    """A capture with these response headers, noted in the catalog."""
    writer.now += timedelta(minutes=1)
    status, *headers = head.split("; ")
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""]
    request = b"GET / HTTP/1.1\r\nHost: contoh.test\r\n\r\n"
    exchange = Exchange(url, "GET", request, "\r\n".join(lines).encode() + body, writer.now)
    ref = writer.warc.write_exchange(exchange)
    assert ref
    writer.catalog.add_capture(ref, int(status[:3]))
    return ref


def keep(writer: Writer, page: RecordRef, robots: str | None) -> None:
    """An article cut out of the page, which robots.txt allowed."""
    found = article(captures=(CaptureRef(page.file, page.offset, page.record_id, page.date, page.payload_digest),))
    conversion = writer.warc.write_conversion(URL, clean_text(found), page)
    payload = metadata_payload(
        found, responses=[page.record_id], conversion=conversion.record_id, permission=Permission("allowed", robots)
    )
    metadata = writer.warc.write_metadata(None, payload, "application/json", page.record_id)
    writer.catalog.save(found, conversion=conversion, metadata=metadata)


def others(writer: Writer) -> list[str]:
    with Catalog(writer.archive.catalog, read_only=True) as catalog:
        (entry,) = catalog.articles()
        found = list(Belongings(writer.archive, catalog).others(entry))
        return [ref.url or "" for record_id in found if (ref := catalog.record(record_id))]


def test_robots_and_what_the_page_loads_come_along(tmp_path: Path) -> None:
    with Writer(tmp_path / "archive") as writer:
        robots = fetch(writer, f"{HOST}/robots.txt", "200 OK; Content-Type: text/plain", b"User-agent: *")
        page = fetch(writer, URL, "200 OK; Content-Type: text/html", PAGE)
        style = b"@import 'b.css'; p { background: url(latar.png) }"
        fetch(writer, f"{HOST}/a.css", "200 OK; Content-Type: text/css; Charset: x", style)
        fetch(writer, f"{HOST}/b.css", "200 OK; Content-Type: text/css", b"@import 'a.css';")
        fetch(writer, f"{HOST}/latar.png", "200 OK; Content-Type: image/png", b"png")
        fetch(writer, f"{HOST}/pindah.png", "302 Found; Location: /sini.html")
        fetch(writer, f"{HOST}/sini.html", "200 OK; Content-Type: text/html", b"<img src=/lain.png>")
        fetch(writer, f"{HOST}/lain.png", "200 OK; Content-Type: image/png", b"png")
        keep(writer, page, robots.record_id)
    assert others(writer) == [
        f"{HOST}/{name}" for name in ("robots.txt", "a.css", "pindah.png", "b.css", "latar.png", "sini.html")
    ]


def test_of_several_captures_the_nearest_in_time(tmp_path: Path) -> None:
    with Writer(tmp_path / "archive") as writer:
        fetch(writer, f"{HOST}/a.css", "200 OK; Content-Type: text/css", b"p{}")
        writer.now += timedelta(days=9)
        page = fetch(writer, URL, "200 OK; Content-Type: text/html", PAGE)
        near = fetch(writer, f"{HOST}/a.css", "200 OK; Content-Type: text/css", b"q{}")
        keep(writer, page, None)
    with Catalog(writer.archive.catalog, read_only=True) as catalog:
        (entry,) = catalog.articles()
        assert list(Belongings(writer.archive, catalog).others(entry)) == [near.record_id]


def test_what_is_not_there_or_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    with Writer(tmp_path / "archive") as writer:
        page = fetch(writer, URL, "200 OK; Content-Type: text/html; Content-Encoding: tiada", PAGE)
        keep(writer, page, "<urn:uuid:tiada>")
    assert others(writer) == []


def test_its_own_records(tmp_path: Path) -> None:
    with Writer(tmp_path / "archive") as writer:
        writer.clip()
    with Catalog(writer.archive.catalog, read_only=True) as catalog:
        (entry,) = catalog.articles()
        refs = [catalog.record(record_id) for record_id in Belongings.own(entry)]
        assert [ref.type for ref in refs if ref] == ["response", "conversion", "metadata"]
