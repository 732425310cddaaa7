"""Which records go: by address, by payload, by the links between records; and which are told and left."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from archiver.captures import Captures
from archiver.catalog import Catalog
from archiver.errors import BadDataError
from archiver.outlets import Outlets
from archiver.takedown.scan import Scan
from archiver.takedown.target import find_target
from tests.crawling.support import Answer, outlet, story
from tests.reextraction.support import Past
from tests.takedown.support import AMP, FIRST, OTHER, PAGE_2, QUOTE, SECOND, TWIN, URL, article

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.archive import Archive
    from archiver.takedown.scan import Plan
    from archiver.takedown.target import Target

OUTLETS = Outlets([outlet()])
PAGE = article(FIRST, SECOND)
WALL = Answer(b"<html><title>Sebelum melanjutkan</title><p>Sebelum melanjutkan, terima semua cookie.</p>" + b" " * 600)
IMAGE = Answer(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)


def target_of(archive: Archive, url: str) -> Target:
    with Catalog(archive.catalog, read_only=True) as catalog:
        return find_target(archive, catalog, OUTLETS, url)


def plan_of(archive: Archive, url: str = URL, *, copies: bool = False) -> Plan:
    with Catalog(archive.catalog, read_only=True) as catalog:
        captures = Captures(archive, catalog, OUTLETS)
        return Scan(archive, catalog, captures, find_target(archive, catalog, OUTLETS, url), copies=copies).run()


def gone(plan: Plan) -> list[tuple[str, str | None, str]]:
    """Type, address and reason of all that goes, but for requests."""
    return [(found.ref.type, found.ref.url, found.reason) for found in plan.records if found.ref.type != "request"]


def test_an_article_goes_with_its_text_and_notes(tmp_path: Path) -> None:
    with Past(tmp_path / "archive") as past:
        past.clip_page(URL, PAGE, rightly=True)
        past.clip_page(OTHER, story("Garut"), rightly=True)
        past.warc.write_metadata(URL, b"outcome: timeout\r\n", "application/warc-fields")
    plan = plan_of(past.archive)
    assert gone(plan) == [
        ("response", URL, "address"),
        ("conversion", URL, "address"),
        ("metadata", None, "link"),
    ]
    assert (plan.addresses, plan.mentions) == ({URL}, {})


def test_the_same_payload_goes_wherever_it_lies(tmp_path: Path) -> None:
    """The capture of the address is a revisit of another one's, and a third repeats that too."""
    with Past(tmp_path / "archive") as past:
        first = past.page(TWIN, PAGE)
        assert past.page(URL, PAGE).type == "revisit"
        assert past.page(QUOTE, PAGE).type == "revisit"
    plan = plan_of(past.archive)
    assert gone(plan) == [("response", TWIN, "payload"), ("revisit", URL, "address"), ("revisit", QUOTE, "payload")]
    assert {found.ref.payload_digest for found in plan.records if found.ref.type != "request"} == {first.payload_digest}
    assert plan.addresses == {URL}


def test_what_says_nothing_of_it_stays_at_other_addresses(tmp_path: Path) -> None:
    """Error pages, redirects and consent walls are alike at many addresses."""
    with Past(tmp_path / "archive") as past:
        past.page(OTHER, WALL)
        past.clip_page(URL, PAGE, rightly=True)
        past.page(URL, WALL)
        for url in (OTHER, URL, QUOTE):
            past.page(url, Answer(b"tidak ditemukan" * 50, status=404))
            past.capture(url, b"pindah" * 100, status=301, headers={"Location": "/read/7"})
    assert {url for _, url, _ in gone(plan_of(past.archive))} == {URL, None}


def test_a_revisit_of_what_goes_must_not_point_into_nothing(tmp_path: Path) -> None:
    with Past(tmp_path / "archive") as past:
        past.page(URL, WALL)
        assert past.page(OTHER, WALL).type == "revisit"
        past.clip_page(URL, PAGE, rightly=True)
    assert ("revisit", OTHER, "link") in gone(plan_of(past.archive))


def test_a_page_that_names_the_article_as_its_own_is_another_form_of_it(tmp_path: Path) -> None:
    amp = article(FIRST + " Begitulah.", SECOND, head=f'<link rel="canonical" href="{URL}">')
    with Past(tmp_path / "archive") as past:
        past.page(AMP, amp)
        past.page(AMP, story("Ciwidey"))
        past.clip_page(URL, PAGE, rightly=True)
    plan = plan_of(past.archive)
    assert [url for kind, url, _ in gone(plan) if kind == "response"] == [AMP, AMP, URL]
    assert plan.addresses == {URL, AMP}


def test_texts_in_a_file_that_is_read_before_their_captures(tmp_path: Path) -> None:
    with Past(tmp_path / "archive", prefix="z") as past:
        ref = past.page(URL, PAGE)
        quote = past.page(QUOTE, article(SECOND, title="Kata orang"))
    with Past(tmp_path / "archive", prefix="a") as past:
        past.read(ref, past.reading(ref, PAGE, rightly=True))
        past.read(quote, past.reading(quote, article(SECOND, title="Kata orang"), rightly=True))
    kinds = [kind for kind, _, _ in gone(plan_of(past.archive, copies=True))]
    assert kinds == ["conversion", "metadata", "conversion", "metadata", "response", "response"]


