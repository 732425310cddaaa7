"""robots.txt: what it forbids, what follows when it cannot be read, and its Crawl-delay."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, NotConfigured
from scrapy.http import Response
from scrapy.settings import Settings

from archiver.catalog.content import Decision, Permission
from archiver.crawling.failures import Problem, Refused
from archiver.crawling.robots import RobotsMiddleware
from warc.errors import NotArchivedError
from warc.record import RecordRef

PAGE = Request("https://uji.example/read/1")
RULES = b"User-agent: *\nDisallow: /read/\n\nUser-agent: Kliping\nDisallow: /read/1\nCrawl-delay: 7\n"


class Engine:
    """Answers every robots.txt alike, and counts the requests for it."""

    def __init__(self, answer: Response | Exception) -> None:
        self.answer = answer
        self.asked: list[str] = []
        self.slot = Slot(concurrency=1, delay=2.0, jitter=0.5)
        self.downloader = SimpleNamespace(slots={"uji.example": self.slot}, per_slot_settings={})

    async def download_async(self, request: Request) -> Response:
        self.asked.append(request.url)
        await asyncio.sleep(0)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def middleware(engine: Engine, **settings: Any) -> RobotsMiddleware:
    values = {"ROBOTSTXT_OBEY": True, "ROBOTSTXT_USER_AGENT": "Kliping", "DOWNLOAD_DELAY": 2.0, **settings}
    return RobotsMiddleware.from_crawler(cast("Crawler", SimpleNamespace(settings=Settings(values), engine=engine)))


def answer(status: int, body: bytes = b"") -> Response:
    return Response("https://uji.example/robots.txt", status=status, body=body)


def ask(robots: RobotsMiddleware, *requests: Request) -> list[BaseException | None]:
    async def all_of_them() -> list[BaseException | None]:
        return await asyncio.gather(*map(robots.process_request, requests), return_exceptions=True)

    return asyncio.run(all_of_them())


def test_our_own_group_decides_and_is_fetched_once() -> None:
    engine = Engine(answer(200, RULES))
    forbidden, allowed = ask(middleware(engine), PAGE, Request("https://uji.example/read/2"))
    assert isinstance(forbidden, Refused)
    assert forbidden.problem.outcome == "blocked_by_robots"
    assert allowed is None
    assert engine.asked == ["https://uji.example/robots.txt"]


def waits(slot: Slot) -> tuple[float, float]:
    """The shortest and the longest of many waits, in seconds."""
    drawn = [slot.download_delay() for _ in range(500)]
    return min(drawn), max(drawn)


def test_no_wait_is_shorter_than_the_crawl_delay() -> None:
    engine = Engine(answer(200, RULES))
    page = Request("https://uji.example/read/2")
    ask(middleware(engine), page)
    shortest, longest = waits(engine.slot)
    assert 7 <= shortest < longest < 9
    assert page.meta["autothrottle_dont_adjust_delay"] is True
    assert Slot(1, **engine.downloader.per_slot_settings["uji.example"]).delay == engine.slot.delay


def test_a_crawl_delay_beyond_all_bounds_is_a_slip_of_the_pen() -> None:
    slip = Engine(answer(200, b"User-agent: *\nCrawl-delay: 86400\n"))
    ask(middleware(slip), PAGE)
    shortest, longest = waits(slip.slot)
    assert 60 <= shortest < longest < 75


def test_our_own_delay_stays_where_it_is_longer() -> None:
    short = Engine(answer(200, b"User-agent: *\nCrawl-delay: 1\n"))
    page = Request("https://uji.example/read/2")
    ask(middleware(short), page)
    assert (short.slot.delay, short.slot.jitter) == (2, 0.5)
    assert "autothrottle_dont_adjust_delay" not in page.meta
    like_ours = Engine(answer(200, b"User-agent: *\nCrawl-delay: 2\n"))
    ask(middleware(like_ours), PAGE)
    assert waits(like_ours.slot)[0] >= 2


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00 nonsense \x00", b"<html>no rules</html>", b"x" * 600_000])
def test_what_cannot_be_understood_forbids_nothing(body: bytes) -> None:
    assert ask(middleware(Engine(answer(200, body))), PAGE) == [None]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_without_a_robots_txt_everything_is_allowed(status: int) -> None:
    assert ask(middleware(Engine(answer(status, RULES))), PAGE) == [None]


@pytest.mark.parametrize(("status", "outcome"), [(500, "server_error"), (503, "server_error"), (429, "forbidden")])
def test_an_answer_that_tells_nothing_of_the_rules_closes_the_host(status: int, outcome: str) -> None:
    (refused,) = ask(middleware(Engine(answer(status))), PAGE)
    assert isinstance(refused, Refused)
    assert refused.problem.outcome == outcome
    assert "so the host is closed" in refused.problem.evidence


def test_it_is_asked_for_again_after_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine(answer(200, RULES))
    robots = middleware(engine)
    for seconds, asked in ((0.0, 1), (86_400.0, 1), (86_401.0, 2)):
        monkeypatch.setattr("archiver.crawling.robots.time.monotonic", lambda now=seconds: now)
        ask(robots, Request("https://uji.example/read/2"))
        assert len(engine.asked) == asked


def test_what_defers_the_robots_txt_defers_its_host_and_is_not_remembered() -> None:
    engine = Engine(Refused(Problem("deferred", "the budget is spent")))
    robots = middleware(engine)
    (refused,) = ask(robots, PAGE)
    assert isinstance(refused, Refused)
    assert refused.problem == Problem("deferred", "the budget is spent")
    engine.answer = answer(200, b"")
    assert ask(robots, PAGE) == [None]


def test_a_host_that_does_not_answer_is_told_as_such() -> None:
    (refused,) = ask(middleware(Engine(CannotResolveHostError("no such host"))), PAGE)
    assert isinstance(refused, Refused)
    assert refused.problem.outcome == "dns"


def test_a_replay_refuses_nothing_that_it_has() -> None:
    robots = middleware(Engine(answer(200, RULES)), KLIPING_REPLAY=["a.warc.gz"])

    async def replay() -> None:
        await robots.process_request(PAGE)
        await robots.process_exception(Request("https://uji.example/read/2"), NotArchivedError("GET", "…"))
        with pytest.raises(Refused, match=r"robots\.txt forbids it"):
            await robots.process_exception(PAGE, NotArchivedError("GET", PAGE.url))

    asyncio.run(replay())


def test_a_replay_without_robots_txt_allows_everything() -> None:
    robots = middleware(Engine(NotArchivedError("GET", "…")), KLIPING_REPLAY=["a.warc.gz"])
    assert ask(robots, PAGE) == [None]


@pytest.mark.parametrize(
    ("status", "body", "record", "decision"),
    [
        (200, RULES, "<urn:uuid:1>", "allowed"),
        (404, b"", "<urn:uuid:1>", "no rules"),
        (404, b"", None, "not asked"),  # a replay of files without a robots.txt
    ],
)
def test_the_decision_is_noted_with_its_evidence(
    status: int, body: bytes, record: str | None, decision: Decision
) -> None:
    found = answer(status, body)
    place = RecordRef("a.warc.gz", 0, 1, record, "2021-01-13T04:00:00Z", "response", found.url) if record else None
    found.request = Request(found.url, meta={"warc_record": place})
    page = Request("https://uji.example/read/2")
    assert ask(middleware(Engine(found)), page) == [None]
    assert page.meta["robots"] == Permission(decision, record)


def test_it_can_be_switched_off() -> None:
    with pytest.raises(NotConfigured):
        middleware(Engine(answer(200)), ROBOTSTXT_OBEY=False)
