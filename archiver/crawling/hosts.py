"""What a run knows of each host that it asks: whose turn it is, until when to wait, and why it is not asked any more.

All spiders of a run share this, so that two outlets on one host are one visitor to it. A host is closed for the rest
of the run when it refuses us, when it asks for longer pauses than `max_wait`, and while its hourly budget is spent.
What was still to be asked of it is `deferred`, with the reason.
"""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archiver.crawling.account import ClosedHost
from archiver.crawling.backoff import pause
from archiver.crawling.budget import HOUR, Budget
from archiver.crawling.failures import Problem
from archiver.crawling.refusals import Refusals
from warc.record import parse_warc_date, warc_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from archiver.article import Outcome
    from archiver.config import Config
    from archiver.crawling.account import Closing

_ANSWERS: frozenset[Outcome] = frozenset(
    {
        *("saved", "updated", "unchanged", "duplicate", "redirected", "gone", "soft_404"),
        *("not_article", "paywall", "consent_wall", "hijacked", "empty"),
    }
)
"""Outcomes of a captured page that show that the host serves us."""


class Host:
    """One host in one run. `turns` lets `at_once` requests go out at a time; after a run that it refused, one.

    `timer` gives seconds on a clock that is never set; `clock` the time of day, aware.
    """

    def __init__(
        self,
        name: str,
        config: Config,
        budget: Budget | None,
        clock: Callable[[], datetime],
        *,
        at_once: int = 1,
        refused_before: bool = False,
        timer: Callable[[], float] = time.monotonic,
        chance: random.Random | None = None,
    ) -> None:
        self.name = name
        self.deferred = 0
        self.closed: ClosedHost | None = None
        self.turns = asyncio.Semaphore(1 if refused_before else at_once)
        self._withheld = at_once - 1 if refused_before else 0
        self._config = config
        self._budget = budget
        self._clock = clock
        self._timer = timer
        self._chance = chance or random.Random()  # noqa: S311 - no secret
        self._refusals = Refusals(1 if refused_before else config.max_refusals)
        self._pauses = 0
        self._waited = 0.0
        self._sender: object = None
        self._over = float("-inf")
        self._paused_at = float("-inf")
        self._until = float("-inf")

    def problem(self) -> Problem | None:
        """Why the host is not asked now; None while it is."""
        if self.closed is not None and self.closed.reason != "budget":
            return Problem("deferred", self.closed.evidence)
        if self._budget is None or not self._budget.spent(self._clock()):
            return None
        evidence = f"the budget of {self._config.requests_per_hour} requests an hour to {self.name} is spent"
        return self._close("budget", evidence)

    @property
    def pause(self) -> float:
        """Seconds until the pause is over that the host has asked for; 0 without one."""
        return max(0.0, self._until - self._timer())

    def wait(self, sender: object, delay: float) -> float:
        """Seconds until this sender may send its next request.

        Each sender keeps the delay between its own requests; what is added here is the delay after another one's.
        """
        if self._sender is sender:
            return self.pause
        return max(self.pause, self._over + delay - self._timer())

    def sent(self) -> float:
        """Count a request that goes out now; returns when that is, for `throttled`."""
        if self._budget is not None:
            self._budget.spend(self._clock())
        return self._timer()

    def over(self, sender: object) -> None:
        """A request of this sender has its answer, or none: the next one has its turn."""
        self._sender, self._over = sender, self._timer()
        self.turns.release()

    def throttled(self, answer: str, asked: float | None, sent: float) -> Problem | None:
        """The host asks for a pause of `asked` seconds, or of a length that it leaves to us; all its requests wait.

        Answers to requests that were `sent` before the last pause began belong to that one. Returns why the host is
        not asked any more, where the pauses since its last good answer are longer than `max_wait` together.
        """
        now, most = self._timer(), self._config.max_wait
        if sent < self._paused_at and (asked is None or now + asked <= self._until):
            return None
        self._pauses += 1
        wait = pause(self._pauses, self._config.delay, self._chance) if asked is None else asked
        if self._waited + wait > most:
            said = f"asks us to wait {wait:.0f} s" if asked is not None else f"asked for a pause {self._pauses} times"
            after = f" after {self._waited:.0f} s" if self._waited else ""
            return self._close("throttled", f"{self.name} {said}{after} ({answer}); max_wait is {most:g} s")
        self._waited += wait
        self._paused_at = now
        self._until = max(self._until, now + wait)
        return None

    def unthrottled(self) -> None:
        """The host answers without asking for a pause."""
        self._pauses = 0
        self._waited = 0.0

    def refused(self, evidence: str) -> Problem | None:
        """The host turned us away; returns why it is not asked any more, None while it is."""
        told = self._refusals.refused(evidence)
        return self._close("refused", f"{self.name} refuses us: {told}") if told else None

    def answered(self) -> None:
        """The host gave a page: what it refused in an earlier run is over."""
        self._refusals.answered()
        self._refusals.allowed = self._config.max_refusals
        for _ in range(self._withheld):
            self.turns.release()
        self._withheld = 0

    def account(self) -> ClosedHost | None:
        """What the run's account says of it, if it was closed."""
        if self.closed is None:
            return None
        closed = self.closed
        return ClosedHost(closed.host, closed.reason, closed.evidence, closed.time, self.deferred)

    def _close(self, reason: Closing, evidence: str) -> Problem:
        if self.closed is None or self.closed.reason == "budget":
            self.closed = ClosedHost(self.name, reason, evidence, self._clock().isoformat(timespec="seconds"))
        return Problem("deferred", self.closed.evidence)


