from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest

from archiver.archive import Archive
from archiver.config import Config
from archiver.crawling.account import Account
from archiver.drift.alarm import Alarm, Raised, in_words
from archiver.drift.report import DriftReport, latest_reports, reports
from archiver.drift.settings import Drift
from archiver.errors import BadDataError
from tests.drift.support import BROKEN, OUTLET, Diary, run_id


@dataclass
class Newsroom:
    """An archive that is crawled, and judged after each run."""

    diary: Diary
    settings: Drift = field(default_factory=Drift)

    @property
    def archive(self) -> Archive:
        return Archive.open(self.diary.root)

    def crawl(self, *articles: Any, **more: Any) -> Raised:
        account = self.diary.crawl(*articles, **more)
        return self.judge(account)

    def judge(self, account: Account) -> Raised:
        with self.diary.catalog() as catalog:
            alarm = Alarm(self.archive, catalog, Config(drift=self.settings), ("contoh",), {"contoh": OUTLET})
            return alarm.judge(account, account.finished or "")

    def waits(self) -> bool:
        with self.diary.catalog() as catalog:
            return Alarm(self.archive, catalog, Config(drift=self.settings), ("contoh",)).waits("contoh")


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """An outlet with a history."""
    newsroom = Newsroom(Diary(tmp_path_factory.mktemp("past") / "arsip"))
    for _ in range(13):
        newsroom.diary.crawl({}, {}, {})
    return newsroom


@pytest.fixture
def newsroom(past: Newsroom, tmp_path: Path) -> Newsroom:
    """A copy of it to write to."""
    shutil.copytree(past.diary.root, tmp_path / "arsip")
    return Newsroom(Diary(tmp_path / "arsip", hour=past.diary.hour))


def test_a_run_like_all_before_says_nothing(newsroom: Newsroom) -> None:
    assert newsroom.crawl({}, {}, {}) == Raised()


def test_a_redesign_is_told_in_the_next_run_and_laid_aside(newsroom: Newsroom) -> None:
    raised = newsroom.crawl(BROKEN, BROKEN, BROKEN)
    assert raised.is_alarm
    (report,) = raised.reports
    assert report.state == "break"
    assert {"fallback", "missing:authors", "missing:lead"} <= {breach.rule for breach in report.breaches}
    assert [capture.url for capture in report.captures] == [f"https://contoh.test/13{place:02}" for place in range(3)]
    assert all("fallback" in capture.rules for capture in report.captures)
    assert latest_reports(newsroom.archive) == (report,)
    with newsroom.diary.catalog() as catalog:
        for capture in report.captures:
            ref = catalog.record(capture.record_id)
            assert ref is not None
            assert (ref.file, ref.offset, ref.date) == (capture.file, capture.offset, capture.date)


def test_the_line_names_outlet_rule_expected_got_and_what_to_do(newsroom: Newsroom) -> None:
    (line,) = newsroom.crawl(BROKEN, BROKEN, BROKEN).words
    assert "drift of contoh: [fallback] 3 of 3 articles fit no layout, expected at most 2 of 3" in line
    assert "kliping drift contoh" in line
    assert "kliping drift accept contoh" in line
    assert "\n" not in line


def test_break_quarantine_and_recovery_follow_each_other(newsroom: Newsroom) -> None:
    states = [newsroom.crawl(BROKEN, BROKEN, BROKEN).reports[0].state for _ in range(2)]
    assert states == ["break", "break"]
    assert not newsroom.waits()
    assert newsroom.crawl(BROKEN, BROKEN, BROKEN).reports[0].state == "quarantined"
    assert newsroom.waits()
    recovered = newsroom.crawl({}, {}, {})
    assert [report.state for report in recovered.reports] == ["recovered"]
    assert not recovered.is_alarm
    assert not newsroom.waits()
    assert newsroom.crawl({}, {}, {}) == Raised()


def test_runs_without_news_neither_end_an_alarm_nor_count_as_one(newsroom: Newsroom) -> None:
    newsroom.crawl(BROKEN, BROKEN, BROKEN)
    assert newsroom.crawl() == Raised()
    assert newsroom.crawl(BROKEN, BROKEN).reports[0].state == "break"
    assert len(reports(newsroom.archive)) == 2


def test_alarms_do_not_become_what_is_normal(newsroom: Newsroom) -> None:
    assert all(newsroom.crawl(BROKEN, BROKEN, BROKEN).is_alarm for _ in range(6))


def test_articles_never_wait_where_nobody_wants_it(newsroom: Newsroom) -> None:
    newsroom.settings = Drift(quarantine_after=0)
    states = {newsroom.crawl(BROKEN, BROKEN, BROKEN).reports[0].state for _ in range(5)}
    assert states == {"break"}
    assert not newsroom.waits()


def test_an_alarm_that_is_off_says_nothing(newsroom: Newsroom) -> None:
    newsroom.settings = Drift(enabled=False)
    assert newsroom.crawl(BROKEN, BROKEN, BROKEN) == Raised()
    assert not newsroom.waits()


def test_a_source_that_names_nothing_any_more_is_told_without_a_page(newsroom: Newsroom) -> None:
    for day in range(1, 6):
        newsroom.diary.hour = 24 * day
        newsroom.crawl({}, {})
    newsroom.diary.hour = 24 * 6
    (report,) = newsroom.crawl(candidates=0).reports
    assert [breach.rule for breach in report.breaches] == ["yield:https://contoh.test/sitemap.xml"]
    newsroom.diary.hour = 24 * 7
    assert [report.state for report in newsroom.crawl(candidates=20).reports] == ["recovered"]


def test_a_back_catalogue_is_compared_with_nothing_and_is_not_what_is_normal(newsroom: Newsroom) -> None:
    days = ("2015-01-01", "2015-01-31")
    old = {"authors": (), "lead": None}
    assert newsroom.crawl(old, old, old, old, days=days) == Raised()
    assert newsroom.crawl(old, old, old).is_alarm
    assert newsroom.crawl({}, {}, {}, days=days) == Raised()  # nor does it end an alarm
    assert [report.state for report in newsroom.crawl({}, {}, {}).reports] == ["recovered"]


def test_a_lost_catalog_is_told_and_no_verdict_is_given(newsroom: Newsroom) -> None:
    account = newsroom.diary.crawl(BROKEN, BROKEN, BROKEN)
    newsroom.diary.root.joinpath("catalog.db").write_bytes(b"something else")
    with pytest.raises(BadDataError, match="catalog rebuild"):
        newsroom.judge(account)


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ({"state": "recovered", "released": 4}, "4 articles that had waited were made"),
        ({"state": "accepted"}, "was accepted"),
        ({"state": "quarantined", "waiting": 9}, "9 articles wait in quarantine"),
        ({"state": "quarantined"}, "From now on its articles wait"),
    ],
)
def test_each_state_has_its_words(report: dict[str, Any], words: str) -> None:
    told = msgspec.convert({"outlet": "contoh", "run": run_id(1), "time": "", **report}, DriftReport)
    assert words in in_words(told)
