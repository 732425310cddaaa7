"""Runs at other times: what is fetched again, what is new in it, and what is not asked for any more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.catalog import Catalog
from archiver.catalog.rebuild import rebuild
from archiver.cli import main
from archiver.crawling.account import Account
from archiver.errors import ExitCode
from tests.crawling.conftest import LiveSite
from tests.crawling.support import Answer, kliping, listing, outcomes, project, records_of, story
from tests.crawling.test_crawl import LOOPBACK, runs


def run(folder: Path, moment: str, *more: str) -> Account:
    """A crawl at this time of the 13th of January 2021 or later; its account."""
    ran = kliping(folder, "crawl", "uji", *LOOPBACK, "-q", "--as-of", moment, *more)
    assert ran.returncode in {ExitCode.OK, ExitCode.DRIFT}, ran.stderr  # days without news are drift
    account = runs(folder)[-1]
    assert [visit.problem for visit in account.sources if visit.problem] == []
    return account


def test_corrections_and_withdrawals_are_seen_and_then_it_is_left_alone(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {"/index": listing("/read/1", "/read/2"), "/read/1": story("Cibodas"), "/read/2": story("Lembang")}
    folder = project(tmp_path, site.url)
    archive = folder / "archive"

    def outcomes_at(moment: str) -> dict[str, str]:
        return outcomes(archive, run(folder, moment).run, site.url)

    assert outcomes_at("2021-01-13T04:00:00Z") == {"/read/1": "saved", "/read/2": "saved"}
    assert outcomes_at("2021-01-13T04:30:00Z") == {"/read/1": "known", "/read/2": "known"}
    site.answers["/index"] = listing("/tag/padi")  # from now on no source names them
    site.answers["/read/1"] = story("Cibodas", title="Ralat: Panen di Cibodas")
    assert outcomes_at("2021-01-13T05:10:00Z") == {
        "/tag/padi": "not_wanted",
        "/read/1": "updated",
        "/read/2": "unchanged",
    }
    site.answers["/read/2"] = Answer(b"", 410)
    rebuild(Archive.open(archive))  # what is due is told by the WARC files alone
    assert outcomes_at("2021-01-14T05:10:00Z") == {"/tag/padi": "not_wanted", "/read/1": "unchanged", "/read/2": "gone"}
    assert set(outcomes_at("2021-01-15T05:10:00Z")) == {"/tag/padi"}
    assert outcomes_at("2021-01-20T05:10:00Z")["/read/2"] == "gone"
    assert set(outcomes_at("2021-02-20T05:10:00Z")) == {"/tag/padi"}
    with Catalog(archive / "catalog.db", read_only=True) as catalog:
        titles = [entry.article.title for entry in catalog.versions(f"{site.url}/read/1")]
        assert titles == ["Panen di Cibodas", "Ralat: Panen di Cibodas"]
        assert len(catalog.captures(f"{site.url}/read/2")) == 4
        assert catalog.article(f"{site.url}/read/2") is not None


def test_what_is_no_article_is_not_asked_for_in_every_run_either(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {"/index": listing("/read/1", "/read/2"), "/read/1": Answer(b"<h1>Tidak ditemukan</h1>")}
    folder = project(tmp_path, site.url, 'revisits = ["2h"]\n')
    for minute in ("00", "20", "40"):
        run(folder, f"2021-01-13T04:{minute}:00Z")
    assert [site.asked.count(path) for path in ("/read/1", "/read/2")] == [1, 1]
    run(folder, "2021-01-13T06:30:00Z")
    run(folder, "2021-01-13T09:30:00Z")
    assert [site.asked.count(path) for path in ("/read/1", "/read/2")] == [2, 2]


def test_what_gave_no_answer_is_asked_again_in_the_next_run_though_no_source_names_it(
    site: LiveSite, tmp_path: Path
) -> None:
    site.answers = {"/index": listing("/read/1"), "/read/1": Answer(b"", 503)}
    folder = project(tmp_path, site.url, "max_wait = 0.1\n")
    kliping(folder, "crawl", "uji", *LOOPBACK, "-q", "--as-of", "2021-01-13T04:00:00Z")
    site.answers = {"/index": listing("/tag/padi"), "/read/1": story("Cibodas")}
    account = run(folder, "2021-01-13T04:01:00Z")
    assert outcomes(folder / "archive", account.run, site.url) == {"/tag/padi": "not_wanted", "/read/1": "saved"}
    assert account.pending == 0


FEED = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{}</urlset>"""
ENTRY = """<url><loc>{site}/read/{n}</loc><news:news><news:title>Kabar {n}</news:title>
 <news:publication_date>2021-01-{n}T08:00:00+07:00</news:publication_date></news:news></url>"""