class Hosts:
    """All hosts of a run.

    `earlier` gives address and date of the captures since a WARC-Date; `refused` are the hosts that refused an earlier
    run: they are asked for one address at a time until one is given.
    """

    def __init__(
        self,
        config: Config,
        clock: Callable[[], datetime],
        earlier: Callable[[str], Iterable[tuple[str, str]]],
        refused: Iterable[str] = (),
    ) -> None:
        self._config = config
        self._clock = clock
        self._earlier = earlier
        self._refused = frozenset(refused)
        self._hosts: dict[str, Host] = {}

    def of(self, url: str, at_once: int = 1) -> Host:
        """The host of the address; `at_once` counts when it is asked for the first time."""
        name = _name(url)
        if name not in self._hosts:
            budget = self._budget(name)
            before = name in self._refused
            self._hosts[name] = Host(name, self._config, budget, self._clock, at_once=at_once, refused_before=before)
        return self._hosts[name]

    def closed_to(self, url: str) -> Problem | None:
        """Why an address that has its turn is deferred; None where it may be asked for, as far as anyone knows."""
        host = self._hosts.get(_name(url))
        problem = host.problem() if host else None
        if host is not None and problem is not None:
            host.deferred += 1
        return problem

    def heard(self, url: str, outcome: Outcome, evidence: str | None) -> None:
        """What a page that was fetched has turned out to be: a challenge is a refusal, an answer is none."""
        host = self._hosts.get(_name(url))
        if host is None:
            return
        if outcome == "challenge":
            host.refused(f"a challenge ({evidence}) at {url}")
        elif outcome in _ANSWERS:
            host.answered()

    def closed(self) -> tuple[ClosedHost, ...]:
        """The hosts that the run stopped asking, by name."""
        accounts = (self._hosts[name].account() for name in sorted(self._hosts))
        return tuple(account for account in accounts if account is not None)

    def _budget(self, name: str) -> Budget | None:
        limit = self._config.requests_per_hour
        if limit is None:
            return None
        now = self._clock()
        captures = self._earlier(warc_date(now - HOUR))
        return Budget(limit, [parse_warc_date(date) for url, date in captures if _name(url) == name], now)


def _name(url: str) -> str:
    return urlsplit(url).hostname or ""
