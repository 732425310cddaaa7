"""What the tests of the newsrooms share: two days of an outlet, and its edition."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from archiver.outlets import load_outlets
from archiver.simulation.desk import load_desk
from archiver.simulation.edition import Edition
from archiver.simulation.newsroom import WIB, Story, Version, publish

START = datetime(2026, 3, 2, tzinfo=WIB)
NOON = START + timedelta(days=2, hours=12)


@cache
def stories(outlet: str) -> tuple[Story, ...]:
    return publish(load_desk(outlet), START, 4, seed=7, per_day=12)


def edition(outlet: str, redesigned: datetime | None = None, changed: tuple[Story, ...] | None = None) -> Edition:
    return Edition(load_desk(outlet), load_outlets().get(outlet), changed or stories(outlet), redesigned)


def one_story(outlet: str, **changes: object) -> Story:
    """A story of the outlet that was published two hours before NOON, corrected one hour before."""
    desk = load_desk(outlet)
    story = next(story for story in stories(outlet) if story.named == "own")
    first = replace(story.versions[0], moment=NOON - timedelta(hours=2))
    second = Version(NOON - timedelta(hours=1), "ralat", first.title, (*first.paragraphs, "Ralat: angkanya keliru."))
    story = replace(story, versions=(first, second), withdrawn=None, walled=None)
    url = desk.address(desk.url, story)
    return replace(replace(story, url=url, address=url), **changes)  # type: ignore[arg-type]  # fields by name
