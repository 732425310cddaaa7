"""What an outlet's sources name, without fetching any of it: for a look before a crawl.

Sources are read by the crawl's own code, so robots.txt, delay, pagers and traps are as there. What is captured goes
into an archive that is thrown away; the real one is only asked which of the addresses it has.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

import msgspec

from archiver.archive import Archive
from archiver.catalog import Catalog
from archiver.config import check_contact
from archiver.crawling.frontier import Frontier, Offered, normal
from archiver.crawling.run import Job, run_jobs
from archiver.crawling.session import open_session
from archiver.crawling.setup import Setup
from archiver.crawling.spider import OutletSpider
from archiver.discovery.addresses import main_address, untracked
from archiver.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import date

    from archiver.config import Config
    from archiver.crawling.account import SourceVisit
    from archiver.discovery import Candidate
    from archiver.outlet import Outlet

State: TypeAlias = Literal["new", "due", "known", "not_wanted", "twin"]
"""What a crawl would do with an address: fetch it, fetch it again, or leave it; a twin is another one's article."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An address that a source names, what the source says of it, and what a crawl would do with it.

    `note` says why it is not wanted, when it is due next, or which address stands for it.
    """

    url: str
    outlet: str
    published: str | None
    title: str | None
    source: str
    state: State
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """What the sources named, in the order in which they were read; each address once. `visits` tell of the sources."""

    candidates: tuple[Listed, ...]
    visits: tuple[SourceVisit, ...]


def list_candidates(
    outlet: Outlet,
    config: Config,
    *,
    allow_private: bool = False,
    as_of: str | None = None,
    days: tuple[date, date] | None = None,
) -> Overview:
    """Read the outlet's sources and list what they name; the archive that `config` names need not be there.

    Parameters and errors are those of `archiver.crawling.run.crawl`; one call a process, as Twisted has it.
    """
    check_contact(config, allow_private=allow_private)
    if not outlet.sources and not (days and outlet.back_catalogue):
        raise UsageError(f"{outlet.name} declares no sources to look into")
    found: list[Listed] = []
    with ExitStack() as stack:
        catalog = Archive(config.archive).catalog
        archived = stack.enter_context(Catalog(catalog, read_only=True)) if catalog.exists() else None
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kliping-")))
        ours = msgspec.structs.replace(config, archive=scratch / "archive", limit=None)
        setup = Setup(ours, "crawl", (outlet.name,), as_of=as_of, days=days)
        session = stack.enter_context(open_session(setup))
        members = {"name": outlet.name, "outlet": outlet, "found": found, "archived": archived}
        spider: type[OutletSpider] = type("SourcesSpider", (SourcesSpider,), members)
        settings = {"KLIPING_ALLOW_PRIVATE": allow_private, "KLIPING_AS_OF": as_of}
        run_jobs(session, [Job(spider)], settings)
        account = session.close()
        if session.failure is not None:
            raise session.failure
    return Overview(tuple(found), account.sources)


class SourcesSpider(OutletSpider):
    """Reads the sources of its outlet and nothing else."""

    found: ClassVar[list[Listed]]
    archived: ClassVar[Catalog | None]

    def _new_frontier(self) -> Frontier:
        return _Collector(self)

    async def start(self) -> AsyncIterator[Any]:
        """The sources, then those of certain days one after the other."""
        for request in self._sources.requests() if self._sources else ():
            yield request
        while self._sources and (further := self._sources.next_dated()) is not None:
            yield further


class _Collector(Frontier):
    """Notes what is offered, and lets nothing wait."""

    def __init__(self, spider: SourcesSpider) -> None:
        super().__init__(spider.session, spider.outlet)
        self._found = spider.found
        self._archived = spider.archived

    def offer(self, candidate: Candidate, day: date | None = None) -> Offered:
        """Say what a crawl would do with the address; its pagers go on as they would there."""
        session, outlet = self._session, self._outlet
        sent = normal(candidate.url)
        url = untracked(sent) if sent else candidate.url
        if outlet is None or not session.ledger.discover(url.encode("ascii", "backslashreplace").decode()):
            return "seen"
        state, note = self._state(url, sent, candidate, day, outlet)
        session.ledger.settle(url, "deferred")
        self._found.append(
            Listed(url, outlet.name, candidate.published, candidate.title, candidate.source_url, state, note)
        )
        offered: dict[State, Offered] = {"not_wanted": "refused", "twin": "seen", "new": "new", "due": "due"}
        return offered.get(state, "known")

    def _state(
        self, url: str, sent: str | None, candidate: Candidate, day: date | None, outlet: Outlet
    ) -> tuple[State, str | None]:
        if reason := self._refusal(url, sent) or self._out_of_range(candidate, day):
            return "not_wanted", reason
        main = main_address(url, outlet)
        if main != url and (holder := self._session.ledger.holder(main)):
            return "twin", f"of {holder}"
        visit = self._archived.visit(url, *{main} - {url}) if self._archived else None
        if visit is None:
            return "new", None
        due = self._schedule.due(visit)
        when = f"due {due:%Y-%m-%d %H:%M}Z" if due else "not to be visited again"
        return ("due" if self._is_due(visit) else "known"), when
