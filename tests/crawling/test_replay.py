"""Replays: the whole way from a WARC file to an archive, without a network."""

from __future__ import annotations

import gzip
import json
import logging
import signal
from pathlib import Path

import pytest

from archiver.article import clean_text
from archiver.catalog import Catalog
from archiver.crawling.lock import outlet_locks
from archiver.errors import BadDataError, ExitCode, LockedError, NotFoundError
from tests.crawling.support import (
    SITE,
    Answer,
    ledger_of,
    listing,
    outcomes,
    records_of,
    redirect,
    run_replay,
    story,
    write_warc,
)
from warc.read import read_records

pytestmark = pytest.mark.usefixtures("no_network")

ROBOTS = Answer(b"User-agent: *\nDisallow: /read/66\n", content_type="text/plain")


def test_everything_listed_ends_in_one_outcome(tmp_path: Path) -> None:
    fixture = write_warc(
        tmp_path / "in",
        {
            "/robots.txt": ROBOTS,
            "/index": listing(
                "/read/1", "/read/2", "/read/4", "/read/5", "/read/66", "/tag/padi", "https://lain.example/read/1"
            ),
            "/read/1": story("Cibodas"),
            "/read/2": redirect("/read/3"),
            "/read/3": story("Lembang"),
            "/read/4": Answer(b"", 404),
        },
    )
    result = run_replay(tmp_path / "archive", fixture)
    assert outcomes(tmp_path / "archive", result.account.run) == {
        "/read/1": "saved",
        "/read/2": "redirected",
        "/read/3": "saved",
        "/read/4": "gone",
        "/read/5": "not_archived",
        "/read/66": "blocked_by_robots",
        "/tag/padi": "not_wanted",
        "https://lain.example/read/1": "not_wanted",
    }
    assert result.account.discovered == sum(result.account.counts.values()) == 8
    assert result.exit_code == ExitCode.PARTIAL  # /read/5 was listed and is not there
    line = ledger_of(tmp_path / "archive", result.account.run)[f"{SITE}/read/2"]
    assert (line.target, line.discovered_from) == (f"{SITE}/read/3", f"{SITE}/index")


def test_original_records_are_copied_and_texts_added(tmp_path: Path) -> None:
    fixture = write_warc(tmp_path / "in", {"/index": listing("/read/1"), "/read/1": story("Cibodas")})
    result = run_replay(tmp_path / "archive", fixture)
    assert result.exit_code == ExitCode.OK
    copied = {record.ref.record_id: record for record in records_of(tmp_path / "archive")}
    for original in read_records(fixture):
        assert copied[original.ref.record_id].fields == original.fields
        assert copied[original.ref.record_id].block == original.block
    with Catalog(tmp_path / "archive/catalog.db", read_only=True) as catalog:
        article = catalog.article(f"{SITE}/read/1")
    assert article is not None
    (conversion,) = [record for record in copied.values() if record.ref.type == "conversion"]
    assert conversion.block.decode() == clean_text(article)
    assert conversion.get("WARC-Refers-To") == article.captures[0].record_id
    (metadata,) = [record for record in copied.values() if record.ref.type == "metadata"]
    told = json.loads(metadata.block)
    assert told["records"] == {
        "responses": [article.captures[0].record_id],
        "conversion": conversion.ref.record_id,
        "robots": None,
        "ai_txt": None,
    }
    assert told["permission"] == {"robots": "not asked"}
    assert "text" not in told["article"]
    capture = copied[article.captures[0].record_id].ref
    assert (capture.file, capture.offset) == (article.captures[0].file, article.captures[0].offset)


