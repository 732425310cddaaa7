"""Capturing single addresses without an outlet's sources: whatever they are, wherever they lie.

An address is captured because it was asked for: whether the archive has it, and whether an article is there, does not
matter. The layouts of the outlet that owns its host are tried, then the fallback. Redirects are followed to any host.
Everything else (guard, robots.txt, delay, recorder, ledger) is as in a crawl.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import msgspec

from archiver.config import check_contact
from archiver.crawling.frontier import Frontier, normal
from archiver.crawling.loader import UNKNOWN
from archiver.crawling.run import Job, end_run, run_jobs
from archiver.crawling.session import open_session
from archiver.crawling.setup import Setup
from archiver.crawling.spider import OutletSpider

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from archiver.config import Config
    from archiver.crawling.run import Listener, RunResult
    from archiver.crawling.session import Session
    from archiver.outlet import Outlet
    from archiver.outlets import Outlets


def capture(
    urls: Iterable[str],
    config: Config,
    outlets: Outlets,
    *,
    allow_private: bool = False,
    as_of: str | None = None,
    listener: Listener | None = None,
) -> RunResult:
    """Capture these addresses into `config.archive`, each once; their outlets are locked as in a crawl.

    Parameters and errors are those of `archiver.crawling.run.crawl`. The limit of articles does not count here.
    """
    check_contact(config, allow_private=allow_private)
    wanted = list(dict.fromkeys(urls))
    owners = (outlets.for_url(url) for url in wanted)
    names = dict.fromkeys(owner.name if owner else UNKNOWN for owner in owners)
    setup = Setup(
        msgspec.structs.replace(config, limit=None), "capture", tuple(sorted(names)), as_of=as_of, listener=listener
    )
    with open_session(setup) as session:
        job = Job(capture_spider(outlets), wanted)
        run_jobs(session, [job], {"KLIPING_ALLOW_PRIVATE": allow_private, "KLIPING_AS_OF": as_of})
        return end_run(session)


class AskedFrontier(Frontier):
    """Lets every address pass that can be asked for, once, also those that redirects lead to."""

    def __init__(self, session: Session, outlets: Outlets) -> None:
        super().__init__(session, None)
        self._outlets = outlets

    def admit(self, url: str, discovered_from: str | None) -> str | None:
        """Note the address in the ledger under its outlet's name; returns its normal form, None if it is there."""
        sent = normal(url)
        if sent is None:
            return super().admit(url, discovered_from)  # which knows what to say of it
        outlet = self._outlets.for_url(sent)
        if not self._session.ledger.discover(sent, discovered_from, outlet=outlet.name if outlet else None):
            return None
        if reason := self._session.taken_down.why(sent):
            self._session.settle(sent, "not_wanted", reason)
            return None
        return sent


class CaptureSpider(OutletSpider):
    """Fetches the addresses that it was given, of all outlets and of none."""

    outlets: ClassVar[Outlets]

    def outlet_of(self, url: str) -> Outlet | None:
        """The outlet that owns the page's host."""
        return self.outlets.for_url(url)

    def _new_frontier(self) -> Frontier:
        return AskedFrontier(self.session, self.outlets)

    async def start(self) -> AsyncIterator[Any]:
        """All addresses: they are in the ledger before the first is asked for, so that a stop leaves none out."""
        admitted = [self._frontier.admit(url, None) for url in self._urls]
        for url in filter(None, admitted):
            yield self._request(url)


def capture_spider(outlets: Outlets) -> type[CaptureSpider]:
    """The class of the spider that knows these outlets."""
    return type("CaptureSpider", (CaptureSpider,), {"name": "capture", "outlets": outlets})
