"""`kliping capture` of a site on loopback: single addresses, lists of them, and what is refused."""

from __future__ import annotations

import io
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.catalog import Catalog
from archiver.cli import main
from archiver.crawling.account import Account, read_account
from archiver.crawling.lock import outlet_locks
from archiver.errors import ExitCode
from tests.crawling.conftest import LiveSite
from tests.crawling.support import (
    Answer,
    kliping,
    ledger_of,
    outcomes,
    project,
    records_of,
    redirect,
    start_kliping,
    story,
)

LOOPBACK = ("--allow-private", "--delay", "0")


def accounts(folder: Path) -> list[Account]:
    """The accounts of all runs, oldest first."""
    paths = folder.glob("archive/runs/*/run.json")
    return [read_account(path) for path in sorted(paths, key=lambda path: path.stat().st_mtime_ns)]


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_whatever_an_address_is_it_is_captured_and_accounted_for(site: LiveSite, tmp_path: Path) -> None:
    other = site.url.replace("127.0.0.1", "localhost")  # the same server, a host of no outlet
    site.answers = {
        "/robots.txt": Answer(b"User-agent: *\nDisallow: /private/\n", content_type="text/plain"),
        "/read/1": story("Cibodas", pages=("/read/1?page=2",)),
        "/read/1?page=2": story("Lembang"),
        "/about": story("Garut"),
        "/": Answer(b"<html><body><a href=/read/1>Cibodas</a></body></html>"),
        "/short": redirect(f"{other}/long"),
        "/long": story("Ciwidey"),
        "/paper.pdf": Answer(b"%PDF-1.7 " * 200, content_type="application/pdf"),
        "/misnamed": Answer(b"<!doctype html>" + story("Sumedang").body, content_type="text/plain"),
        "/empty": Answer(b""),
        "/gone": Answer(b"", 410),
    }
    listed = ["/read/1", "/about", "/", "/short", "/paper.pdf", "/misnamed", "/empty", "/gone", "/private/x"]
    urls = [*(site.url + path for path in listed), f"{site.url}/about#more"]
    ran = kliping(project(tmp_path, site.url), "capture", *urls, *LOOPBACK)
    assert ran.returncode == ExitCode.OK, ran.stderr
    (account,) = accounts(tmp_path)
    archive = tmp_path / "archive"
    assert outcomes(archive, account.run, site.url) == {
        "/read/1": "saved",
        "/read/1?page=2": "saved",
        "/about": "saved",
        "/": "empty",
        "/short": "redirected",
        f"{other}/long": "saved",
        "/paper.pdf": "not_article",
        "/misnamed": "saved",
        "/empty": "empty",
        "/gone": "gone",
        "/private/x": "blocked_by_robots",
    }
    assert (account.kind, account.outlets) == ("capture", ("uji",))
    assert account.discovered == sum(account.counts.values()) == 11
    lines = ledger_of(archive, account.run)
    captured = {record.ref.record_id for record in records_of(archive)}
    for url, line in lines.items():
        assert (line.record in captured) == (line.outcome != "blocked_by_robots"), url
    assert lines[f"{site.url}/paper.pdf"].evidence == "no page: application/pdf"
    assert lines[f"{site.url}/read/1"].outlet == "uji"
    assert lines[f"{other}/long"].outlet is None
    assert not list(archive.glob("runs/*/requisites.jsonl"))
    with Catalog(archive / "catalog.db", read_only=True) as catalog:
        methods = {url: catalog.article(url) for url in (f"{site.url}/read/1", f"{other}/long")}
    first, fallback = methods.values()
    assert first is not None
    assert fallback is not None
    assert (first.layout, first.outlet, len(first.pages)) == ("test", "uji", 2)
    assert (fallback.method, fallback.outlet) == ("fallback", None)