def test_what_the_catalog_does_not_know_is_found_too(tmp_path: Path) -> None:
    with Past(tmp_path / "archive") as past:
        past.clip_page(URL, PAGE, rightly=True)
        twin = past.warc
        past.catalog.close()
        past.catalog = Catalog(tmp_path / "other.db")
        past.page(TWIN, PAGE)
        past.page(URL, article(FIRST))
        twin.close()
    found = [(kind, url) for kind, url, _ in gone(plan_of(past.archive)) if kind in {"response", "revisit"}]
    assert found == [("response", URL), ("revisit", TWIN), ("response", URL)]


def test_pages_and_canonical_addresses_belong_to_it_but_no_front_page(tmp_path: Path) -> None:
    pager = '<div class=paging><a class="pg" href="/read/1?page=2">2</a></div>'
    front = '<link rel="canonical" href="https://uji.example/">'
    with Past(tmp_path / "archive") as past:
        past.clip_pages({URL: article(FIRST, head=front, below=pager), PAGE_2: article(SECOND, below=pager)})
        past.page("https://uji.example/", article("Beranda"))
    target = target_of(past.archive, PAGE_2)
    assert (target.url, set(target.addresses)) == (URL, {URL, PAGE_2})


def test_an_address_that_names_an_article_as_its_own_means_that_one(tmp_path: Path) -> None:
    with Past(tmp_path / "archive") as past:
        past.clip_page(URL, PAGE, rightly=True)
        past.page(AMP, article(FIRST, head=f'<link rel="canonical" href="{URL}">'))
    assert target_of(past.archive, AMP).addresses == {URL, AMP}


def test_an_address_without_an_article(tmp_path: Path) -> None:
    """A picture: no words to look for, so what has the same bytes is it."""
    with Past(tmp_path / "archive") as past:
        past.page("https://uji.example/a.png", IMAGE)
        past.page("https://uji.example/b.png", IMAGE)
        past.page("https://uji.example/c.png", Answer(IMAGE.body + b"x"))
    found = gone(plan_of(past.archive, "https://uji.example/a.png"))
    assert [url for _, url, _ in found] == ["https://uji.example/a.png", "https://uji.example/b.png"]
    assert plan_of(past.archive, "https://uji.example/tiada").doomed == {}


def test_mentions_are_told_by_address(tmp_path: Path) -> None:
    with Past(tmp_path / "archive") as past:
        past.clip_page(URL, PAGE, rightly=True)
        past.clip_page(QUOTE, article(SECOND, title="Kata orang"), rightly=True)
        past.capture(OTHER, b"?" * 99, headers={"Content-Encoding": "zstd"})
    assert plan_of(past.archive).mentions == {QUOTE: "passage", OTHER: "unreadable"}


def test_files_of_other_programs(tmp_path: Path) -> None:
    """A response that names its note, an address that is none, revisits that don't say of what."""
    with Past(tmp_path / "archive") as past:
        past.clip_page(OTHER, story("Garut"), rightly=True)
    block = b"HTTP/1.1 200 OK\r\n\r\n" + PAGE.body
    (past.archive.warc / "lain.warc").write_bytes(
        _record("metadata", 1, b"catatan", "")
        + _record("response", 2, block, f"WARC-Target-URI: {URL}\r\nWARC-Concurrent-To: <urn:x:1>\r\n")
        + _record("metadata", 3, b"bukan ini", "")
        + _record("response", 4, b"HTTP/1.1 200 OK\r\n\r\nlain", "WARC-Target-URI: http://[\r\n")
        + _record("revisit", 5, b"HTTP/1.1 200 OK\r\n\r\n", f"WARC-Target-URI: {URL}\r\n")
        + _record("revisit", 6, b"HTTP/1.1 200 OK\r\n\r\n", f"WARC-Target-URI: {OTHER}\r\n")
    )
    plan = plan_of(past.archive)
    assert [(found.ref.record_id, found.reason) for found in plan.records] == [
        ("<urn:x:1>", "link"),
        ("<urn:x:2>", "address"),
        ("<urn:x:5>", "address"),
    ]


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    with Past(tmp_path / "archive") as past:
        past.clip_page(URL, PAGE, rightly=True)
    (path,) = past.archive.warc_files()
    os.truncate(path, path.stat().st_size - 3)
    with pytest.raises(BadDataError, match=rf"{path.name}: byte \d+: .*move it out of the archive"):
        plan_of(past.archive)
    os.truncate(path, 700)
    with pytest.raises(BadDataError, match="nobody can tell what is to be taken down"):
        plan_of(past.archive)


def _record(kind: str, number: int, block: bytes, fields: str) -> bytes:
    header = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:x:{number}>\r\nWARC-Date: 2021-01-13T04:00:00Z\r\n"
        f"{fields}Content-Type: {'application/http; msgtype=response' if kind == 'response' else 'text/plain'}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return header.encode() + block + b"\r\n\r\n"
