"""The page of a run tells what went wrong first, and all that became of its addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from bs4 import BeautifulSoup

from archiver.archive import Archive
from archiver.crawling.account import ClosedHost, SourceVisit
from archiver.crawling.gaps import Gap
from archiver.drift.report import Aside, Breach, DriftReport, write_report
from archiver.errors import CannotWriteError
from archiver.reports.run_page import SHOWN, write_run_page
from tests.catalog.support import URL, Writer, article
from tests.operating.support import SOURCE, account, keep

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.article import Outcome

TROUBLES: dict[str, Any] = {
    "closed": (ClosedHost("contoh.test", "refused", "5 refusals in a row", "2021-01-13T12:01:02+00:00", 7),),
    "gaps": (Gap(outlet="contoh", since="2021-01-13T03:00:00+00:00", until=None, reason="no run for 9h"),),
    "sources": (SourceVisit(url=SOURCE, outlet="contoh", problem="timeout: 60 s"),),
    "reason": "stopped",
}
WORDS = {
    "closed": "contoh.test was not asked any more from 12:01:02 on: 5 refusals in a row; 7 requests were not sent",
    "gaps": "contoh was not looked at from 2021-01-13 03:00 on: no run for 9h",
    "sources": f"1 source not read {SOURCE} contoh · timeout: 60 s",
    "reason": "It did not come to its end: stopped",
}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path)


def drawn(archive: Archive, run: str) -> tuple[BeautifulSoup, str]:
    """The page, and its text with single blanks."""
    page = BeautifulSoup(write_run_page(archive, run).read_text(encoding="utf-8"), "html5lib")
    for element in page(["style", "title"]):
        element.decompose()
    return page, " ".join(page.get_text(" ").split())


def problems(page: BeautifulSoup) -> str:
    (section,) = page.select("#problems")
    return " ".join(section.get_text(" ").split())


def test_a_run_that_is_well(archive: Archive) -> None:
    with Writer(archive.root) as writer:
        writer.read(writer.capture(), article(title='Pasar <pagi> & "sore"'))
    made = account(files=("contoh-20210113.warc.gz",))
    keep(archive, made, {URL: "saved", f"{URL}/2": "known", f"{URL}/3": "blocked_by_robots"})
    page, text = drawn(archive, made.run)
    assert problems(page).startswith("What went wrong? Nothing.")
    assert "Left out, and no fault" in problems(page)
    (link,) = page.select(f"#articles a[href='{URL}']")
    assert link.get_text(strip=True) == 'Pasar <pagi> & "sore"'
    assert "new articles 1 " in text
    assert "addresses 3 " in text
    assert page.select_one("#files a[href='../../warc/contoh-20210113.warc.gz']")
    assert page.select_one("#files a[href='ledger.jsonl']")


@pytest.mark.parametrize("trouble", TROUBLES)
def test_each_trouble_is_told(archive: Archive, trouble: str) -> None:
    made = account(code=2, **{trouble: TROUBLES[trouble]})
    keep(archive, made)
    page, _ = drawn(archive, made.run)
    assert WORDS[trouble] in re.sub(r" (?=[:;])", "", problems(page))
    assert "Nothing." not in problems(page)


def test_what_failed_is_listed_with_its_evidence(archive: Archive) -> None:
    outcomes: dict[str, Outcome] = {f"https://contoh.test/{n}": "timeout" for n in range(SHOWN + 5)}
    made = account(code=2)
    keep(archive, made, {**outcomes, "https://contoh.test/wall": "paywall"})
    page, _ = drawn(archive, made.run)
    first, second = page.select("#problems details")
    assert first.summary is not None
    assert first.summary.get_text(" ", strip=True).startswith(f"{SHOWN + 5} timeout")
    assert len(first.select("li")) == SHOWN
    assert "and 5 more" in first.get_text()
    assert "because of paywall" in second.get_text()


def test_a_drift_alarm_is_told_with_what_was_laid_aside(archive: Archive) -> None:
    made = account(code=3)
    keep(archive, made)
    aside = Aside(URL, "<urn:uuid:1>", "x.warc.gz", 0, "2021-01-13")
    breach = Breach("fallback", "3%", "62%", "10%", "62% of the pages fit no layout, 3% is usual")
    write_report(
        archive,
        DriftReport(
            outlet="contoh", run=made.run, time=made.started, state="break", breaches=(breach,), captures=(aside,)
        ),
    )
    page, text = drawn(archive, made.run)
    assert "contoh: its pages no longer look as they used to" in problems(page)
    assert breach.words in text
    (link,) = page.select("#problems a[href^='../../drift/']")
    assert (archive.runs / made.run / str(link["href"])).resolve().is_file()


def test_a_recovery_is_told_as_good_news(archive: Archive) -> None:
    made = account()
    keep(archive, made)
    write_report(archive, DriftReport(outlet="contoh", run=made.run, time=made.started, state="recovered"))
    page, _ = drawn(archive, made.run)
    assert "contoh: its pages look as they used to again" in problems(page)
    assert not page.select("#problems .problem")


def test_a_run_without_an_end_and_one_whose_ledger_is_damaged(archive: Archive) -> None:
    made = account(code=None)
    folder = keep(archive, made, {URL: "saved"})
    assert "The run has no end." in problems(drawn(archive, made.run)[0])
    (folder / "ledger.jsonl").write_text("{}\n")
    assert "The ledger cannot be read" in problems(drawn(archive, made.run)[0])


def test_several_outlets_have_a_line_each(archive: Archive) -> None:
    made = account(run="20210113T120000Z-crawl-0000", outlets=("contoh", "dua"))
    keep(archive, made, {URL: "saved"})
    _, text = drawn(archive, made.run)
    assert "contoh 1 1 1 saved dua 0 0" in text


def test_it_loads_nothing(archive: Archive) -> None:
    made = msgspec.structs.replace(account(), sources=(SourceVisit(url="javascript:alert(1)", outlet="contoh"),))
    keep(archive, made, {"https://contoh.test/<script>": "error"})
    page, _ = drawn(archive, made.run)
    assert not page.select("script, img, link, iframe, [src], a[href^=javascript]")


def test_a_folder_that_cannot_be_written(archive: Archive) -> None:
    made = account()
    folder = keep(archive, made)
    (folder / "index.html").mkdir()
    with pytest.raises(CannotWriteError, match=r"cannot write .*index\.html"):
        write_run_page(archive, made.run)
