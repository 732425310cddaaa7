"""Which addresses are fetched, at once or later, and what is said of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request

from archiver.config import Config
from archiver.crawling.frontier import Frontier, newest_first, normal
from archiver.crawling.session import Session, open_session
from archiver.crawling.setup import Setup
from archiver.discovery import Candidate
from tests.crawling.support import SITE, outlet
from warc.record import RecordRef, warc_date

NOW = datetime(2021, 1, 13, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with open_session(setup(tmp_path)) as opened:
        yield opened


def setup(folder: Path, days: tuple[date, date] | None = None) -> Setup:
    return Setup(Config(archive=folder / "archive"), "crawl", ("uji",), as_of=NOW.isoformat(), days=days)


def candidate(path: str, published: str | None = None) -> Candidate:
    return Candidate(f"{SITE}{path}", f"Judul {path}", published, f"{SITE}/index")


def captured(session: Session, path: str, *ages: timedelta, status: int = 200) -> None:
    """Tell the catalog of captures of the address that are so old."""
    for age in ages:
        record_id = f"<urn:uuid:{path}{age}>"
        date = warc_date(session.clock() - age)
        session.catalog.add_capture(
            RecordRef("a.warc.gz", 0, 1, record_id, date, "response", SITE + path, "sha1:A"), status
        )


def waiting(session: Session) -> list[str]:
    """The paths that wait, as they are taken up."""
    assert session.pending is not None
    paths = []
    while (one := session.pending.take("uji")) is not None:
        paths.append(one.url.removeprefix(SITE))
    return paths


def test_one_form_for_each_address() -> None:
    assert normal(" https://uji.example/read/1#komentar ") == "https://uji.example/read/1"
    assert normal("https://uji.example/read/1/padi gogo") == "https://uji.example/read/1/padi%20gogo"
    assert normal("https://uji.example/read/1/padi%20gogo") == "https://uji.example/read/1/padi%20gogo"


@pytest.mark.parametrize(
    "url",
    [
        "http://[::1",
        "http://uji.example:b/",
        "http:///read/1",
        "mailto:a@uji.example",
        "//uji.example/",
        "http://\udcff/",
    ],
)
def test_what_is_no_address_is_told_and_not_fetched(session: Session, url: str) -> None:
    assert normal(url) is None
    assert Frontier(session, outlet()).admit(url, None) is None
    assert session.ledger.counts == {"not_wanted": 1}
    assert Frontier(session, outlet()).offer(Candidate(url + "0", None, None, f"{SITE}/index")) == "refused"


@given(st.text(alphabet=':/?#[]@!%&=+ab1.- \tü\u200b\\"<>', max_size=12))
def test_the_form_is_that_of_the_request_and_final(tail: str) -> None:
    sent = normal(f"http://uji.example{tail}")
    assert sent is None or sent == normal(sent) == Request(sent).url


def test_addresses_are_admitted_once(session: Session) -> None:
    frontier = Frontier(session, outlet())
    assert frontier.admit(f"{SITE}/read/1#atas", None) == f"{SITE}/read/1"
    assert frontier.admit(f"{SITE}/read/1", None) is None
    assert frontier.admit(f"{SITE}/tag/padi", None) is None
    assert frontier.admit("https://lain.example/read/1", None) is None
    assert session.ledger.counts == {"not_wanted": 2}
    assert session.ledger.open_urls() == [(f"{SITE}/read/1", "uji")]


def test_after_a_failure_everything_is_deferred(session: Session) -> None:
    session.stopped = True
    assert Frontier(session, outlet()).admit(f"{SITE}/read/1", None) is None
    assert session.ledger.counts == {"deferred": 1}


def test_newest_first_whatever_the_zone() -> None:
    dates = [None, "2021-01-13T10:00:00+07:00", "2021-01-13T04:00:00Z", "gestern", "2021-01-14", "2021-01-12"]
    ordered = newest_first(Candidate(f"{SITE}/{n}", None, day, SITE) for n, day in enumerate(dates))
    assert [candidate.url[-1] for candidate in ordered] == ["4", "2", "1", "5", "0", "3"]


def test_what_is_offered_waits_newest_first_and_undated_after_todays(session: Session) -> None:
    frontier = Frontier(session, outlet())
    dates = {"/read/1": "2020-12-01", "/read/2": None, "/read/3": "2021-01-13T10:00:00+07:00", "/read/4": "2021-01-10"}
    assert {frontier.offer(candidate(path, published)) for path, published in dates.items()} == {"new"}
    assert frontier.offer(candidate("/read/3")) == "seen"
    frontier.wait()
    assert waiting(session) == ["/read/3", "/read/2", "/read/4", "/read/1"]


def test_what_a_campaign_adds_to_an_address_is_left_out(session: Session) -> None:
    frontier = Frontier(session, outlet())
    assert frontier.offer(candidate("/read/1?utm_source=rss&id=2&fbclid=x#atas")) == "new"
    assert frontier.offer(candidate("/read/1?id=2")) == "seen"
    frontier.wait()
    assert waiting(session) == ["/read/1?id=2"]


def test_pages_and_twins_are_one_article(session: Session) -> None:
    twins = ((re.compile(r"/amp/(\d+)"), r"/read/\1"), (re.compile(r"//m\."), "//"))
    frontier = Frontier(session, replace(outlet(), twins=twins, article_url=re.compile(r"/(?:read|amp)/\d+")))
    assert frontier.offer(candidate("/amp/1")) == "new"  # it is asked for as its source says
    assert frontier.offer(candidate("/read/1")) == "seen"
    assert frontier.offer(Candidate("https://m.uji.example/amp/1", None, None, SITE)) == "seen"
    assert frontier.offer(candidate("/read/2?page=3")) == "new"  # but nobody begins at page 3
    assert frontier.offer(candidate("/read/2?page=all")) == "seen"
    frontier.wait()
    assert sorted(waiting(session)) == ["/amp/1", "/read/2"]
    assert session.ledger.counts == {"duplicate": 4}


@pytest.mark.parametrize(
    ("ages", "offered"),
    [
        ((), "new"),
        ((0.5,), "known"),
        ((1.1,), "due"),
        ((1.1, 0.05), "known"),
        ((24.5, 23), "due"),
        ((25, 0.5), "known"),
        ((170, 100), "due"),
        ((170, 1), "known"),
        ((5000,), "due"),
        ((5000, 100), "known"),
    ],
)
def test_what_was_captured_is_due_after_1_and_24_hours_and_7_days(
    session: Session, ages: tuple[float, ...], offered: str
) -> None:
    captured(session, "/read/1", *(age * HOUR for age in ages), status=404)
    assert Frontier(session, outlet()).offer(candidate("/read/1")) == offered


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_server_that_cannot_answer_is_asked_again_at_once(session: Session, status: int) -> None:
    captured(session, "/read/1", HOUR / 60, status=status)
    assert Frontier(session, outlet()).offer(candidate("/read/1")) == "new"


def test_what_is_due_is_visited_where_no_source_names_it_any_more(session: Session) -> None:
    frontier = Frontier(session, outlet())
    captured(session, "/read/1", 3 * HOUR)
    captured(session, "/read/2", 30 * HOUR, 29 * HOUR)
    captured(session, "/read/3", 3 * HOUR, 2 * HOUR)  # not due
    captured(session, "/robots.txt", 3 * HOUR)  # no article
    captured(session, "/read/4", 30 * 24 * HOUR)  # too long ago to look for it
    frontier.look_back()
    assert waiting(session) == ["/read/1", "/read/2"]
    assert session.ledger.open_urls() == [(f"{SITE}/read/1", "uji"), (f"{SITE}/read/2", "uji")]


def test_of_certain_days_only_their_articles_are_taken(tmp_path: Path) -> None:
    with open_session(setup(tmp_path, (date(2021, 1, 1), date(2021, 1, 2)))) as session:
        frontier = Frontier(session, outlet())
        assert frontier.offer(candidate("/read/1", "2020-12-31T18:00:00Z")) == "new"  # the 1st, in Jakarta
        assert frontier.offer(candidate("/read/2", "2021-01-02T18:00:00Z")) == "refused"
        assert frontier.offer(candidate("/read/3")) == "refused"
        assert frontier.offer(candidate("/read/4"), date(2021, 1, 2)) == "new"
        frontier.wait()
        assert waiting(session) == ["/read/4", "/read/1"]


def test_what_an_earlier_run_left_gets_its_outcome_in_this_one(session: Session) -> None:
    frontier = Frontier(session, outlet())
    for path in ("/read/1", "/read/2"):
        frontier.offer(candidate(path))
    frontier.wait()
    assert session.pending is not None
    left = [session.pending.entries(f"{SITE}/read/{number}")[0] for number in (1, 2)]
    with open_session(replace(setup(session.archive.root.parent), outlets=("lain",))) as later:
        captured(later, "/read/2", HOUR / 2)
        again = Frontier(later, outlet())
        assert [again.settled_meanwhile(waiting) for waiting in left] == [False, True]
        assert later.ledger.open_urls() == [(f"{SITE}/read/1", "uji")]
        assert later.ledger.counts == {"known": 1}
