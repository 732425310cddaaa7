from __future__ import annotations

from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.drift.report import (
    Aside,
    Breach,
    DriftReport,
    State,
    folder,
    latest_reports,
    read_report,
    reports,
    write_report,
)
from archiver.errors import BadDataError, CannotWriteError, NotFoundError
from tests.drift.support import run_id

BREACH = Breach(
    "fallback", "at most 1 of 3", "3 of 3 articles", "4 standard deviations", "3 of 3 articles fit no layout"
)
ASIDE = Aside("https://contoh.test/1", "<urn:uuid:1>", "contoh.warc.gz", 1200, "2026-03-02T00:00:00Z", ("fallback",))


def report(hour: int, state: State = "break", outlet: str = "contoh") -> DriftReport:
    return DriftReport(
        outlet=outlet, run=run_id(hour), time="2026-03-02T00:00:00+00:00", state=state, breaches=(BREACH,),
        captures=(ASIDE,),
    )  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "arsip")


def test_a_report_is_read_as_it_was_written(archive: Archive) -> None:
    path = write_report(archive, report(1))
    assert path.name == f"{run_id(1)}-contoh.json"
    assert read_report(path) == report(1)


def test_reports_come_in_the_order_of_their_runs_and_what_is_accepted_after_what_was_said(archive: Archive) -> None:
    written = [report(3), report(3, "accepted"), report(1), report(2, outlet="lain")]
    for one in written:
        write_report(archive, one)
    assert reports(archive, "contoh") == (report(1), report(3), report(3, "accepted"))
    assert len(reports(archive)) == 4


def test_an_outlet_whose_name_ends_like_another_is_another(archive: Archive) -> None:
    write_report(archive, report(1, outlet="contoh-contoh"))
    assert reports(archive, "contoh") == ()


def test_the_latest_reports_are_alarms(archive: Archive) -> None:
    for one in (report(1), report(2), report(3, "recovered"), report(1, outlet="lain")):
        write_report(archive, one)
    assert latest_reports(archive) == (report(2), report(1, outlet="lain"))
    assert latest_reports(archive, "lain") == (report(1, outlet="lain"),)


def test_no_crawl_fails_for_a_report_that_cannot_be_read(archive: Archive) -> None:
    path = write_report(archive, report(1))
    path.write_text('{"outlet":')
    told: list[str] = []
    assert reports(archive, on_unread=told.append) == ()
    assert "remove the file" in told[0]
    with pytest.raises(BadDataError, match="no drift report"):
        read_report(path)


def test_a_report_that_is_not_there(archive: Archive) -> None:
    with pytest.raises(NotFoundError, match="kliping drift"):
        read_report(folder(archive) / "nothing.json")


def test_a_report_that_cannot_be_written(archive: Archive) -> None:
    folder(archive).write_text("a file where the folder should be")
    with pytest.raises(CannotWriteError, match="make room"):
        write_report(archive, report(1))
