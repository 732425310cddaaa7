"""Live crawls of a site on loopback, through the command line, as an operator runs them."""

from __future__ import annotations

import json
import random
import signal
import string
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.catalog import Catalog
from archiver.cli import main
from archiver.crawling.account import Account, read_account
from archiver.errors import ExitCode
from archiver.verification import verify_archive
from tests.crawling.conftest import LiveSite
from tests.crawling.support import (
    Answer,
    kliping,
    ledger_of,
    listing,
    outcomes,
    project,
    records_of,
    redirect,
    scrapy,
    start,
    start_kliping,
    story,
)

LOOPBACK = ("--allow-private", "--delay", "0", "--archive", "archive")
ROBOTS = Answer(b"User-agent: *\nDisallow: /read/66\n", content_type="text/plain")


def runs(folder: Path) -> list[Account]:
    """The accounts of all runs, oldest first."""
    return sorted(map(read_account, folder.glob("archive/runs/*/run.json")), key=lambda account: account.run[:16])


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_every_kind_of_answer_ends_in_its_outcome(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {
        "/robots.txt": ROBOTS,
        "/index": listing(
            "/read/1", "/read/2", "/read/4", "/read/5", "/read/6", "/read/7", "/read/8", "/read/9", more="/index?2"
        ),
        "/index?2": listing("/read/66", "/read/10", "/tag/padi", more="/index?3"),
        "/index?3": listing("/read/66", "/read/10", "/tag/padi", more="/index?4"),  # the last page, for ever
        "/read/1": story("Cibodas", pages=("/read/1?page=2", "/read/1?page=3")),
        "/read/1?page=2": story("Lembang", pages=("/read/1?page=3",)),
        "/read/1?page=3": Answer(b"", 503),
        "/read/2": redirect("/read/3"),
        "/read/3": story("Lembang"),
        "/read/4": Answer(b"", 404),
        "/read/5": Answer(b"", 403),
        "/read/6": Answer(b"", 500),
        "/read/7": Answer(b"x" * 600_000),
        "/read/8": redirect("https://lain.example/read/8"),
        "/read/9": Answer(b"<html>the beginning", missing=5000),
        "/read/10": redirect("/read/10/slow"),
    }
    ran = kliping(project(tmp_path, site.url, "max_page_bytes = 500_000\ntimeout = 2.0\n"), "crawl", "uji", *LOOPBACK)
    assert ran.returncode == ExitCode.PARTIAL, ran.stderr
    (account,) = runs(tmp_path)
    archive = tmp_path / "archive"
    assert outcomes(archive, account.run, site.url) == {
        "/tag/padi": "not_wanted",
        "/read/1": "saved",
        "/read/1?page=2": "saved",
        "/read/1?page=3": "missing_page",
        "/read/2": "redirected",
        "/read/3": "saved",
        "/read/4": "gone",
        "/read/5": "forbidden",
        "/read/6": "server_error",
        "/read/66": "blocked_by_robots",
        "/read/7": "too_large",
        "/read/8": "redirected",
        "https://lain.example/read/8": "not_wanted",
        "/read/9": "server_error",
        "/read/10": "redirected",
        "/read/10/slow": "timeout",
    }
    assert account.discovered == sum(account.counts.values())
    assert [visit.url.removeprefix(site.url) for visit in account.sources] == ["/index", "/index?2", "/index?3"]
    lines = ledger_of(archive, account.run)
    assert lines[f"{site.url}/read/6"].attempts == 2
    written = {record.ref.record_id: record for record in records_of(archive)}
    for line in lines.values():
        assert (line.record in written) == (line.attempts > 0 and line.outcome != "timeout")
    notes = [record for record in written.values() if record.ref.type == "metadata" and record.ref.url]
    absent = {(note.ref.url or "").removeprefix(site.url): note.block for note in notes if b"evidence:" in note.block}
    assert {path: block.partition(b"\r\n")[0] for path, block in absent.items()} == {
        "/read/66": b"outcome: blocked_by_robots",
        "/read/10/slow": b"outcome: timeout",
    }
    assert b"via: %s/index?2\r\n" % site.url.encode() in absent["/read/66"]
    assert "/read/66" not in site.asked
    assert "/index?4" not in site.asked
    assert "saved" in ran.stdout
    assert "Traceback" not in ran.stderr


def test_requests_say_who_asks_and_take_gzip_alone(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {"/index": listing("/read/1"), "/read/1": story("Cibodas")}
    folder = project(tmp_path, site.url, 'contact = "kliping@contoh.example"\n')
    assert kliping(folder, "crawl", "uji", *LOOPBACK).returncode == ExitCode.OK
    assert site.asked == ["/robots.txt", "/index", "/ai.txt", "/read/1"]
    for headers in site.headers:
        assert headers["Accept-Encoding"] == "gzip"
        assert headers["User-Agent"].endswith("(+mailto:kliping@contoh.example)")
        assert "Cookie" not in headers
        assert "Referer" not in headers


def test_a_second_crawl_fetches_nothing_twice_and_a_limit_defers(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {"/index": listing("/read/1", "/read/2"), "/read/1": redirect("/read/3")}
    site.answers |= {"/read/2": story("Lembang"), "/read/3": story("Cibodas")}
    folder = project(tmp_path, site.url)
    assert kliping(folder, "crawl", "uji", *LOOPBACK, "--limit", "1", "-q").returncode == ExitCode.OK
    assert kliping(folder, "crawl", "uji", *LOOPBACK, "-q").returncode == ExitCode.OK
    first, second = (outcomes(tmp_path / "archive", account.run, site.url) for account in runs(folder))
    assert first == {"/read/1": "redirected", "/read/2": "deferred", "/read/3": "saved"}
    assert second == {"/read/1": "known", "/read/2": "saved"}
    assert site.asked.count("/read/3") == 1


def test_scrapy_crawl_gives_the_same_archive(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {
        "/index": listing("/read/1", "/read/2"),
        "/read/1": story("Cibodas"),
        "/read/2": redirect("/read/1"),
    }
    folder = project(tmp_path, site.url)
    assert scrapy(folder, "list").stdout == "uji\n"
    ran = scrapy(folder, "crawl", "uji", "-s", "KLIPING_ALLOW_PRIVATE=1", "-s", "DOWNLOAD_DELAY=0", "-O", "items.jsonl")
    assert ran.returncode == 0, ran.stderr
    (account,) = runs(folder)
    assert account.counts == {"saved": 1, "redirected": 1}
    kinds = Counter(record.ref.type for record in records_of(folder / "archive"))
    assert kliping(folder, "crawl", "uji", *LOOPBACK[:-1], "other", "-q").returncode == ExitCode.OK
    assert Counter(record.ref.type for record in records_of(folder / "other")) == kinds
    with (
        Catalog(folder / "archive/catalog.db", read_only=True) as a,
        Catalog(folder / "other/catalog.db", read_only=True) as b,
    ):
        one, other = a.article(f"{site.url}/read/1"), b.article(f"{site.url}/read/1")
    assert one is not None
    assert other is not None
    assert (one.text, one.title, one.url) == (other.text, other.title, other.url)
    assert json.loads((folder / "items.jsonl").read_text())["title"] == one.title


def test_without_a_contact_nothing_is_asked(site: LiveSite, tmp_path: Path) -> None:
    folder = project(tmp_path, site.url)
    ran = kliping(folder, "crawl", "uji")
    assert (ran.returncode, ran.stderr.count("\n")) == (ExitCode.CONFIG, 1)
    assert "a crawl needs a contact" in ran.stderr
    plain = scrapy(folder, "crawl", "uji")
    assert plain.returncode != 0
    assert "a crawl needs a contact" in plain.stderr
    assert "Traceback" not in plain.stderr
    assert not (folder / "archive").exists()
    assert site.asked == []


def test_private_hosts_are_refused_unless_allowed(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {"/index": listing("/read/1")}
    folder = project(tmp_path, site.url)
    ran = kliping(folder, "crawl", "uji", "--contact", "kliping@contoh.example")
    assert ran.returncode == ExitCode.PARTIAL
    assert "127.0.0.1, a private address: such a site is crawled with --allow-private alone" in ran.stderr
    assert site.asked == []


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("crawl", "none", "--allow-private"), ExitCode.USAGE, "unknown outlet 'none': the outlets are uji"),
        (("crawl", "uji", "--delay", "0"), ExitCode.USAGE, "--delay 0 is below 1 s"),
        (("crawl", "uji", "--limit", "0"), ExitCode.USAGE, "--limit"),
        (("crawl", "uji", "--contact", "me"), ExitCode.CONFIG, "contact: 'me' is neither"),
        (("crawl", "uji", "--allow-private", "--archive", "kliping.toml"), ExitCode.CANNOT_WRITE, "cannot write"),
        (("replay", "none.warc.gz"), ExitCode.NOT_FOUND, "there is no WARC file at none.warc.gz"),
        (("replay", "kliping.toml"), ExitCode.BAD_DATA, "kliping.toml: byte 0"),
    ],
)
def test_mistakes_are_told_in_a_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    code: ExitCode,
    said: str,
) -> None:
    monkeypatch.chdir(project(tmp_path, "http://127.0.0.1:9"))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "outlets_of_test", raising=False)
    assert main(arguments) == code
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err


