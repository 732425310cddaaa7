"""`scrapy crawl` does what `kliping crawl` does, and ends with the same codes."""

from __future__ import annotations

import re
import signal
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from archiver.archive import Archive
from archiver.errors import ExitCode
from archiver.verification import verify_archive
from tests.catalog.support import dump
from tests.crawling.conftest import LiveSite
from tests.crawling.support import (
    Answer,
    kliping,
    ledger_of,
    listing,
    project,
    records_of,
    redirect,
    scrapy,
    start,
    start_kliping,
    story,
)
from tests.crawling.test_crawl import LOOPBACK, ROBOTS, runs, until

SCRAPY = ("crawl", "uji", "-s", "KLIPING_ALLOW_PRIVATE=1", "-s", "DOWNLOAD_DELAY=0")
CHANGING = re.compile(
    r"urn:uuid:[0-9a-f-]{36}|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)|\d{8}T\d{6}Z-uji-[0-9a-f]{4}"
    r"|uji-\d{14}-\d{5}-[^\"]+\.warc\.gz|\"offset\":\d+"
)
"""Ids, moments, and places in files: they differ between any two runs."""

OF_BLOCK = {"WARC-Block-Digest", "Content-Length"}


def like(text: str | bytes) -> str:
    """The text without what differs between any two runs."""
    return CHANGING.sub("…", text.decode("latin-1") if isinstance(text, bytes) else text)


def records(archive: Path) -> Counter[tuple[str, ...]]:
    """All records: type, address, fields and block."""
    found: Counter[tuple[str, ...]] = Counter()
    for record in records_of(archive):
        fields = sorted(field for field in record.fields if field[0] not in OF_BLOCK)
        found[record.ref.type, record.ref.url or "", like(repr(fields)), like(record.block)] += 1
    return found


def catalog(archive: Path) -> dict[str, list[Any]]:
    """All tables, without places and sizes in files."""
    tables = dump(archive / "catalog.db", ids=False)
    tables["records"] = sorted((row[1], row[2], *row[7:]) for row in tables["records"])
    return {name: sorted(like(repr(row)) for row in rows) for name, rows in tables.items()}


def ledger(archive: Path) -> dict[str, str]:
    """The only run's ledger."""
    (run,) = (path.name for path in (archive / "runs").iterdir())
    return {url: like(repr(line)) for url, line in ledger_of(archive, run).items()}


def test_the_same_archive_as_kliping_crawl(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {
        "/robots.txt": ROBOTS,
        "/ai.txt": Answer(b"User-Agent: *\nDisallow: /\n", content_type="text/plain"),
        "/index": listing(*(f"/read/{number}" for number in (1, 2, 3, 4, 5, 66)), more="/index?2"),
        "/index?2": listing("/read/6", "/tag/padi"),
        "/read/1": story("Cibodas", pages=("/read/1?page=2",)),
        "/read/1?page=2": story("Lembang"),
        "/read/2": redirect("/read/1"),
        "/read/3": story("Garut"),
        "/read/4": Answer(b"", 404),
        "/read/5": Answer(b"", 503),
        "/read/6": story("Ciamis"),
    }
    folder = project(tmp_path, site.url)
    ours = kliping(folder, "crawl", "uji", *LOOPBACK[:-1], "ours", "--limit", "5")
    plain = scrapy(folder, *SCRAPY, "-s", "KLIPING_ARCHIVE=plain", "-a", "limit=5")
    assert ours.returncode == plain.returncode == ExitCode.PARTIAL, plain.stderr
    assert ledger(folder / "ours") == ledger(folder / "plain")
    assert records(folder / "ours") == records(folder / "plain")
    assert catalog(folder / "ours") == catalog(folder / "plain")
    assert {record[0] for record in records(folder / "plain")} == {
        *("warcinfo", "request", "response", "conversion", "metadata")
    }
    assert site.asked.count("/robots.txt") == site.asked.count("/ai.txt") == 2  # once a run, for all pages


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("crawl", "none"), ExitCode.USAGE, "scrapy: unknown outlet 'none': the outlets are uji"),
        (("crawl", "uji"), ExitCode.CONFIG, "scrapy: a crawl needs a contact"),
        ((*SCRAPY, "-a", "limt=3"), ExitCode.USAGE, "unknown field `limt`; the arguments are limit, max_time, "),
        ((*SCRAPY, "-a", "limit=0"), ExitCode.CONFIG, "scrapy: -a: limit: "),
        ((*SCRAPY, "-a", "until=2021-01-13"), ExitCode.USAGE, "from which day on?"),
        ((*SCRAPY, "-s", "KLIPING_ARCHIVE=kliping.toml"), ExitCode.CANNOT_WRITE, "scrapy: cannot write"),
    ],
)
def test_what_stops_a_run_before_it_begins(tmp_path: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    ran = scrapy(project(tmp_path, "http://127.0.0.1:9"), *arguments)
    assert ran.returncode == code
    assert said in ran.stderr.splitlines()[-1]
    assert "Traceback" not in ran.stderr


def test_a_broken_configuration(tmp_path: Path) -> None:
    folder = project(tmp_path, "http://127.0.0.1:9", "delay = 'two'\n")
    ran = scrapy(folder, *SCRAPY)
    assert ran.returncode == ExitCode.CONFIG
    assert "delay: Expected `float`" in ran.stderr.splitlines()[-1]
    assert "Traceback" not in scrapy(folder, "list").stderr + ran.stderr


def test_a_site_that_is_down_and_one_that_is_up(site: LiveSite, tmp_path: Path) -> None:
    folder = project(tmp_path, site.url)
    site.answers = {"/index": Answer(b"", 404)}
    assert scrapy(folder, *SCRAPY).returncode == ExitCode.PARTIAL
    site.answers = {"/index": listing("/read/1"), "/read/1": story("Cibodas")}
    ran = scrapy(folder, *SCRAPY, "-a", "_job=26d1b1a6d6f111e0be5c001e648c57f8")  # as Scrapyd does
    assert ran.returncode == ExitCode.OK, ran.stderr


def test_a_second_run_of_an_outlet_and_one_that_is_told_to_stop(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {"/index": listing("/read/1/slow", "/read/2"), "/read/1/slow": story("Cibodas")}
    folder = project(tmp_path, site.url)
    with start(folder, "-m", "scrapy", *SCRAPY) as process:
        until(lambda: "/read/1/slow" in site.asked)
        ran = scrapy(folder, *SCRAPY)
        assert ran.returncode == ExitCode.LOCKED
        assert f"process {process.pid}" in ran.stderr.splitlines()[-1]
        with start_kliping(folder, "crawl", "uji", *LOOPBACK) as other:
            assert other.wait(30) == ExitCode.LOCKED
        process.send_signal(signal.SIGTERM)
        site.hold.set()
        _, err = process.communicate(timeout=30)
    assert process.returncode == ExitCode.PARTIAL, err
    (account,) = runs(folder)
    assert account.reason == "stopped"
    assert account.counts["saved"] >= 1
    assert list(verify_archive(Archive.open(folder / "archive"))) == []
