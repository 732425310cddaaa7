"""Which addresses are fetched, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
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


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with open_session(Setup(Config(archive=tmp_path / "archive"), "crawl", ("uji",))) as opened:
        yield opened


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
    assert Frontier(session, outlet(), None).admit(url, None) is None
    assert session.ledger.counts == {"not_wanted": 1}


@given(st.text(alphabet=':/?#[]@!%&=+ab1.- \tü\u200b\\"<>', max_size=12))
def test_the_form_is_that_of_the_request_and_final(tail: str) -> None:
    sent = normal(f"http://uji.example{tail}")
    assert sent is None or sent == normal(sent) == Request(sent).url


def test_addresses_are_admitted_once_and_up_to_the_limit(session: Session) -> None:
    frontier = Frontier(session, outlet(), 1)
    assert frontier.admit(f"{SITE}/read/1#atas", None) == f"{SITE}/read/1"
    assert frontier.admit(f"{SITE}/read/1", None) is None
    assert frontier.admit(f"{SITE}/read/2", None) is None
    assert frontier.admit(f"{SITE}/read/3", f"{SITE}/read/1", counts=False) == f"{SITE}/read/3"
    assert session.ledger.counts == {"deferred": 1}
    assert session.ledger.open_urls == (f"{SITE}/read/1", f"{SITE}/read/3")


def test_what_is_not_wanted_costs_nothing(session: Session) -> None:
    frontier = Frontier(session, outlet(), 1)
    for url in (f"{SITE}/tag/padi", "https://lain.example/read/1"):
        assert frontier.admit(url, None) is None
    assert session.ledger.counts == {"not_wanted": 2}
    assert not frontier.exhausted


def test_after_a_failure_everything_is_deferred(session: Session) -> None:
    session.stopped = True
    assert Frontier(session, outlet(), None).admit(f"{SITE}/read/1", None) is None
    assert session.ledger.counts == {"deferred": 1}


def test_newest_first_whatever_the_zone() -> None:
    dates = [None, "2021-01-13T10:00:00+07:00", "2021-01-13T04:00:00Z", "gestern", "2021-01-14", "2021-01-12"]
    ordered = newest_first(Candidate(f"{SITE}/{n}", None, day, SITE) for n, day in enumerate(dates))
    assert [candidate.url[-1] for candidate in ordered] == ["4", "2", "1", "5", "0", "3"]