def test_a_site_that_is_down(tmp_path: Path) -> None:
    folder = project(tmp_path, "http://127.0.0.1:9")
    ran = kliping(folder, "crawl", "uji", *LOOPBACK)
    assert ran.returncode == ExitCode.PARTIAL
    (account,) = runs(folder)
    (visit,) = account.sources
    assert visit.problem is not None
    assert visit.problem.startswith("server_error: no answer to http://127.0.0.1:9/robots.txt")
    assert "server_error" in ran.stderr


def test_a_certificate_that_nobody_vouches_for(untrusted_site: LiveSite, tmp_path: Path) -> None:
    folder = project(tmp_path, untrusted_site.url)
    assert kliping(folder, "crawl", "uji", *LOOPBACK, "-q").returncode == ExitCode.PARTIAL
    ((visit,),) = (account.sources for account in runs(folder))
    assert visit.problem is not None
    assert visit.problem.startswith("tls: ")
    assert visit.problem.endswith("TLS: certificate verify failed")
    assert untrusted_site.asked == []


def test_told_to_stop_it_finishes_what_is_in_flight(site: LiveSite, tmp_path: Path) -> None:
    urls = [f"/read/{number}" for number in range(1, 60)]
    site.answers = {"/index": listing("/read/1/slow", *urls), "/read/1/slow": story("Cibodas")}
    site.answers |= {url: story(f"Desa {url}", pages=(f"{url}/slow",)) for url in urls}
    folder = project(tmp_path, site.url)
    with start_kliping(folder, "crawl", "uji", *LOOPBACK) as process:
        until(lambda: "/read/1/slow" in site.asked)
        process.send_signal(signal.SIGTERM)
        until(lambda: "Received SIGTERM" in next(folder.glob("archive/runs/*/log.txt")).read_text())
        site.hold.set()
        _, err = process.communicate(timeout=30)
    assert process.returncode == ExitCode.PARTIAL, err
    (account,) = runs(folder)
    assert account.reason == "stopped"
    assert account.counts["saved"] >= 1
    assert account.counts["deferred"] >= 1
    assert account.discovered == sum(account.counts.values())
    assert not list((folder / "archive/warc").glob("*.open"))
    assert kliping(folder, "crawl", "uji", *LOOPBACK, "--limit", "3", "-q").returncode in {
        ExitCode.OK,
        ExitCode.PARTIAL,
    }