def test_a_list_is_done_but_for_its_bad_lines_and_captured_again_another_time(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {"/read/1": story("Cibodas"), "/read/2": story("Lembang")}
    folder = project(tmp_path, site.url, "limit = 1\n")
    lines = [
        "\ufeff# addresses",
        f"{site.url}/read/1",
        "",
        "www.contoh.example/read/1",
        f"  {site.url}/read/2#top\r",
        f"{site.url}/read/1",
        "ftp://contoh.example/x",
        "http://contoh.example/x y",
    ]
    (folder / "urls.txt").write_text("\n".join(lines), encoding="utf-8")
    ran = kliping(folder, "capture", "--list", "urls.txt", *LOOPBACK)
    assert ran.returncode == ExitCode.BAD_DATA
    told = [line for line in ran.stderr.splitlines() if line.startswith("kliping: ")]
    assert [line.split(" is no web address")[0] for line in told] == [
        "kliping: urls.txt, line 4: 'www.contoh.example/read/1'",
        "kliping: urls.txt, line 7: 'ftp://contoh.example/x'",
        "kliping: urls.txt, line 8: 'http://contoh.example/x y'",
    ]
    (account,) = accounts(folder)
    assert outcomes(folder / "archive", account.run, site.url) == {"/read/1": "saved", "/read/2": "saved"}
    assert sorted(site.asked) == ["/ai.txt", "/read/1", "/read/2", "/robots.txt"]
    again = kliping(folder, "capture", f"{site.url}/read/1", *LOOPBACK, "-q")
    assert again.returncode == ExitCode.OK, again.stderr
    assert accounts(folder)[-1].counts == {"unchanged": 1}
    assert site.asked.count("/read/1") == 2


def test_private_hosts_are_refused_unless_allowed(site: LiveSite, tmp_path: Path) -> None:
    folder = project(tmp_path, site.url)
    other = site.url.replace("127.0.0.1", "localhost")
    ran = kliping(folder, "capture", f"{site.url}/read/1", f"{other}/read/1", "--contact", "kliping@contoh.example")
    assert ran.returncode == ExitCode.PARTIAL
    (account,) = accounts(folder)
    lines = ledger_of(folder / "archive", account.run).values()
    assert [line.outcome for line in lines] == ["forbidden", "forbidden"]
    assert all("a private address: such a site is crawled with --allow-private alone" in str(e.evidence) for e in lines)
    assert site.asked == []


def test_an_outlet_that_another_run_writes_is_left_alone(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {"/about": story("Garut")}
    folder = project(tmp_path, site.url)
    other = site.url.replace("127.0.0.1", "localhost")
    with outlet_locks(folder / "archive/locks", ["uji"]):
        (folder / "archive/warc").mkdir()
        assert kliping(folder, "capture", f"{site.url}/about", *LOOPBACK).returncode == ExitCode.LOCKED
        assert kliping(folder, "capture", f"{other}/about", *LOOPBACK, "-q").returncode == ExitCode.OK


def test_told_to_stop_it_defers_the_rest(site: LiveSite, tmp_path: Path) -> None:
    urls = [f"{site.url}/read/{number}/slow" for number in range(40)]
    folder = project(tmp_path, site.url)
    (folder / "urls.txt").write_text("\n".join(urls))
    with start_kliping(folder, "capture", "--list", "urls.txt", *LOOPBACK) as process:
        until(lambda: "/read/0/slow" in site.asked)
        process.send_signal(signal.SIGTERM)
        until(lambda: "Received SIGTERM" in next(folder.glob("archive/runs/*/log.txt")).read_text())
        site.hold.set()
        _, err = process.communicate(timeout=30)
    assert process.returncode == ExitCode.PARTIAL, err
    (account,) = accounts(folder)
    assert account.reason == "stopped"
    assert account.discovered == sum(account.counts.values()) == 40
    assert account.counts["deferred"] > account.counts["gone"] > 0


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "said"),
    [
        ((), "", ExitCode.USAGE, "nothing to capture: give addresses, or a file of them with --list"),
        (("contoh.example",), "", ExitCode.USAGE, "'contoh.example' is no web address: write https://…"),
        (("https://contoh.example", "--delay", "0"), "", ExitCode.USAGE, "--delay 0 is below 1 s"),
        (("https://contoh.example",), "", ExitCode.CONFIG, "a crawl needs a contact"),
        (("--list", "none.txt"), "", ExitCode.NOT_FOUND, "there is no file none.txt"),
        (("--list", "-"), "# nothing\n", ExitCode.BAD_DATA, "stdin holds no address: write one a line"),
        (("--list", "-"), "a\nb\n", ExitCode.BAD_DATA, "stdin, line 2: 'b' is no web address"),
    ],
)
def test_mistakes_are_told_before_anything_is_made(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    stdin: str,
    code: ExitCode,
    said: str,
) -> None:
    monkeypatch.chdir(project(tmp_path, "http://127.0.0.1:9"))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delenv("KLIPING_CONTACT", raising=False)
    monkeypatch.delitem(sys.modules, "outlets_of_test", raising=False)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
    assert main(("capture", *arguments)) == code
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err
    assert not (tmp_path / "archive").exists()
