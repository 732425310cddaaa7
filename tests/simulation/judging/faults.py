"""Faults to plant into a simulation: each makes the crawl look as if it had done one thing wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from archiver.simulation.journal import Visit
from archiver.simulation.month import Lived
from archiver.simulation.newsroom import Story, Version
from archiver.simulation.plan import START
from archiver.simulation.shift import Report
from archiver.simulation.weather import Spell

Fault = Callable[[Lived], Lived]

_DAY = START + timedelta(days=1)


def with_stories(lived: Lived, change: Callable[[Story], Story]) -> Lived:
    return replace(lived, stories=tuple(map(change, lived.stories)))


def with_visits(lived: Lived, change: Callable[[Visit], Visit]) -> Lived:
    return replace(lived, visits=tuple(map(change, lived.visits)))


def with_reports(lived: Lived, **changes: Any) -> Lived:
    runs = [replace(run, report=msgspec.structs.replace(run.report, **changes)) for run in lived.runs]
    return replace(lived, runs=tuple(runs))


def visited_twice(lived: Lived) -> str:
    """A story that was visited and visited again."""
    visits = [visit.story for visit in lived.visits if visit.sight == "story"]
    return next(story for story in visits if story and visits.count(story) > 1)


def a_story_nobody_saved(lived: Lived) -> Lived:
    lost = replace(
        lived.stories[0],
        number=9999,
        url="https://www.tempo.co/hukum/hilang-999999",
        versions=lived.stories[0].versions,
    )
    return replace(
        lived, stories=(*lived.stories, replace(lost, address=lost.url, named="own", walled=None, withdrawn=None))
    )


def a_version_the_archive_lacks(lived: Lived) -> Lived:
    story = visited_twice(lived)
    last = max(i for i, visit in enumerate(lived.visits) if visit.story == story)
    visits = list(lived.visits)
    visits[last] = msgspec.structs.replace(visits[last], version=7)
    return replace(lived, visits=tuple(visits))


def another_text(lived: Lived) -> Lived:
    def change(story: Story) -> Story:
        first = replace(story.versions[0], paragraphs=("Tulisan lain.",))
        return replace(story, versions=(first, *story.versions[1:]))

    return with_stories(lived, change)


def a_correction_nobody_saw(lived: Lived) -> Lived:
    def change(story: Story) -> Story:
        told = Version(story.published + timedelta(minutes=1), "ralat", "Judul lain", ("Tulisan lain.",))
        return (
            replace(story, versions=(story.versions[0], replace(told, moment=_DAY)))
            if story.published < _DAY
            else story
        )

    return with_stories(lived, change)


def a_withdrawal_nobody_noted(lived: Lived) -> Lived:
    return with_stories(lived, lambda story: replace(story, withdrawn=story.published + timedelta(hours=6)))


def no_second_visits(lived: Lived) -> Lived:
    seen: set[str | None] = set()
    visits = []
    for visit in lived.visits:
        if visit.story is None or visit.story not in seen:
            visits.append(visit)
        seen.add(visit.story)
    return replace(lived, visits=tuple(visits))


def every_request_twice(lived: Lived) -> Lived:
    return replace(lived, visits=tuple(each for visit in lived.visits for each in (visit, visit)))


def stories_that_were_closed(lived: Lived) -> Lived:
    return with_stories(lived, lambda story: replace(story, named="closed"))


def a_stricter_robots_txt(lived: Lived) -> Lived:
    return replace(lived, robots=dict.fromkeys(lived.robots, "User-agent: *\nDisallow: /\nCrawl-delay: 30\n"))


def no_robots_txt_read(lived: Lived) -> Lived:
    return replace(lived, visits=tuple(visit for visit in lived.visits if visit.sight != "robots"))


def no_pauses(lived: Lived) -> Lived:
    return with_visits(lived, lambda visit: msgspec.structs.replace(visit, tick=0.0))


def a_refusal_before_each_request(lived: Lived) -> Lived:
    return with_visits(lived, lambda visit: msgspec.structs.replace(visit, retry_after=9 * 3600))


def no_name(lived: Lived) -> Lived:
    return with_visits(lived, lambda visit: msgspec.structs.replace(visit, agent="Mozilla/5.0"))


def another_sight(lived: Lived) -> Lived:
    return with_visits(
        lived, lambda visit: msgspec.structs.replace(visit, sight="gone" if visit.sight == "story" else visit.sight)
    )


def an_outage_nobody_told(lived: Lived) -> Lived:
    return replace(lived, spells=(Spell("tempo", "outage", _DAY, _DAY + timedelta(hours=6), None),))


def all_crashed(lived: Lived) -> Lived:
    return with_reports(lived, run=None, exit_code=1)


def all_partial(lived: Lived) -> Lived:
    return with_reports(lived, exit_code=2)


def all_alarmed(lived: Lived) -> Lived:
    return with_reports(lived, exit_code=3)


def a_redesign_nobody_saw(lived: Lived) -> Lived:
    return replace(lived, plan=replace(lived.plan, redesign=1))


def a_recovery_nobody_told(lived: Lived) -> Lived:
    return replace(lived, plan=replace(lived.plan, redesign=1, days=6))


def an_alarm_without_a_report(lived: Lived) -> Lived:
    return a_redesign_nobody_saw(all_alarmed(lived))


def moved(lived: Lived, folder: Path) -> Lived:
    """The same over a copy of its archive."""
    shutil.copytree(lived.plan.archive, folder)
    return replace(lived, plan=replace(lived.plan, archive=folder))


def lose_a_line(archive: Path) -> None:
    ledger = max(archive.glob("runs/*/ledger.jsonl"), key=lambda path: path.stat().st_size)
    ledger.write_bytes(b"".join(ledger.read_bytes().splitlines(keepends=True)[1:]))


def flip_a_byte(archive: Path) -> None:
    file = max(archive.glob("warc/*.warc.gz"), key=lambda path: path.stat().st_size)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(bytes(content))


def later(visit: Visit, seconds: float) -> Visit:
    """The same visit at another time."""
    moment = datetime.fromisoformat(visit.time) + timedelta(seconds=seconds)
    return msgspec.structs.replace(visit, time=moment.astimezone(UTC).isoformat(timespec="milliseconds"))


NO_REPORT = Report(None, 1)