def test_killed_it_loses_nothing_that_was_captured(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {
        "/index": listing("/read/1", "/read/2/slow"),
        "/read/1": story("Cibodas"),
        "/read/2/slow": story("Garut"),
    }
    folder = project(tmp_path, site.url)
    archive = folder / "archive"
    with start_kliping(folder, "crawl", "uji", *LOOPBACK) as process:
        until(lambda: "/read/2/slow" in site.asked)
        locked = kliping(folder, "crawl", "uji", *LOOPBACK)
        assert locked.returncode == ExitCode.LOCKED
        assert f"process {process.pid}" in locked.stderr
        until(lambda: next(archive.glob("runs/*/ledger.jsonl")).stat().st_size > 0)
        process.kill()
    (killed,) = runs(folder)
    assert killed.finished is None
    site.hold.set()
    assert kliping(folder, "crawl", "uji", *LOOPBACK, "-q").returncode == ExitCode.OK
    finished = next(account for account in runs(folder) if account.finished)
    assert outcomes(archive, finished.run, site.url) == {"/read/1": "known", "/read/2/slow": "saved"}
    assert not list((archive / "warc").glob("*.open"))
    responses = [record.ref.url for record in records_of(archive) if record.ref.type == "response"]
    assert responses.count(f"{site.url}/read/1") == 1


def test_a_full_disk_ends_the_run_and_spoils_nothing(site: LiveSite, tmp_path: Path) -> None:
    """No file may grow beyond 400 kB here, which is to a program what a full disk is."""
    noise = "".join(random.Random(7).choices(string.ascii_letters, k=40_000))  # noqa: S311 - noise
    urls = [f"/read/{number}" for number in range(1, 41)]
    site.answers = {"/index": listing(*urls)}
    for url in urls:
        body = story(url).body.replace(b"</html>", f"<!-- {url} {noise} --></html>".encode())
        site.answers[url] = Answer(body)
    folder = project(tmp_path, site.url)
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000));"
    with start(
        folder, "-c", limited + "from archiver.cli import main; sys.exit(main())", "crawl", "uji", *LOOPBACK
    ) as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == ExitCode.CANNOT_WRITE, err
    assert "make room" in err.lower()  # for the WARC file or the catalog, whichever is full first
    assert "Traceback" not in err
    (account,) = runs(folder)
    assert account.discovered == sum(account.counts.values()) == 40
    assert account.counts["saved"] >= 1
    assert account.counts["deferred"] >= 1
    archive = Archive.open(folder / "archive")
    assert list(verify_archive(archive)) == []
    saved = [url for url, line in ledger_of(folder / "archive", account.run).items() if line.outcome == "saved"]
    texts = {record.ref.url for record in records_of(folder / "archive") if record.ref.type == "conversion"}
    assert set(saved) <= texts
    assert kliping(folder, "crawl", "uji", *LOOPBACK, "-q").returncode == ExitCode.OK
    assert len({r.ref.url for r in records_of(folder / "archive") if r.ref.type == "conversion"}) == 40
    assert list(verify_archive(archive)) == []
