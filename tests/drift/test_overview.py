from __future__ import annotations

from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.drift.overview import overviews
from archiver.drift.quarantine import EVIDENCE
from archiver.drift.report import Breach, DriftReport, State, write_report
from tests.drift.support import BROKEN, Diary, run_id


@pytest.fixture
def diary(tmp_path: Path) -> Diary:
    diary = Diary(tmp_path / "arsip")
    diary.crawl({}, {"lead": None}, {}, "paywall", candidates=10)
    diary.crawl({"layout": "foto"}, candidates=30)
    return diary


def say(diary: Diary, hour: int, state: State, outlet: str = "contoh") -> None:
    breaches = (Breach("fallback", "at most 1 of 3", "3 of 3 articles", "4 standard deviations", "words"),)
    write_report(
        Archive.open(diary.root),
        DriftReport(
            outlet=outlet, run=run_id(hour), time="", state=state, breaches=breaches if state == "break" else ()
        ),
    )


def test_what_is_normal(diary: Diary) -> None:
    (found,) = overviews(Archive.open(diary.root))
    assert (found.outlet, found.condition, found.since, found.alarm) == ("contoh", "normal", None, None)
    normal = found.baseline
    assert normal is not None
    assert (normal.runs, normal.articles) == (2, 4)
    assert normal.layouts == {"utama": 0.75, "foto": 0.25}
    assert normal.fields["lead"] == 0.75
    assert normal.turned_away == 0.2
    assert normal.sources == {"https://contoh.test/sitemap.xml": 20}


def test_an_open_alarm_and_what_waits(diary: Diary) -> None:
    say(diary, 2, "break")
    diary.crawl(BROKEN)
    diary.crawl("deferred", "deferred", evidence=EVIDENCE)
    (found,) = overviews(Archive.open(diary.root))
    assert (found.condition, found.since, found.alarms, found.waiting) == ("break", run_id(2), 1, 2)
    assert found.alarm is not None
    assert found.baseline is not None
    assert found.baseline.articles == 4  # what was alarmed is not normal


def test_verdicts_come_newest_first_and_an_alarm_that_is_over_is_not_open(diary: Diary) -> None:
    say(diary, 0, "break")
    say(diary, 1, "recovered")
    (found,) = overviews(Archive.open(diary.root))
    assert [report.state for report in found.reports] == ["recovered", "break"]
    assert (found.condition, found.alarm) == ("normal", None)


def test_an_outlet_that_has_a_report_alone_is_shown(diary: Diary) -> None:
    say(diary, 0, "break", outlet="lain")
    assert [(found.outlet, found.condition) for found in overviews(Archive.open(diary.root))] == [
        ("contoh", "normal"),
        ("lain", "break"),
    ]
    assert [found.outlet for found in overviews(Archive.open(diary.root), ["contoh"])] == ["contoh"]


def test_an_outlet_without_articles_has_no_normal(tmp_path: Path) -> None:
    diary = Diary(tmp_path / "arsip")
    diary.crawl("paywall")
    (found,) = overviews(Archive.open(diary.root))
    assert (found.condition, found.baseline) == ("unknown", None)
