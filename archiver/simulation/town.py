"""All outlets of the simulated network under one clock: who answers a request, in what weather; and its journal."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archiver.simulation.edition import View
from archiver.simulation.journal import Journal, Visit
from archiver.simulation.server import MISSING
from archiver.simulation.weather import Breakdown, Sky

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archiver.simulation.edition import Edition
    from archiver.simulation.pages import Answer
    from archiver.simulation.weather import Spell


class Clock:
    """A clock that stands where it was set and goes on from there at its usual pace."""

    def __init__(self, moment: datetime) -> None:
        self.set(moment)

    def set(self, moment: datetime) -> None:
        """Put it to a moment (aware)."""
        self._moment, self._since = moment, time.monotonic()

    def __call__(self) -> datetime:
        """What it shows."""
        return self._moment + timedelta(seconds=time.monotonic() - self._since)


class Town:
    """The outlets and their readers. `run` is the number of the crawl's run that is under way."""

    def __init__(self, editions: Iterable[Edition], spells: Iterable[Spell], clock: Clock) -> None:
        self.editions = {edition.desk.outlet: edition for edition in editions}
        self.clock = clock
        self.journal = Journal()
        self.run = 0
        self._sky = Sky(spells)
        self._opened = time.monotonic()
        self._owners = {host: edition for edition in self.editions.values() for host in edition.hosts}

    @property
    def hosts(self) -> frozenset[str]:
        """All hosts there are."""
        return frozenset(self._owners)

    def respond(self, url: str, agent: str) -> Answer | Breakdown:
        """What a visitor gets at an address now; it is noted in the journal."""
        moment = self.clock()
        edition = self._owners.get(urlsplit(url).hostname or "")
        view = self._view(edition, url, moment) if edition else View("unknown", MISSING)
        self.journal.add(
            Visit(
                time=moment.astimezone(UTC).isoformat(timespec="milliseconds"),
                tick=time.monotonic() - self._opened,
                run=self.run,
                outlet=edition.desk.outlet if edition else None,
                url=url,
                agent=agent,
                sight=view.sight,
                status=None if isinstance(view.answer, Breakdown) else view.answer.status,
                story=view.story.id if view.story else None,
                version=view.version,
                retry_after=view.retry_after,
            )
        )
        return view.answer

    def _view(self, edition: Edition, url: str, moment: datetime) -> View:
        spell = self._sky.strike(edition.desk.outlet, moment)
        if spell is None:
            return edition.look(url, moment)
        return View(spell.kind, spell.answer(), retry_after=spell.retry_after)
