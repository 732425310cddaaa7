"""What goes wrong outside: names, connections, clocks, signals. Each run ends as documented, each archive verifies.

Killed runs are in test_kill, full disks and certificates in test_crawl, what breaks off in mid-answer in tests/warc.
"""

from __future__ import annotations

import signal
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.crawling.account import Account
from archiver.errors import ExitCode
from archiver.verification import verify_archive
from tests.crawling.conftest import LiveSite
from tests.crawling.slow import silent, trickling
from tests.crawling.support import (
    Answer,
    kliping,
    ledger_of,
    listing,
    project,
    records_of,
    scrapy,
    start,
    start_kliping,
    story,
)
from tests.crawling.test_crawl import LOOPBACK, runs, until
from warc.record import parse_warc_date

QUICK = "timeout = 1.0\n"
JUMPING = """
import datetime, itertools, sys
import warc.clock

class Jumping(datetime.datetime):
    calls = itertools.count()

    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(days=(0, -400, 4000)[next(cls.calls) % 3])

warc.clock.datetime = Jumping
from archiver.cli import main
sys.exit(main())
"""
"""The command line, on a system whose clock is put back and forward all the time."""


def verified(folder: Path) -> Account:
    """The account of the only run into an archive that is sound."""
    assert list(verify_archive(Archive.open(folder / "archive"))) == []
    (account,) = runs(folder)
    return account


def absences(folder: Path) -> list[bytes]:
    """What the WARC files say in the end of addresses that gave no answer, besides a note on each attempt."""
    notes = [record.block for record in records_of(folder / "archive") if record.block.startswith(b"outcome: ")]
    return [note for note in notes if not note.startswith(b"outcome: no response")]


def test_a_name_that_does_not_resolve(tmp_path: Path) -> None:
    folder = project(tmp_path, "http://berita.uji.example", QUICK)
    ran = scrapy(
        folder,
        *("crawl", "uji", "-s", "KLIPING_ALLOW_PRIVATE=1", "-s", "DOWNLOAD_DELAY=0"),
        *("-s", "TWISTED_DNS_RESOLVER=tests.crawling.slow.NoNames"),
    )
    assert ran.returncode == ExitCode.PARTIAL, ran.stderr
    account = verified(folder)
    (visit,) = account.sources
    assert (visit.problem or "").startswith("dns: no answer to http://berita.uji.example/robots.txt")
    assert [note.partition(b"\r\n")[0] for note in absences(folder)] == [b"outcome: dns"]
    (gap,) = account.gaps
    assert (gap.since, gap.until) == (account.started, None)
    assert gap.reason.startswith("1 run could read none of its sources: dns: ")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_connection_on_which_nobody_speaks(tmp_path: Path, scheme: str) -> None:
    with silent() as port:
        folder = project(tmp_path, f"{scheme}://127.0.0.1:{port}", QUICK)
        ran = kliping(folder, "crawl", "uji", *LOOPBACK)
    assert ran.returncode == ExitCode.PARTIAL, ran.stderr
    (visit,) = verified(folder).sources
    assert (visit.problem or "").startswith("timeout: ")
    assert [note.partition(b"\r\n")[0] for note in absences(folder)] == [b"outcome: timeout"]


def test_a_server_that_trickles(site: LiveSite, tmp_path: Path) -> None:
    """Each byte comes in time, the page never does: what came is kept, and marked as cut."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n<html>"
    with trickling(head) as port:
        slow = f"http://127.0.0.1:{port}"
        site.answers = {"/index": listing(f"{slow}/read/1")}
        site.answers["/robots.txt"] = Answer(b"", 404)
        folder = project(tmp_path, site.url, QUICK)
        ran = kliping(folder, "crawl", "uji", *LOOPBACK)
    assert ran.returncode == ExitCode.PARTIAL, ran.stderr
    account = verified(folder)
    assert account.counts == {"timeout": 1}
    (line,) = ledger_of(folder / "archive", account.run).values()
    assert (line.evidence or "").startswith(f"no answer to {slow}/robots.txt, so the host is closed: ")
    cut = [record for record in records_of(folder / "archive") if record.get("WARC-Truncated") == "time"]
    assert [record.ref.url for record in cut] == [f"{slow}/robots.txt"] * 2
    assert cut[0].block.startswith(head + b".")


def test_told_to_stop_while_a_host_wants_a_pause(site: LiveSite, tmp_path: Path) -> None:
    urls = [f"/read/{number}" for number in range(1, 21)]
    site.answers = {"/index": listing(*urls)} | {url: story(f"Desa {url}") for url in urls}
    site.first["/read/1"] = [Answer(b"", 429, headers={"Retry-After": "300"})]
    folder = project(tmp_path, site.url)
    with start_kliping(folder, "crawl", "uji", *LOOPBACK) as process:
        until(lambda: "waits 300 s" in "".join(path.read_text() for path in folder.glob("archive/runs/*/log.txt")))
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=20)
    assert process.returncode == ExitCode.PARTIAL, err
    account = verified(folder)
    assert account.reason == "stopped"
    assert set(account.counts) <= {"saved", "deferred"}
    line = ledger_of(folder / "archive", account.run)[f"{site.url}/read/1"]
    assert (line.outcome, line.attempts) == ("deferred", 1)


def test_a_clock_that_is_put_back_and_forward_during_a_run(site: LiveSite, tmp_path: Path) -> None:
    urls = [f"/read/{number}" for number in range(1, 11)]
    site.answers = {"/index": listing(*urls)} | {url: story(f"Desa {url}") for url in urls}
    folder = project(tmp_path, site.url)
    with start(folder, "-c", JUMPING, "crawl", "uji", *LOOPBACK) as process:
        _, err = process.communicate(timeout=60)
    assert process.returncode == ExitCode.OK, err
    account = verified(folder)
    dates = [record.ref.date for record in records_of(folder / "archive") if record.ref.type == "conversion"]
    all_dates = [parse_warc_date(record.ref.date) for record in records_of(folder / "archive")]
    began, ended = (datetime.fromisoformat(moment or "") for moment in (account.started, account.finished))
    assert len(dates) == len(urls)
    assert began <= min(all_dates) + timedelta(seconds=1)
    assert max(all_dates) <= ended + timedelta(seconds=1)
    assert ended - began < timedelta(minutes=1)


def test_an_archive_from_the_future_is_told_of_and_goes_on(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {"/index": listing("/read/1", "/read/2"), "/read/1": story("Cibodas"), "/read/2": story("Garut")}
    folder = project(tmp_path, site.url, "requests_per_hour = 20\n")
    future = "2090-01-01T00:00:00Z"
    assert kliping(folder, "crawl", "uji", *LOOPBACK, "--limit", "1", "--as-of", future).returncode == ExitCode.OK
    ran = kliping(folder, "crawl", "uji", *LOOPBACK)
    assert ran.returncode == ExitCode.OK
    assert "the archive has captures of 2090-01-01, and today is 20" in ran.stderr
    account = next(account for account in runs(folder) if not account.started.startswith("2090"))
    assert account.counts == {"known": 1, "saved": 1}
    assert (account.closed, account.gaps) == ((), ())
    assert list(verify_archive(Archive.open(folder / "archive"))) == []
