"""What was taken down is not fetched again: not when it is asked for, and not as a part of another page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archiver.archive import Archive
from archiver.takedown.log import Takedown, append
from tests.crawling.support import Answer, kliping, project

if TYPE_CHECKING:
    from pathlib import Path

    from tests.crawling.conftest import LiveSite


def test_neither_as_a_page_nor_as_a_picture(tmp_path: Path, site: LiveSite) -> None:
    site.answers["/read/2"] = Answer(b"<html><body><p>Foto</p><img src=/a.png><img src=/b.png></body></html>")
    site.answers["/b.png"] = Answer(b"\x89PNG\r\n\x1a\n", content_type="image/png")
    folder = project(tmp_path, site.url)
    append(
        Archive.create(folder / "archive"),
        Takedown(
            id="20210113T040000Z-takedown-0001",
            time="2021-01-13T04:00:00+00:00",
            url=f"{site.url}/read/1",
            reason="putusan",
            policy=None,
            operator=None,
            version="0.1.0",
            tombstone="<urn:x:1>",
            addresses=(f"{site.url}/read/1", f"{site.url}/a.png"),
            removed=(),
            files=(),
        ),
    )
    urls = [f"{site.url}/read/{number}" for number in (1, 2)]
    done = kliping(folder, "capture", *urls, "--requisites", "--allow-private", "--delay", "0")
    assert "/read/1" not in site.asked, done.stderr
    assert "/a.png" not in site.asked
    assert {"/read/2", "/b.png"} <= set(site.asked)
    ends = {
        line["url"].removeprefix(site.url): (line["outcome"], line["evidence"])
        for name in ("ledger.jsonl", "requisites.jsonl")
        for path in (folder / "archive" / "runs").glob(f"*/{name}")
        for line in map(msgspec.json.decode, path.read_bytes().splitlines())
    }
    why = "taken down at 2021-01-13T04:00:00+00:00, 20210113T040000Z-takedown-0001"
    assert ends["/read/1"] == ends["/a.png"] == ("not_wanted", why)