TWO_SOURCES = """
import re
from archiver.outlet import Layout, NewsSitemap, Outlet

UJI = Outlet(
    name="uji", title="Uji", domains=("127.0.0.1",), article_url=re.compile(r"/read/\\d+"),
    sources=(NewsSitemap("{site}/a.xml"), NewsSitemap("{site}/b.xml")),
    layouts=(Layout(name="test", body="div.body", title=("h1",), published=("time",), pager="a.pg"),),
)
"""


def test_the_newest_of_all_sources_go_first_and_the_next_run_goes_on(site: LiveSite, tmp_path: Path) -> None:
    for name, numbers in (("a", (10, 12)), ("b", (11, 13))):
        entries = "".join(ENTRY.format(site=site.url, n=number) for number in numbers)
        site.answers[f"/{name}.xml"] = Answer(FEED.format(entries).encode(), content_type="application/xml")
    site.answers |= {f"/read/{number}": story(f"Desa {number}") for number in range(10, 14)}
    folder = project(tmp_path, site.url)
    (folder / "outlets_of_test.py").write_text(TWO_SOURCES.format(site=site.url))
    first = run(folder, "2021-01-13T04:00:00Z", "--limit", "1")
    assert first.counts == {"saved": 1, "deferred": 3}
    assert first.pending == 3
    for name in ("a", "b"):
        site.answers[f"/{name}.xml"] = Answer(FEED.format("").encode(), content_type="application/xml")
    second = run(folder, "2021-01-13T04:10:00Z", "--limit", "2")
    assert (second.counts, second.pending) == ({"saved": 2}, 1)
    assert run(folder, "2021-01-13T04:20:00Z").counts == {"saved": 1}
    fetched = [path for path in site.asked if path.startswith("/read/")]
    assert fetched[0] == "/read/13"
    assert sorted(fetched[1:3]) == ["/read/11", "/read/12"]  # both in flight at a time
    assert fetched[3:] == ["/read/10"]
    metadata = [
        json.loads(r.block) for r in records_of(folder / "archive") if r.get("Content-Type") == "application/json"
    ]
    said = {record["article"]["url"]: record["source"] for record in metadata}
    assert said[f"{site.url}/read/13"] == {
        "via": f"{site.url}/b.xml",
        "title": "Kabar 13",
        "date": "2021-01-13T08:00:00+07:00",
    }
    assert len(said) == 4


def test_when_the_time_is_up_nothing_new_is_begun(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {"/index": listing(*(f"/read/{number}/slow" for number in range(1, 60)))}
    folder = project(tmp_path, site.url, "timeout = 3.0\n")
    ran = kliping(folder, "crawl", "uji", *LOOPBACK, "--max-time", "1.5s")
    (account,) = runs(folder)
    assert account.reason == "finished"
    assert account.counts["deferred"] > 10
    assert account.pending == account.counts["deferred"] + account.counts.get("timeout", 0)
    assert account.discovered == sum(account.counts.values()) == 59
    assert "wait for the next run" in ran.stdout
    assert "the time of the run was up" in next(folder.glob("archive/runs/*/ledger.jsonl")).read_text()


def test_a_source_that_was_taken_down_is_not_fetched_again(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {"/index": listing("/read/1"), "/read/1": story("Cibodas")}
    folder = project(tmp_path, site.url)
    run(folder, "2021-01-13T04:00:00Z")
    taken = kliping(folder, "takedown", "archive", f"{site.url}/index", "--reason", "uji")
    assert taken.returncode == ExitCode.OK, taken.stderr
    account = run(folder, "2021-01-13T04:10:00Z")
    assert site.asked.count("/index") == 1
    (visit,) = account.sources
    assert (visit.problem, visit.candidates) == (None, 0)
    assert "taken down" in visit.notes[0]


def test_a_span_of_time_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = project(tmp_path, "http://127.0.0.1:9", 'revisits = ["sometimes"]\n')
    assert main(["crawl", "uji", "--allow-private", "--config", str(folder / "kliping.toml")]) == ExitCode.CONFIG
    assert 'write for example revisits = ["1h", "24h", "7d"]' in capsys.readouterr().err
