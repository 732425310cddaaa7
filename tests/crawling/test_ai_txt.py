"""ai.txt is kept beside what was taken while it said what it said, and decides nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archiver.errors import ExitCode
from tests.crawling.conftest import LiveSite
from tests.crawling.support import (
    SITE,
    Answer,
    kliping,
    listing,
    project,
    records_of,
    redirect,
    run_replay,
    story,
    write_warc,
)
from tests.crawling.test_crawl import LOOPBACK

TEXT = "text/plain"
NO = Answer(b"User-Agent: *\nDisallow: /\n", content_type=TEXT)


def noted(archive: Path) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The `records` of each article's metadata; ids of the response records by address."""
    records = records_of(archive)
    told = [json.loads(record.block) for record in records if record.get("Content-Type") == "application/json"]
    responses = {r.ref.url or "": r.ref.record_id for r in records if r.ref.type in {"response", "revisit"}}
    return [one["records"] for one in told], responses


def test_each_article_names_the_record_of_the_ai_txt_of_its_host(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /admin\n", content_type=TEXT),
        "/ai.txt": NO,
        "/index": listing("/read/1", "/read/2"),
        "/read/1": story("Cibodas", pages=("/read/1?page=2",)),
        "/read/1?page=2": story("Garut"),
        "/read/2": story("Lembang"),
    }
    assert kliping(project(tmp_path, site.url), "crawl", "uji", *LOOPBACK).returncode == ExitCode.OK
    told, responses = noted(tmp_path / "archive")
    assert len(told) == 2
    assert {one["ai_txt"] for one in told} == {responses[f"{site.url}/ai.txt"]}
    assert {one["robots"] for one in told} == {responses[f"{site.url}/robots.txt"]}
    assert site.asked.count("/ai.txt") == 1


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"", 404),
        Answer(b"<html>Beranda</html>"),
        Answer(b" \n", content_type=TEXT),
        Answer(b"", 503),
        redirect("/index"),
    ],
)
def test_what_is_no_ai_txt_is_not_named(site: LiveSite, tmp_path: Path, answer: Answer) -> None:
    site.answers = {"/ai.txt": answer, "/index": listing("/read/1"), "/read/1": story("Cibodas")}
    assert kliping(project(tmp_path, site.url), "crawl", "uji", *LOOPBACK).returncode == ExitCode.OK
    assert [one["ai_txt"] for one in noted(tmp_path / "archive")[0]] == [None]
    assert site.asked.count("/ai.txt") == 1


def test_robots_txt_may_forbid_to_ask_for_it(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /ai.txt\n", content_type=TEXT),
        "/ai.txt": NO,
        "/index": listing("/read/1"),
        "/read/1": story("Cibodas"),
    }
    assert kliping(project(tmp_path, site.url), "crawl", "uji", *LOOPBACK).returncode == ExitCode.OK
    assert [one["ai_txt"] for one in noted(tmp_path / "archive")[0]] == [None]
    assert "/ai.txt" not in site.asked


def test_a_run_without_articles_asks_for_none(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {"/index": listing("/tag/padi")}
    assert kliping(project(tmp_path, site.url), "crawl", "uji", *LOOPBACK).returncode == ExitCode.OK
    assert site.asked == ["/robots.txt", "/index"]


def test_a_replay_takes_it_along(tmp_path: Path) -> None:
    source = write_warc(tmp_path / "in", {"/ai.txt": NO, "/read/1": story("Cibodas"), "/read/2": story("Garut")})
    run_replay(tmp_path / "archive", source)
    told, responses = noted(tmp_path / "archive")
    assert [one["ai_txt"] for one in told] == [responses[f"{SITE}/ai.txt"]] * 2
