"""What a crawl is handed: in which order, how much at a time, and when no more."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from scrapy import Request

from archiver.catalog.content import Named
from archiver.config import Config
from archiver.crawling.failures import Problem
from archiver.crawling.feeding import HOSTS_AT_ONCE, Feeder
from archiver.crawling.frontier import Frontier
from archiver.crawling.pending import Waiting
from archiver.crawling.session import Session, open_session
from archiver.crawling.setup import Setup
from archiver.crawling.sources import SourceReader
from tests.crawling.support import SITE, outlet


@dataclass
class NoSources:
    """Sources that were all read before; `dated` are those of certain days."""

    dated: list[Request] = field(default_factory=list)
    open: int = 0
    changed: Any = None

    def requests(self) -> Iterator[Request]:
        return iter(())

    def next_dated(self) -> Request | None:
        return self.dated.pop(0) if self.dated else None


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with open_session(Setup(Config(archive=tmp_path / "archive"), "crawl", ("uji",))) as opened:
        yield opened


def feeder(session: Session, sources: NoSources | None = None, at_once: int = 8) -> Feeder:
    assert session.pending is not None
    reader = cast("SourceReader", sources or NoSources())
    return Feeder(session, outlet(), session.pending, Frontier(session, outlet()), reader, at_once)


def wait_for(session: Session, *moments: int) -> None:
    """Addresses /read/MOMENT that an earlier run has left."""
    assert session.pending is not None
    session.pending.add([Waiting("uji", f"{SITE}/read/{moment}", moment) for moment in moments])


def request_for(url: str, named: Named | None) -> Request:
    return Request(url, meta={"named": named})


def paths(session: Session, feeder: Feeder, *, settle: bool = True) -> list[str]:
    """What is handed out; each address is settled before the next one is asked for."""

    async def all_of_them() -> list[str]:
        found = []
        async for request in feeder.requests(request_for):
            found.append(request.url.removeprefix(SITE))
            if settle:
                session.settle(request.url, "gone")
        return found

    return asyncio.run(asyncio.wait_for(all_of_them(), 10))


def test_the_newest_goes_first_also_one_that_comes_in_later(session: Session) -> None:
    wait_for(session, 1, 3)
    found: list[str] = []

    async def run() -> None:
        async for request in feeder(session).requests(request_for):
            found.append(request.url.removeprefix(SITE))
            session.settle(request.url, "gone")
            if len(found) == 1:
                wait_for(session, 2)

    asyncio.run(run())
    assert found == ["/read/3", "/read/2", "/read/1"]
    assert session.pending is not None
    assert session.pending.count() == 0


def test_no_more_than_can_be_in_flight_is_handed_out(session: Session) -> None:
    wait_for(session, *range(50))

    async def run() -> int:
        handed = 0
        with suppress(TimeoutError):
            async with asyncio.timeout(0.3):
                async for _ in feeder(session, at_once=2).requests(request_for):
                    handed += 1
        return handed

    assert asyncio.run(run()) == 2 * HOSTS_AT_ONCE
    assert session.ledger.pending == 2 * HOSTS_AT_ONCE  # the others are in no ledger, and in no list


def test_the_limit_leaves_the_rest_for_the_next_run(tmp_path: Path) -> None:
    with open_session(Setup(Config(archive=tmp_path / "archive", limit=2), "crawl", ("uji",))) as session:
        wait_for(session, 1, 2, 3)
        assert paths(session, feeder(session)) == ["/read/3", "/read/2"]
        assert session.leaving == {"uji": "the limit of articles was reached"}
        account = session.close()
    assert (account.counts, account.pending, account.reason) == ({"gone": 2}, 1, "finished")


def test_when_the_time_is_up_nothing_is_handed_out(tmp_path: Path) -> None:
    config = msgspec.structs.replace(Config(archive=tmp_path / "archive"), max_time=1e-6)
    with open_session(Setup(config, "crawl", ("uji",))) as session:
        wait_for(session, 1)
        assert paths(session, feeder(session)) == []
        assert session.close().pending == 1


def test_a_host_that_is_closed_is_passed_over(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    wait_for(session, 1, 2)
    monkeypatch.setattr(session.hosts, "closed_to", lambda url: Problem("deferred", "closed") if "2" in url else None)
    assert paths(session, feeder(session)) == ["/read/1"]
    assert session.close().pending == 1


def test_sources_of_certain_days_are_read_when_nothing_else_waits(session: Session) -> None:
    wait_for(session, 1)
    days = NoSources([Request(f"{SITE}/indeks/2"), Request(f"{SITE}/indeks/1")])
    assert paths(session, feeder(session, days)) == ["/read/1", "/indeks/2", "/indeks/1"]


def test_an_address_that_is_left_without_a_reason_is_a_fault(session: Session) -> None:
    wait_for(session, 1)
    assert paths(session, feeder(session), settle=False) == ["/read/1"]
    account = session.close()
    assert account.counts == {"error": 1}
    assert account.exit_code == 1
