"""What comes past the tap is recorded all the same, and says what it is."""

from __future__ import annotations

import json
from pathlib import Path

from archiver.archive import Archive
from archiver.verification import verify_archive
from tests.crawling.conftest import LiveSite
from tests.crawling.support import Answer, listing, project, records_of, scrapy, story
from warc.read import response_entity

PLAIN = "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler"


def test_without_the_tap_messages_are_rebuilt_and_marked(site: LiveSite, tmp_path: Path) -> None:
    page = story("Cibodas")
    site.answers = {
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /admin\n", content_type="text/plain"),
        "/index": listing("/read/1", "/read/2"),
        "/read/1": page,
        "/read/2": Answer(b"", 404),
    }
    folder = project(tmp_path, site.url)
    handlers = json.dumps(dict.fromkeys(("http", "https"), PLAIN))
    arguments = ("-s", "KLIPING_ALLOW_PRIVATE=1", "-s", "DOWNLOAD_DELAY=0", "-s", f"DOWNLOAD_HANDLERS={handlers}")
    ran = scrapy(folder, "crawl", "uji", *arguments)
    assert ran.returncode == 0, ran.stderr
    assert list(verify_archive(Archive.open(folder / "archive"))) == []
    records = records_of(folder / "archive")
    answers = [record for record in records if record.ref.type == "response"]
    responses = {(record.ref.url or "").removeprefix(site.url): record for record in answers}
    assert set(responses) == {"/robots.txt", "/ai.txt", "/index", "/read/1", "/read/2"}
    assert response_entity(responses["/read/1"])[::2] == (200, page.body)
    notes = [record for record in records if b"exact-bytes: no" in record.block]
    assert {note.get("WARC-Concurrent-To") for note in notes} == {one.ref.record_id for one in answers}
    assert all(b"rebuilt from what the download handler gave" in note.block for note in notes)
    (article,) = [json.loads(record.block) for record in records if record.get("Content-Type") == "application/json"]
    assert article["records"]["robots"] == responses["/robots.txt"].ref.record_id
    assert article["permission"] == {"robots": "allowed"}
