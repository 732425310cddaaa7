"""What a run knows of a host: pauses, refusals, the hour's budget."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import msgspec

from archiver.config import Config
from archiver.crawling.account import ClosedHost
from archiver.crawling.hosts import Host, Hosts

NOON = datetime(2021, 1, 13, 12, 0, tzinfo=UTC)
URL = "https://uji.example/read/1"
CONFIG = Config(delay=1.0, max_wait=100.0, max_refusals=2)
ANSWER = "HTTP 429 Too Many Requests"


@dataclass
class Clock:
    """Seconds since noon, as both of a host's clocks tell them."""

    seconds: float = 0.0

    def day(self) -> datetime:
        return NOON + timedelta(seconds=self.seconds)

    def timer(self) -> float:
        return self.seconds


@dataclass
class Asked:
    """What the catalog has of earlier runs, and since when it was asked for it."""

    captures: list[tuple[str, str]] = field(default_factory=list)
    since: list[str] = field(default_factory=list)

    def __call__(self, since: str) -> list[tuple[str, str]]:
        self.since.append(since)
        return self.captures


def host(clock: Clock, config: Config = CONFIG) -> Host:
    chance = random.Random(1)  # noqa: S311 - no secret
    return Host("uji.example", config, None, clock.day, timer=clock.timer, chance=chance)


def test_a_pause_holds_for_as_long_as_the_host_asks() -> None:
    clock = Clock()
    asked = host(clock)
    assert asked.throttled(ANSWER, 30.0, asked.sent()) is None
    assert asked.pause == 30
    clock.seconds = 29
    assert asked.pause == 1
    clock.seconds = 31
    assert asked.pause == 0
    assert asked.problem() is None


def test_answers_to_requests_sent_before_the_pause_belong_to_it() -> None:
    clock = Clock()
    asked = host(clock)
    sent = [asked.sent() for _ in range(8)]
    clock.seconds = 1
    assert [asked.throttled(ANSWER, 90.0, moment) for moment in sent] == [None] * 8
    assert asked.pause == 90
    assert asked.problem() is None


def test_pauses_without_a_length_grow_until_the_host_is_left_alone() -> None:
    clock = Clock()
    asked = host(clock)
    waits = []
    while (closed := asked.throttled(ANSWER, None, asked.sent())) is None:
        waits.append(asked.pause)
        clock.seconds += asked.pause + 1
    assert waits == sorted(waits)
    assert 2 <= len(waits) <= 4
    assert sum(waits) <= 100
    assert closed.outcome == "deferred"
    assert closed.evidence == (
        f"uji.example asked for a pause {len(waits) + 1} times after {sum(waits):.0f} s ({ANSWER}); max_wait is 100 s"
    )
    assert asked.problem() == closed


def test_a_good_answer_forgets_the_pauses_before_it() -> None:
    clock = Clock()
    asked = host(clock)
    for _ in range(5):
        assert asked.throttled(ANSWER, 80.0, asked.sent()) is None
        clock.seconds += 81
        asked.unthrottled()


def test_a_pause_that_is_too_long_closes_the_host_at_once() -> None:
    asked = host(Clock())
    closed = asked.throttled(ANSWER, 3600.0, asked.sent())
    assert closed is not None
    assert closed.evidence == f"uji.example asks us to wait 3600 s ({ANSWER}); max_wait is 100 s"
    assert asked.pause == 0
    account = asked.account()
    assert account is not None
    assert (account.reason, account.time) == ("throttled", "2021-01-13T12:00:00+00:00")


def test_two_senders_are_one_visitor() -> None:
    clock = Clock()
    asked = host(clock)
    first, second = object(), object()
    assert asked.wait(first, 2.0) == 0
    asked.over(first)
    clock.seconds = 0.5
    assert asked.wait(first, 2.0) == 0  # its own delay is kept by Scrapy
    assert asked.wait(second, 2.0) == 1.5
    asked.throttled(ANSWER, 30.0, asked.sent())
    assert asked.wait(first, 2.0) == asked.wait(second, 2.0) == 30


def test_refusals_close_the_host_for_the_run() -> None:
    clock = Clock()
    asked = host(clock)
    assert asked.refused("HTTP 403 Forbidden") is None
    closed = asked.refused("HTTP 403 Forbidden")
    assert closed is not None
    assert closed.evidence == "uji.example refuses us: 2 refusals in a row, the last HTTP 403 Forbidden"
    clock.seconds = 10_000
    asked.answered()  # a page that was under way
    assert asked.problem() == closed


def test_pages_tell_what_they_turned_out_to_be() -> None:
    hosts = Hosts(CONFIG, Clock().day, Asked())
    hosts.heard(URL, "challenge", "title 'Just a moment...'")  # of a host that nobody asked: a replay's
    asked = hosts.of(URL)
    for outcome in ("challenge", "saved", "challenge", "forbidden", "challenge"):
        assert asked.problem() is None
        hosts.heard(URL, outcome, "title 'Just a moment...'")
    (closed,) = hosts.closed()
    assert closed == ClosedHost(
        "uji.example",
        "refused",
        "uji.example refuses us: 2 refusals in a row, the last a challenge (title 'Just a moment...') at " + URL,
        "2021-01-13T12:00:00+00:00",
    )


def test_a_host_that_refused_the_run_before_is_tried_with_one_address() -> None:
    hosts = Hosts(CONFIG, Clock().day, Asked(), ["uji.example"])
    asked = hosts.of(URL, at_once=3)
    assert asked.turns._value == 1
    assert asked.refused("HTTP 403 Forbidden") is not None


def test_its_first_answer_gives_it_back_what_others_have() -> None:
    hosts = Hosts(CONFIG, Clock().day, Asked(), ["uji.example"])
    asked = hosts.of(URL, at_once=3)
    for _ in range(2):
        hosts.heard(URL, "saved", None)
    assert asked.turns._value == 3
    assert asked.refused("HTTP 403 Forbidden") is None


def test_the_budget_counts_what_earlier_runs_asked() -> None:
    clock = Clock()
    captures = [
        ("https://uji.example/read/7", "2021-01-13T11:30:00.000000Z"),
        ("http://UJI.example:8080/robots.txt", "2021-01-13T11:30:01.000000Z"),
        ("https://lain.example/read/7", "2021-01-13T11:30:02.000000Z"),
    ]
    catalog = Asked(captures)
    config = msgspec.structs.replace(CONFIG, requests_per_hour=3)
    hosts = Hosts(config, clock.day, catalog)
    asked = hosts.of(URL)
    assert catalog.since == ["2021-01-13T11:00:00.000000Z"]
    assert asked.problem() is None
    asked.sent()
    problem = asked.problem()
    assert problem is not None
    assert problem.evidence == "the budget of 3 requests an hour to uji.example is spent"
    clock.seconds = 1801
    assert asked.problem() is None
    assert [host.reason for host in hosts.closed()] == ["budget"]


def test_without_a_budget_the_catalog_is_not_asked() -> None:
    catalog = Asked()
    Hosts(CONFIG, Clock().day, catalog).of(URL)
    assert catalog.since == []