def test_doing_it_again_changes_nothing(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    fixture = write_warc(
        tmp_path / "in",
        {
            "/index": listing("/read/1"),
            "/read/1": story("Cibodas", pages=("/read/1?page=2",)),
            "/read/1?page=2": story("Lembang"),
        },
    )
    run_replay(archive, fixture)
    before = [(record.fields, record.block) for record in records_of(archive)]
    again = run_replay(archive, fixture)
    assert again.account.counts == {"unchanged": 2}
    assert again.account.files == ()
    assert [(record.fields, record.block) for record in records_of(archive)] == before
    itself = run_replay(archive, archive)
    assert (itself.account.counts, itself.account.files) == ({"unchanged": 2}, ())


def test_an_archive_without_its_catalog_is_not_doubled(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    fixture = write_warc(tmp_path / "in", {"/read/1": story("Cibodas")})
    run_replay(archive, fixture)
    (archive / "catalog.db").unlink()
    assert run_replay(archive, fixture).account.counts == {"unchanged": 1}
    ids = [record.ref.record_id for record in records_of(archive)]
    assert len(ids) == len(set(ids))


def test_a_second_file_of_the_same_crawl_brings_its_warcinfo_once(tmp_path: Path) -> None:
    """The first half of a file, then all of it: no record id occurs twice."""
    archive = tmp_path / "archive"
    whole = write_warc(tmp_path / "in", {"/read/1": story("Cibodas"), "/read/2": story("Lembang")})
    second = [record for record in read_records(whole) if record.ref.type == "response"][1]
    part = tmp_path / "part.warc.gz"
    part.write_bytes(whole.read_bytes()[: second.ref.offset])
    run_replay(archive, part)
    assert run_replay(archive, whole).account.counts == {"saved": 1, "unchanged": 1}
    ids = [record.ref.record_id for record in records_of(archive)]
    assert len(ids) == len(set(ids))


def test_a_truncated_file_is_used_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = write_warc(tmp_path / "in", {f"/read/{n}": story(f"Desa {n}") for n in range(1, 5)})
    last = [record for record in read_records(whole) if record.ref.type == "response"][-1]
    whole.write_bytes(whole.read_bytes()[: last.ref.offset + last.ref.length // 2])
    result = run_replay(tmp_path / "archive", whole)
    assert result.account.counts == {"saved": 3}
    assert result.exit_code == ExitCode.BAD_DATA
    assert f"{whole}: byte {last.ref.offset}" in result.problems[0]


def test_a_damaged_file_does_not_spoil_the_others(tmp_path: Path) -> None:
    good = write_warc(tmp_path / "good", {"/read/1": story("Cibodas")})
    bad = tmp_path / "bad.warc.gz"
    bad.write_bytes(b"no WARC at all")
    result = run_replay(tmp_path / "archive", bad, good)
    assert result.account.counts == {"saved": 1}
    assert result.exit_code == ExitCode.BAD_DATA
    assert "bad.warc.gz" in result.problems[0]


def test_files_that_hold_nothing(tmp_path: Path) -> None:
    page = tmp_path / "page.warc.gz"
    page.write_bytes(b"<html>")
    with pytest.raises(BadDataError, match=r"page\.warc\.gz"):
        run_replay(tmp_path / "archive", page)
    with pytest.raises(NotFoundError, match="absent"):
        run_replay(tmp_path / "archive", tmp_path / "absent")
    assert not (tmp_path / "archive").exists()


def test_pages_of_unknown_hosts_are_read_when_asked_for(tmp_path: Path) -> None:
    other = write_warc(
        tmp_path / "in", {"/robots.txt": ROBOTS, "/read/1": story("Cibodas")}, site="https://lain.example"
    )
    with pytest.raises(NotFoundError, match=r"lain\.example"):
        run_replay(tmp_path / "archive", other)
    result = run_replay(tmp_path / "archive", other, any_host=True)
    line = ledger_of(tmp_path / "archive", result.account.run)["https://lain.example/read/1"]
    assert (line.outcome, line.outlet) == ("saved", None)
    ours = write_warc(tmp_path / "ours", {"/read/1": story("Lembang")})
    both = run_replay(tmp_path / "second", other, ours)
    assert outcomes(tmp_path / "second", both.account.run) == {"/read/1": "saved"}
    assert "1 pages are of hosts that no outlet owns: lain.example" in both.problems[0]


def test_the_caller_gets_its_signals_and_loggers_back(tmp_path: Path) -> None:
    before = (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM), list(logging.root.handlers))
    run_replay(tmp_path / "archive", write_warc(tmp_path / "in", {"/read/1": story("Cibodas")}))
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM), logging.root.handlers) == before


def test_what_is_no_http_is_left_alone(tmp_path: Path) -> None:
    """Heritrix notes the addresses of hosts as responses."""
    path = write_warc(tmp_path / "in", {"/read/1": story("Cibodas")})
    block = b"20210113040000\nuji.example. 60 IN A 192.0.2.1\n"
    note = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
        b"WARC-Date: 2021-01-13T04:00:00Z\r\nWARC-Target-URI: dns:uji.example\r\nContent-Type: text/dns\r\n"
        b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block), block)
    )
    path.write_bytes(path.read_bytes() + gzip.compress(note))
    result = run_replay(tmp_path / "archive", path, any_host=True)
    assert outcomes(tmp_path / "archive", result.account.run) == {"/read/1": "saved"}


def test_another_run_holds_the_outlet(tmp_path: Path) -> None:
    fixture = write_warc(tmp_path / "in", {"/read/1": story("Cibodas")})
    run_replay(tmp_path / "archive", fixture)
    with outlet_locks(tmp_path / "archive" / "locks", ["uji"]), pytest.raises(LockedError, match="another run of uji"):
        run_replay(tmp_path / "archive", fixture)


def test_the_article_names_the_robots_txt_of_its_time(tmp_path: Path) -> None:
    """A later robots.txt forbids the page; each capture of it names the one that was there."""
    early = write_warc(tmp_path / "in", {"/robots.txt": ROBOTS, "/read/1": story("Cibodas")})
    late = write_warc(
        tmp_path / "in",
        {
            "/robots.txt": Answer(b"User-agent: *\nDisallow: /\n"),
            "/read/1": story("Lembang"),
            "/read/2": story("Garut"),
        },
        hour=24,
    )
    run_replay(tmp_path / "archive", early, late)
    records = records_of(tmp_path / "archive")
    answers = {
        record.ref.date: record.ref.record_id
        for record in records
        if record.ref.type == "response" and (record.ref.url or "").endswith("/robots.txt")
    }
    told = [json.loads(record.block) for record in records if record.get("Content-Type") == "application/json"]
    found = {
        (one["article"]["url"], one["article"]["captures"][0]["date"]): (
            one["permission"]["robots"],
            one["records"]["robots"],
        )
        for one in told
    }
    first, second = sorted(answers)
    assert found == {
        (f"{SITE}/read/1", first): ("allowed", answers[first]),
        (f"{SITE}/read/1", second): ("forbidden", answers[second]),
        (f"{SITE}/read/2", second): ("forbidden", answers[second]),
    }
