from __future__ import annotations

import re

import msgspec
import pytest
from bs4 import BeautifulSoup

from archiver.reports.receipt.page import SHOWN, draw
from archiver.reports.receipt.values import Missing, Receipt
from tests.reports.receipt.samples import absence, account, receipt

NOTHING = Missing(
    absences=(),
    incomplete=(),
    sources=(),
    withdrawn=(),
    unfinished_runs=(),
    unfinished_files=(),
    requisites=0,
    unread=(),
)


def text(made: Receipt, part: str = "body") -> str:
    found = BeautifulSoup(draw(made), "lxml").select_one(part)
    assert found is not None
    return " ".join(found.get_text(" ").split())


def faultless() -> Receipt:
    made = receipt()
    passed = tuple(msgspec.structs.replace(check, result="passed", faults=0, findings=()) for check in made.checks[:2])
    contents = msgspec.structs.replace(made.contents, truncated=0, rebuilt=0)
    return msgspec.structs.replace(made, checks=passed, missing=NOTHING, contents=contents)


def test_the_page_loads_nothing() -> None:
    page = draw(receipt())
    assert page.startswith("<!doctype html>")
    soup = BeautifulSoup(page, "lxml")
    assert not soup.select("script, img, link, iframe, [src], [style*=url]")
    assert "url(" not in page
    assert "@import" not in page


def test_the_summary_says_what_matters() -> None:
    said = text(receipt(), ".summary")
    assert "1,206 articles of 2 outlets, cut out of 1,540 captures that were made between 2021-01-13" in said
    assert "2 runs have looked for 13 addresses: 6 kept, 3 not meant to be kept, 1 captured without" in said
    assert "2 programs have checked every file of it; kliping verify found 60 faults." in said
    assert "2 programs have checked every file of it and found no fault." in text(faultless(), ".summary")


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (".badges", "faults found 2 of 3 checks run known gaps"),
        ("#checks", "kliping verify 60 faults framing, fields"),
        ("#checks", "damaged gzip member and 59 more"),
        ("#checks", "wacz validate not run a WACZ package made of the archive: it is not installed here"),
        ("#checks", "What could not be read runs/20210115T040000Z-contoh-5e6f/run.json: it is cut short"),
        ("#contents", "of no known outlet 6 6 2,118 2020-11-02 2021-01-30"),
        ("#contents", "1,500 response, 40 revisit"),
        ("#origin", "Kliping/0.1.0 Scrapy/2.19.0 (made-up pages) Arsip Berita, arsip@contoh.test"),
        ("#origin", "never: killed, or still going on"),
        ("#origin", "12 6 finished, in part"),
        ("#outcomes", "timeout 2 the server did not answer in time"),
        ("#robots", "Some WARC files say that robots.txt was ignored. 1 address was left out because of it."),
        ("#robots", "allowed it 1,300"),
        ("#robots", "https://contoh.test/robots.txt 2 2021-01-13 2021-01-14 200, 503"),
        ("#missing", "2 timeout the server did not answer in time https://contoh.test/lambat-1"),
        ("#missing", "1 incomplete article pages of it are not there Jalan panjang"),
        ("#missing", "1 source not read"),
        ("#missing", "1 window of time in which nobody looked"),
        ("#missing", "contoh, 2021-01-14 04:00 – not over at the last run 1 run could read none of its sources"),
        ("#missing", "https://contoh.test/dicabut 2021-01-20 · asked for by the person named · right to be forgotten"),
        ("#missing", "contoh-20210114040000-00000-vm.warc.gz.open"),
        ("#missing", "1 capture cut short less is kept than was sent"),
        ("#missing", "2 exchanges not byte for byte"),
        ("#missing", "17 requisites not captured"),
        ("#files", "warc/contoh-20210113040000-00000-vm.warc.gz " + "cd" * 32 + " 31,000,000"),
        ("header", "Made-up pages"),
    ],
)
def test_each_part_says_its_own(part: str, said: str) -> None:
    assert said in text(receipt(), part)


def test_what_a_page_says_cannot_become_markup() -> None:
    page = draw(receipt())
    assert "<b>berbayar</b>" not in page
    assert "&lt;b&gt;berbayar&lt;/b&gt;" in page


def test_nothing_is_missing() -> None:
    page = faultless()
    assert "no fault found" in text(page, ".badges")
    assert "no known gap" in text(page, ".badges")
    assert "Nothing. Every address that was looked for" in text(page, "#missing")


def test_long_lists_are_cut_and_say_so() -> None:
    many = tuple(absence(f"lambat-{number:04}", "timeout", None) for number in range(SHOWN + 7))
    made = msgspec.structs.replace(receipt(), missing=msgspec.structs.replace(NOTHING, absences=many))
    said = text(made, "#missing")
    assert said.count("https://contoh.test/lambat-") == SHOWN
    assert "and 7 more, which are in the JSON form" in said


def test_earlier_runs_are_folded_away_the_newest_first() -> None:
    runs = tuple(account(f"run-{number:02}") for number in range(25))
    said = text(msgspec.structs.replace(receipt(), runs=runs), "#origin")
    assert re.findall(r"run-(\d\d)", said) == [f"{number:02}" for number in [*range(24, 4, -1), *range(4, -1, -1)]]
    assert "5 earlier runs" in said


def test_an_archive_without_runs_and_articles() -> None:
    made = faultless()
    contents = msgspec.structs.replace(made.contents, articles=0, outlets=(), first=None, last=None, records={})
    made = msgspec.structs.replace(made, runs=(), outcomes={}, contents=contents, origins=(), archive_version=None)
    assert "The archive has no account of any run" in text(made, "#origin")
    assert "No run has left a ledger." in text(made, "#outcomes")
    assert "No article that the catalog knows." in text(made, "#contents")
    assert "0 articles of 0 outlets, cut out of 0 captures." in text(made, ".summary")


def test_requisites_are_no_limit_where_they_were_captured() -> None:
    made = receipt()
    assert "only the documents themselves were asked for" in text(made, "#missing")
    made = msgspec.structs.replace(made, runs=(account("run-1", requisites={"saved": 3}),))
    assert "only the documents themselves were asked for" not in text(made, "#missing")
