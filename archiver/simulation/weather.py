"""What goes wrong on the network, and when: settled by a seed beforehand, as the stories are.

A spell lies over all hosts of an outlet for a while. Short ones strike the first requests that come in it, as a server
does that is too busy for a moment; an outage strikes them all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Literal

from archiver.simulation.chance import chance
from archiver.simulation.pages import HTML, Answer

if TYPE_CHECKING:
    from collections.abc import Iterable

SpellKind = Literal["throttled", "busy", "failing", "reset", "hang", "outage"]


class Breakdown(Enum):
    """No answer at all: the connection is cut, or nothing comes for as long as the visitor waits."""

    RESET = "reset"
    HANG = "hang"


@dataclass(frozen=True, slots=True)
class Spell:
    """Bad weather over an outlet in [`start`, `end`). It strikes `times` requests, or all (None).

    `retry_after` are seconds.
    """

    outlet: str
    kind: SpellKind
    start: datetime
    end: datetime
    times: int | None = 1
    retry_after: int | None = None

    def answer(self) -> Answer | Breakdown:
        """What a visitor gets."""
        match self.kind:
            case "throttled":
                return self._refusal(429)
            case "busy" | "outage":
                return self._refusal(503)
            case "failing":
                return self._refusal(500)
            case "reset":
                return Breakdown.RESET
            case "hang":
                return Breakdown.HANG

    def _refusal(self, status: int) -> Answer:
        patience = (("Retry-After", str(self.retry_after)),) if self.retry_after is not None else ()
        return Answer(status, (("Content-Type", HTML), *patience), b"<h1>Layanan sedang sibuk</h1>\n")


def forecast(outlet: str, start: datetime, days: int, *, seed: int) -> tuple[Spell, ...]:
    """The spells over an outlet, in order. The first day is fair; days 4, 14, 24 and so on have an outage."""
    dice = chance(seed, outlet, "weather")
    spells = []
    for day in range(1, days):
        for _ in range(dice.choices((0, 1, 2), (40, 45, 15))[0]):
            kind: SpellKind = dice.choices(("throttled", "busy", "failing", "reset", "hang"), (30, 20, 20, 20, 10))[0]
            retry_after = {"throttled": 1, "busy": 1800}.get(kind)
            begin = start + timedelta(days=day, hours=dice.randrange(24))
            spells.append(Spell(outlet, kind, begin, begin + timedelta(hours=1), retry_after=retry_after))
        if day % 10 == 3:
            begin = start + timedelta(days=day, hours=dice.randrange(6, 18))
            spells.append(Spell(outlet, "outage", begin, begin + timedelta(hours=dice.randint(2, 5)), times=None))
    return tuple(sorted(spells, key=lambda spell: spell.start))


class Sky:
    """The spells that are under way, and how often each has struck."""

    def __init__(self, spells: Iterable[Spell]) -> None:
        self._spells = tuple(spells)
        self._struck: Counter[Spell] = Counter()

    def strike(self, outlet: str, moment: datetime) -> Spell | None:
        """The spell that a request to the outlet runs into now, if there is one."""
        for spell in self._spells:
            if spell.outlet != outlet or not spell.start <= moment < spell.end:
                continue
            if spell.times is None or self._struck[spell] < spell.times:
                self._struck[spell] += 1
                return spell
        return None
