"""A fixture through the real spider, in this process."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from archiver.errors import UsageError
from archiver.fixtures.replay import replay_fixture
from tests.crawling.support import SITE, story, write_warc
from tests.fixtures_room.support import EXPECTED, OUTLETS, PAGE, make_fixture, trial_of


def test_outcome_article_requests(tmp_path: Path) -> None:
    replayed = trial_of(make_fixture(tmp_path)).replayed
    assert (replayed.outcome, replayed.evidence) == ("saved", None)
    assert replayed.article is not None
    assert (replayed.article.title, replayed.article.complete) == ("Panen di Cibodas", False)
    assert set(replayed.requests) == set(EXPECTED.requests)
    assert set(replayed.articles) == set(EXPECTED.articles)


def test_an_address_that_is_not_in_the_recording(tmp_path: Path) -> None:
    replayed = replay_fixture(make_fixture(tmp_path), f"{SITE}/read/77", OUTLETS)
    assert (replayed.outcome, replayed.article) == (None, None)


def test_what_a_source_names_and_the_recording_does_not_hold(tmp_path: Path) -> None:
    replayed = replay_fixture(make_fixture(tmp_path), f"{SITE}/read/8", OUTLETS)
    assert (replayed.outcome, replayed.article) == ("not_archived", None)


def test_a_page_of_no_outlet_is_read_by_the_fallback(tmp_path: Path) -> None:
    fixture = make_fixture(tmp_path)
    write_warc(tmp_path / "lain", {"/x": story("Garut")}, site="https://lain.example").rename(fixture.warc)
    replayed = replay_fixture(fixture, "https://lain.example/x", OUTLETS)
    assert replayed.article is not None
    assert (replayed.outcome, replayed.article.method) == ("saved", "fallback")


def test_nothing_of_it_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    assert trial_of(make_fixture(tmp_path)).replayed.outcome == "saved"
    assert caplog.records == []
    assert logging.root.manager.disable == logging.NOTSET


def test_where_a_reactor_is_installed_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scrapy.utils.reactor.is_reactor_installed", lambda: True)
    with pytest.raises(UsageError, match="a Twisted reactor is installed in this process"):
        replay_fixture(make_fixture(tmp_path), PAGE, OUTLETS)


def test_replays_can_follow_one_another(tmp_path: Path) -> None:
    fixture = make_fixture(tmp_path)
    first, second = (replay_fixture(fixture, PAGE, OUTLETS) for _ in range(2))
    assert (first.outcome, first.requests) == (second.outcome, second.requests)
