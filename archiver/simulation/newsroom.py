"""What a newsroom publishes over the days: stories, what becomes of them, and when; settled by a seed beforehand.

It is busy at noon and asleep at night, and half as busy on weekends. About one story in four is changed later: an error
put right, news added, another headline. Some are withdrawn: the server says 410 or 404, or shows an excuse with
status 200. Some stand under a second address too, under one that redirects, or where robots.txt lets nobody in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Literal

from archiver.simulation.chance import chance
from archiver.simulation.prose import phrase, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from archiver.simulation.desk import Desk
    from archiver.simulation.prose import Draft

WIB = timezone(timedelta(hours=7))

Change = Literal["published", "ralat", "diperbarui", "judul"]
Address = Literal["own", "tracked", "twin", "moved", "closed"]
"""Under which address a source names a story: its own, with a tracking parameter, a twin, one that redirects to it."""

_BUSY = (1, 1, 0, 0, 1, 3, 6, 8, 9, 10, 10, 10, 11, 10, 10, 9, 9, 9, 8, 8, 7, 5, 3, 2)
"""Shares of a day's stories, hour by hour."""


@dataclass(frozen=True, slots=True)
class Version:
    """A story as it stands from `moment` on, and what was done to it."""

    moment: datetime
    change: Change
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A story with all that happens to it.

    `farewell` is the status under which it is gone from `withdrawn` on. Until `walled` its readers must first consent
    to something. `url` is its own address, `address` the one that the sources name, of the kind `named`.
    """

    outlet: str
    number: int
    versions: tuple[Version, ...]
    reporter: str
    editor: str
    topics: tuple[str, ...]
    url: str = ""
    address: str = ""
    named: Address = "own"
    withdrawn: datetime | None = None
    farewell: int = 410
    walled: datetime | None = None

    @property
    def id(self) -> str:
        """Its name in the journal."""
        return f"{self.outlet}-{self.number:05}"

    @property
    def published(self) -> datetime:
        """When it appeared."""
        return self.versions[0].moment

    def version_at(self, moment: datetime) -> int | None:
        """The number of the version that is up; None before the first and after the last."""
        if moment < self.published or (self.withdrawn and moment >= self.withdrawn):
            return None
        return sum(version.moment <= moment for version in self.versions) - 1


def publish(desk: Desk, start: datetime, days: int, *, seed: int, per_day: int) -> tuple[Story, ...]:
    """All stories of an outlet from the day before `start` on, in order of publication."""
    dice = chance(seed, desk.outlet, "stories")
    moments = sorted(moment for day in range(-1, days) for moment in _day(start + timedelta(days=day), per_day, dice))
    titles: set[str] = set()
    return tuple(_story(desk, number, moment, titles, dice) for number, moment in enumerate(moments))


def _day(start: datetime, per_day: int, dice: Random) -> Iterator[datetime]:
    weekend = start.astimezone(WIB).weekday() >= 5
    for _ in range(max(1, round(per_day * (0.5 if weekend else 1.0) * dice.uniform(0.8, 1.2)))):
        local = start.astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0)
        yield local + timedelta(hours=dice.choices(range(24), _BUSY)[0], seconds=dice.randrange(3600))


def _story(desk: Desk, number: int, moment: datetime, titles: set[str], dice: Random) -> Story:
    draft = write(dice)
    while draft.title in titles:
        draft = write(dice)
    titles.add(draft.title)
    versions = (Version(moment, "published", draft.title, draft.paragraphs), *_changes(draft, moment, dice))
    story = Story(desk.outlet, number, versions, draft.reporter, draft.editor, draft.topics)
    fate, named = dice.random(), _named(desk, dice)
    form = {"twin": desk.twin, "moved": desk.moved, "closed": desk.closed}.get(named) or desk.url
    tracked = f"?utm_source=rss&utm_medium=feed&utm_id={number}" if named == "tracked" else ""
    return replace(
        story,
        url=desk.address(desk.closed if named == "closed" else desk.url, story),
        address=desk.address(form, story) + tracked,
        named=named,
        withdrawn=moment + timedelta(hours=dice.uniform(0.2, 1) ** 3 * 150) if fate < 0.05 else None,
        farewell=dice.choice((410, 404, 200)),
        walled=moment + timedelta(hours=dice.uniform(1, 3)) if 0.05 <= fate < 0.08 else None,
    )


def _named(desk: Desk, dice: Random) -> Address:
    fate = dice.random()
    if fate < 0.04:
        return "closed"
    if fate < 0.12 and desk.tracks:
        return "tracked"
    if fate < 0.20 and desk.twin:
        return "twin"
    return "moved" if fate < 0.30 and desk.moved else "own"


def _changes(draft: Draft, moment: datetime, dice: Random) -> Iterator[Version]:
    """Nought to two changes: most within hours, some after days."""
    title, paragraphs = draft.title, draft.paragraphs
    for _ in range(dice.choices((0, 1, 2), (75, 20, 5))[0]):
        moment += timedelta(hours=dice.uniform(0.1, 8) if dice.random() < 0.7 else dice.uniform(12, 120))
        change: Change = dice.choice(("ralat", "diperbarui", "judul" if title == draft.title else "ralat"))
        if change == "judul":
            title = f"{draft.title}, {phrase('tambahan_judul', draft.facts, dice)}"
        else:
            kind = "perkembangan" if change == "diperbarui" else "ralat"
            paragraphs = (*paragraphs, phrase(kind, draft.facts, dice))
        yield Version(moment, change, title, paragraphs)
