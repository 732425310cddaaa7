"""Hands a crawl what waits, the newest first and a few at a time, until nothing is left or its bounds are reached.

Scrapy is given no more than it can have in flight, so memory is the same for twenty addresses and for a million, and
an address that comes in late and is newer than the others goes before them.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from archiver.catalog.content import Named
from archiver.crawling.pending import seconds

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from datetime import date

    from scrapy import Request

    from archiver.crawling.frontier import Frontier
    from archiver.crawling.ledger import Line
    from archiver.crawling.pending import Pending, Waiting
    from archiver.crawling.session import Session
    from archiver.crawling.sources import SourceReader
    from archiver.outlet import Outlet

HOSTS_AT_ONCE: Final = 4
"""So many hosts' worth of requests are handed on together: outlets have a host for each of their channels."""

_LOOK: Final = 1.0
"""Seconds between two looks at the clock, while nothing else happens."""


class Feeder:
    """What waits for one outlet in one run. `at_once` is how many requests a host gets at a time."""

    def __init__(
        self,
        session: Session,
        outlet: Outlet,
        pending: Pending,
        frontier: Frontier,
        sources: SourceReader,
        at_once: int,
    ) -> None:
        self._session = session
        self._outlet = outlet
        self._pending = pending
        self._frontier = frontier
        self._sources = sources
        self._room = at_once * HOSTS_AT_ONCE
        self._left = session.setup.config.limit
        self._range = _moments(outlet, session.setup.days)
        self._in_flight: set[str] = set()
        self._changed = asyncio.Event()
        session.on_settled(self._settled)
        sources.changed = self._changed.set
        with session.guarded():
            pending.begin(outlet.name)

    async def requests(self, article: Callable[[str, Named | None], Request]) -> AsyncIterator[Request]:
        """The sources, then `article` of what waits; sources of certain days when nothing else does."""
        for request in self._sources.requests():
            yield request
        await self._until(lambda: not self._sources.open)
        if self._session.setup.days is None:
            self._frontier.look_back()
        while (bound := self.bound()) is None:
            if (waiting := self._next()) is not None:
                named = Named(waiting.via, waiting.title, waiting.published) if waiting.via else None
                yield article(waiting.url, named)
                await self._until(lambda: len(self._in_flight) < self._room)
            elif (further := self._sources.next_dated()) is not None:
                yield further
                await self._until(lambda: not self._sources.open)
            else:
                return
        self._session.leaving[self._outlet.name] = bound

    def bound(self) -> str | None:
        """Why no further article is fetched in this run; None while one may be."""
        if self._left == 0:
            return "the limit of articles was reached"
        if self._session.time_is_up:
            return "the time of the run was up"
        return None

    def _next(self) -> Waiting | None:
        """The next address that is to be fetched; those before it, if there are any, have got their outcome."""
        while True:
            with self._session.guarded():
                waiting = self._pending.take(self._outlet.name, *self._range)
            if waiting is None:
                return None
            closed = self._session.hosts.closed_to(waiting.url)
            if closed is not None:
                self._session.settle(waiting.url, closed.outcome, closed.evidence)
            elif not self._frontier.settled_meanwhile(waiting):
                self._in_flight.add(waiting.url)
                if self._left is not None:
                    self._left -= 1
                return waiting

    def _settled(self, line: Line) -> None:
        self._in_flight.discard(line.url)
        self._changed.set()

    async def _until(self, condition: Callable[[], bool]) -> None:
        while not condition() and not self._session.time_is_up:
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), _LOOK)
            except TimeoutError:
                continue


def _moments(outlet: Outlet, days: tuple[date, date] | None) -> tuple[int | None, int | None]:
    """From the beginning of the first day to the end of the last, in the outlet's zone."""
    if days is None:
        return None, None
    first, last = (datetime.combine(day, time(), outlet.zone) for day in days)
    return seconds(first), seconds(last + timedelta(days=1))
