"""`kliping discover`: what sources name, and what a crawl would do with it."""

from __future__ import annotations

import json
from pathlib import Path

from archiver.errors import ExitCode
from tests.crawling.conftest import LiveSite
from tests.crawling.support import Answer, kliping, listing, project, story

LOOPBACK = ("--allow-private", "--delay", "0", "--archive", "archive")


def test_sources_are_read_and_nothing_else(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {
        "/index": listing("/read/1", "/read/2", "/tag/padi", more="/index?2"),
        "/index?2": listing("/read/3", "/read/2", more="/index?3"),
        "/index?3": Answer(b"", 500),
        "/read/1": story("Cibodas"),
    }
    folder = project(tmp_path, site.url)
    first = kliping(folder, "discover", "uji", *LOOPBACK, "--json")
    assert first.returncode == ExitCode.PARTIAL, first.stderr
    assert "/index?3: server_error: HTTP 500" in first.stderr
    found = {line["url"].removeprefix(site.url): line for line in map(json.loads, first.stdout.splitlines())}
    assert {path: line["state"] for path, line in found.items()} == {
        "/read/1": "new",
        "/read/2": "new",
        "/read/3": "new",
        "/tag/padi": "not_wanted",
    }
    assert found["/read/3"]["source"] == f"{site.url}/index?2"
    assert found["/read/1"]["title"] == "Baca /read/1"
    assert found["/tag/padi"]["note"] == "no article address"
    assert not any("/read/" in path for path in site.asked)
    assert not (folder / "archive").exists()

    site.answers["/index"] = listing("/read/1")
    assert kliping(folder, "crawl", "uji", *LOOPBACK, "-q").returncode == ExitCode.OK
    before = sorted(folder.glob("archive/**/*"))
    second = kliping(folder, "discover", "uji", *LOOPBACK)
    assert second.returncode == ExitCode.OK
    assert second.stdout.startswith("known (due ")
    assert "1 address in 1 document of uji" in second.stderr
    assert sorted(folder.glob("archive/**/*")) == before


def test_an_outlet_that_nobody_declares(tmp_path: Path) -> None:
    ran = kliping(project(tmp_path, "http://127.0.0.1:9"), "discover", "ujung", *LOOPBACK)
    assert ran.returncode == ExitCode.USAGE
    assert "ujung" in ran.stderr
