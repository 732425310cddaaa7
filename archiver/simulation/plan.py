"""What is to be simulated: whose network, for how long, how often it is crawled, and on which day it is redesigned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from archiver.simulation.newsroom import WIB

if TYPE_CHECKING:
    from collections.abc import Iterator

START: Final = datetime(2026, 3, 2, tzinfo=WIB)
"""A Monday."""

DELAY: Final = 0.02
"""Seconds between two requests to a host, in real time."""

NOON_DELAY: Final = 0.3
"""The same in the runs that begin between 12 and 13 o'clock: by these it is judged whether the delay is kept."""

TIMEOUT: Final = 5.0
RETRIES: Final = 1
CONTACT: Final = "simulasi@example.org"
MENDED_AFTER: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to simulate. `redesign` is the day on which the first outlet changes its pages; None for none."""

    outlets: tuple[str, ...]
    archive: Path
    days: int = 30
    every: timedelta = timedelta(hours=1)
    seed: int = 1
    per_day: int = 12
    redesign: int | None = 12
    weather: bool = True

    @property
    def asleep(self) -> tuple[datetime, datetime] | None:
        """When the machine was switched off, so that runs were missed: four hours in the night of the eighth day."""
        begin = START + timedelta(days=7, hours=1)
        return (begin, begin + timedelta(hours=4)) if self.days > 7 else None

    @property
    def end(self) -> datetime:
        """When the last run is over."""
        return START + timedelta(days=self.days)

    @property
    def redesigned(self) -> datetime | None:
        """When the pages change: at ten in the morning of the day."""
        if self.redesign is None:
            return None
        moment = START + timedelta(days=self.redesign - 1, hours=10)
        return moment if moment < self.end else None

    @property
    def mended(self) -> datetime | None:
        """When the operator has added the layout."""
        return self.redesigned + MENDED_AFTER if self.redesigned else None

    def is_noon(self, moment: datetime) -> bool:
        """Whether a run that begins then is one with the long delay."""
        return moment.astimezone(WIB).hour == 12

    def runs(self) -> Iterator[datetime]:
        """When the crawl is started."""
        moment = START
        while moment < self.end:
            if self.asleep is None or not self.asleep[0] <= moment < self.asleep[1]:
                yield moment
            moment += self.every
