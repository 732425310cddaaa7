"""`kliping crawl` does what kliping.toml wants done after a run, and none of it changes the exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from tests.crawling.support import kliping, listing, project, story
from tests.operating.support import Sink, sink

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.crawling.conftest import LiveSite

TABLES = """
log = "json"
[notify]
targets = ["json://{web}/hook"]
when = ["always"]
[metrics]
textfile = "kliping.prom"
[heartbeat]
url = "http://{web}/ping"
"""
CRAWL = ("crawl", "--all", "--allow-private", "--delay", "0", "--quiet")


@pytest.fixture
def web() -> Iterator[Sink]:
    with sink() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path, site: LiveSite, web: Sink) -> Path:
    site.answers |= {"/index": listing("/read/1"), "/read/1": story("Garut")}
    return project(tmp_path, site.url, TABLES.format(web=web.url))


def test_all_of_it_is_done(folder: Path, web: Sink) -> None:
    done = kliping(folder, *CRAWL)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    (method, path, body), heartbeat = web.asked
    assert (method, path, msgspec.json.decode(body)["title"]) == ("POST", "/hook", "Kliping: uji: done")
    assert heartbeat[:2] == ("GET", "/ping")
    assert 'kliping_last_run_new_articles{outlet="uji"} 1.0' in (folder / "kliping.prom").read_text()
    (run,) = (folder / "archive" / "runs").iterdir()
    assert {path.name for path in run.iterdir()} == {"index.html", "ledger.jsonl", "log.jsonl", "run.json"}
    assert all(msgspec.json.decode(line)["message"] for line in (run / "log.jsonl").read_bytes().splitlines())
    status = kliping(folder, "status")
    assert "1 address: 1 saved" in status.stdout


def test_what_goes_wrong_with_it_is_told_and_changes_nothing(folder: Path, web: Sink) -> None:
    web.status = 500
    done = kliping(folder, *CRAWL)
    assert done.returncode == 0
    assert [line.split("127.0.0.1")[0] for line in done.stderr.splitlines()] == [
        "kliping: no notice to json://",
        "kliping: the heartbeat did not reach ",
    ]


def test_a_run_that_cannot_begin_is_told(folder: Path, web: Sink) -> None:
    (folder / "archive").write_text("no folder")
    assert kliping(folder, *CRAWL).returncode == 73
    assert [(method, path) for method, path, _ in web.asked] == [("POST", "/hook"), ("GET", "/ping/fail")]


def test_names_or_all(folder: Path, web: Sink) -> None:
    for arguments in (("crawl",), ("crawl", "uji", "--all")):
        done = kliping(folder, *arguments, "--allow-private")
        assert (done.returncode, "give --all" in done.stderr) == (64, True)
    assert web.asked == []
