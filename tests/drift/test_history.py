from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.drift import history
from archiver.drift.facts import RunFacts
from archiver.drift.history import History
from archiver.drift.quarantine import EVIDENCE
from tests.catalog.support import article
from tests.drift.support import BROKEN, Diary, run_id


@pytest.fixture
def diary(tmp_path: Path) -> Diary:
    return Diary(tmp_path / "arsip")


def read(diary: Diary, before: str | None = None, outlet: str = "contoh") -> list[RunFacts]:
    with diary.catalog() as catalog:
        return History(Archive.open(diary.root), catalog, outlet).before(before)


def test_runs_are_read_from_what_the_archive_has(diary: Diary) -> None:
    diary.crawl({}, BROKEN, "paywall", candidates=17)
    (found,) = read(diary)
    assert found.run == run_id(0)
    assert [page.outcome for page in found.pages] == ["saved", "saved", "paywall"]
    whole, broken, wall = (page.article for page in found.pages)
    assert whole is not None
    assert whole.layout == "utama"
    assert whole.fields["authors"] == "css:.penulis"
    assert broken is not None
    assert broken.layout is None
    assert wall is None
    assert [(source.url, source.candidates) for source in found.sources] == [("https://contoh.test/sitemap.xml", 17)]


def test_runs_come_oldest_first_and_only_those_before(diary: Diary) -> None:
    for _ in range(3):
        diary.crawl({})
    assert [found.run for found in read(diary)] == [run_id(0), run_id(1), run_id(2)]
    assert [found.run for found in read(diary, run_id(2))] == [run_id(0), run_id(1)]


def test_only_crawls_of_the_outlet_count(diary: Diary) -> None:
    diary.crawl({})
    diary.crawl({}, kind="replay")
    assert len(read(diary)) == 1
    assert read(diary, outlet="lain") == []


def test_what_the_network_did_is_no_page(diary: Diary) -> None:
    diary.crawl({}, "timeout", "gone", "redirected")
    (found,) = read(diary)
    assert [page.outcome for page in found.pages] == ["saved"]


def test_runs_that_cannot_be_read_are_passed_over(diary: Diary) -> None:
    diary.crawl({})
    diary.crawl({})
    (diary.root / "runs" / run_id(0) / "run.json").write_text("{")
    assert [found.run for found in read(diary)] == [run_id(1)]
    (diary.root / "runs" / run_id(1) / "ledger.jsonl").unlink()
    assert [found.pages for found in read(diary)] == [()]


def test_two_weeks_are_enough(diary: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "_ENOUGH", 3)
    diary.crawl({}, {})
    for hour in (24, 24 * 10, 24 * 20):
        diary.hour = hour
        diary.crawl({}, {})
    assert [found.run for found in read(diary)] == [run_id(24 * 10), run_id(24 * 20)]
    monkeypatch.setattr(history, "_ENOUGH", 5)
    assert len(read(diary)) == 3


def test_of_many_articles_the_last_ones_and_some_before_are_read(diary: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "_MOST", 4)
    monkeypatch.setattr(history, "_NEWEST", 2)
    for _ in range(5):
        diary.crawl({}, {})
    pages = [page for found in read(diary) for page in found.pages]
    assert len(pages) == 4
    assert [page.url for page in pages[-2:]] == ["https://contoh.test/400", "https://contoh.test/401"]


def test_a_capture_counts_as_it_is_read_today(diary: Diary) -> None:
    diary.crawl(BROKEN)
    (found,) = read(diary)
    record_id = found.pages[0].record_id or ""
    with diary.catalog() as catalog:
        ref = catalog.record(record_id)
        assert ref is not None
        conversion = next(record for record in catalog.records_in(ref.file) if record.type == "conversion")
        before = catalog.reading(record_id)
        assert before is not None
        again = article(before.url, captures=before.captures, layout="utama")
        later = replace(conversion, record_id="<urn:uuid:later>", date="2030-01-01T00:00:00Z")
        catalog.save(again, conversion=later, metadata=None)
    (found,) = read(diary)
    assert found.pages[0].article is not None
    assert found.pages[0].article.layout == "utama"


def test_what_waits_is_read_again_where_that_is_possible(diary: Diary) -> None:
    diary.crawl("deferred", evidence=EVIDENCE)
    (found,) = read(diary)
    assert [page.article for page in found.pages] == [None]
    with diary.catalog() as catalog:
        reading = History(Archive.open(diary.root), catalog, "contoh", lambda url, _: article(url)).before()
    assert reading[0].pages[0].article is not None


def test_what_was_deferred_for_another_reason_is_no_page(diary: Diary) -> None:
    diary.crawl("deferred", evidence="the limit of articles was reached")
    assert read(diary)[0].pages == ()
