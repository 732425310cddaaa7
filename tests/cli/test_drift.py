"""`kliping drift`: what an operator sees of it, and accepting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archiver.archive import Archive
from archiver.drift.report import Aside, Breach, DriftReport, reports, write_report
from archiver.errors import ExitCode
from tests.drift.support import Diary, run_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Done

    Kliping = Callable[..., Done]

OUTLETS = """
import re
from archiver.outlet import Layout, Outlet

CONTOH = Outlet(
    name="contoh", title="Contoh", domains=("contoh.test",), article_url=re.compile(r"/\\\\d+"),
    layouts=(Layout(name="utama", body=".isi"),),
)
"""


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets" / "contoh.py").write_text(OUTLETS)
    (tmp_path / "kliping.toml").write_text('outlets = []\noutlet_dirs = ["outlets"]\n')
    diary = Diary(tmp_path / "archive")
    diary.crawl({}, {}, {})
    return Archive.open(diary.root)


@pytest.fixture
def alarmed(archive: Archive) -> Archive:
    breach = Breach("fallback", "at most 1 of 3", "3 of 3 articles", "4 standard deviations", "3 of 3 fit no layout")
    aside = Aside("https://contoh.test/7", "<urn:uuid:7>", "contoh.warc.gz", 99, "2026-03-02T00:00:00Z", ("fallback",))
    time = "2026-03-02T01:00:00+00:00"
    report = DriftReport(
        outlet="contoh", run=run_id(1), time=time, state="break", breaches=(breach,), captures=(aside,)
    )
    write_report(archive, report)
    return archive


def test_an_outlet_that_is_well(kliping: Kliping, archive: Archive) -> None:
    done = kliping("drift")
    assert done.code == 0
    assert done.out.splitlines()[:3] == ["contoh  normal", "  normal   3 articles of 1 run", "  layouts  utama 100%"]
    assert kliping("drift", "contoh").out == kliping("drift", archive.root).out == done.out
    assert kliping("drift", "report", archive.root, "contoh").out == done.out


def test_an_alarm_says_what_is_wrong_where_it_is_and_what_to_do(kliping: Kliping, alarmed: Archive) -> None:
    done = kliping("drift", alarmed.root)
    assert done.code == ExitCode.DRIFT
    for words in (
        "contoh  break",
        f"since    run {run_id(1)}, 1 alarm",
        "fallback: 3 of 3 fit no layout",
        "https://contoh.test/7  contoh.warc.gz at byte 99",
        f"kliping fixture add {alarmed.root} --from-drift --outlet contoh",
        "kliping heal contoh --from",
        "kliping drift accept contoh",
    ):
        assert words in done.out, words


def test_json_has_all_of_it(kliping: Kliping, alarmed: Archive) -> None:
    done = kliping("drift", alarmed.root, "--json")
    assert done.code == ExitCode.DRIFT
    (outlet,) = done.json()
    assert outlet["condition"] == "break"
    assert outlet["alarm"]["breaches"][0]["rule"] == "fallback"
    assert outlet["baseline"]["articles"] == 3


def test_a_page_is_written(kliping: Kliping, alarmed: Archive, tmp_path: Path) -> None:
    done = kliping("drift", alarmed.root, "-o", "drift.html")
    assert done.code == ExitCode.DRIFT
    assert (done.out, done.err) == ("", "drift.html: 1 outlet\n")
    page = (tmp_path / "drift.html").read_text()
    assert "contoh: not as it was" in page
    assert "3 of 3 fit no layout" in page
    assert "http-equiv" in page


def test_accepting_ends_the_alarm(kliping: Kliping, alarmed: Archive) -> None:
    done = kliping("drift", "accept", "contoh", "--archive", alarmed.root)
    assert done.code == 0
    assert done.err.startswith("contoh: accepted; the next runs are compared with those since then")
    assert [report.state for report in reports(alarmed, "contoh")] == ["break", "accepted"]
    assert kliping("drift", alarmed.root).code == 0
    again = kliping("drift", "accept", "contoh")
    assert again.code == ExitCode.NOT_FOUND
    assert "there is no open alarm of contoh" in again.err


def test_an_outlet_that_nobody_knows(kliping: Kliping, archive: Archive) -> None:
    done = kliping("drift", "contoj")
    assert done.code == ExitCode.USAGE
    assert "contoj" in done.err
    assert kliping("drift", "accept", "contoj").code == ExitCode.USAGE
    assert kliping("drift", archive.root, "contoh", "lain").code == ExitCode.USAGE


def test_an_archive_without_runs(kliping: Kliping, tmp_path: Path) -> None:
    Archive.create(tmp_path / "kosong")
    done = kliping("drift", tmp_path / "kosong")
    assert done.code == ExitCode.NOT_FOUND


def test_help_names_both_commands(kliping: Kliping) -> None:
    out = kliping("drift", "--help").out
    assert "accept" in out
    assert "report" in out
