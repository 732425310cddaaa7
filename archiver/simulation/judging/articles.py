"""Checks of what was captured: every story, once a version, with its text; corrections and withdrawals."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Final

from archiver.simulation.judging.check import Check, tally
from archiver.simulation.judging.evidence import ANSWERED, REVISITS, RUN, SKEW, moment_of, shown_versions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.catalog import Entry
    from archiver.simulation.judging.evidence import Evidence
    from archiver.simulation.newsroom import Story

_GONE: Final = frozenset({"gone", "soft_404"})


def check_articles(evidence: Evidence) -> Iterator[Check]:
    """All checks of this module."""
    open_stories = [story for story in evidence.lived.stories if story.named != "closed"]
    kept = [story for story in open_stories if evidence.versions[story.id]]
    yield tally("every story that was up is in the archive", _saved(evidence, open_stories))
    yield tally("each version that was shown is there exactly once", _once(evidence, open_stories), _dark(evidence))
    yield tally("title and text are as published", _as_published(evidence, kept), _dark(evidence))
    yield tally("corrections are seen by the next visit of the plan", _corrections(evidence, kept))
    yield tally("withdrawals are noted, and the captures kept", _withdrawals(evidence, open_stories))
    yield tally("visits of the plan (1 h, 24 h, 7 d) come in time", _in_time(evidence, open_stories))
    yield tally("no address is asked for without need", _without_need(evidence))


def _saved(evidence: Evidence, stories: list[Story]) -> Iterator[str | None]:
    """A story was to be had if it was up, without a wall, in a run in fair weather that had cause to ask for it."""
    for story in stories:
        up = story.walled or story.published
        end = min(story.withdrawn or evidence.plan.end, evidence.plan.end) - RUN
        if story.walled:
            first = evidence.first_visit(story)
            chances = [] if first is None else [first, *(due for due in evidence.dues(story))]
            due = any(up <= moment < end for moment in chances)
        else:
            due = evidence.calm_within(story.outlet, up, end)
        if due:
            yield None if evidence.versions[story.id] else f"{story.url}: published {story.published}, not saved"


def _once(evidence: Evidence, stories: list[Story]) -> Iterator[str | None]:
    """The archive's versions are those that were shown, in their order, none twice.

    A story that was shown in a dress without a layout may have been misread meanwhile: of it, each version that was
    shown in the light must be there, and none of these twice.
    """
    for story in stories:
        visits, entries = evidence.visits[story.id], evidence.versions[story.id]
        light = [visit for visit in visits if not evidence.in_the_dark(story.outlet, moment_of(visit))]
        lit = [entry for entry in entries if not _in_the_dark(evidence, story, entry.captured)]
        shown, kept = shown_versions(light), [_version_of(story, entry) for entry in lit]
        owners = sorted({entry.article.url for entry in entries})
        if not shown and not entries:
            continue
        if len(owners) > 1:
            yield f"{story.url}: stands there as {len(owners)} articles: {', '.join(owners)}"
        elif len(light) == len(visits):
            yield None if kept == shown else f"{story.url}: versions {shown} were shown, versions {kept} are there"
        else:
            complete = set(shown) <= {_version_of(story, entry) for entry in entries}
            kept = [number for number, _ in groupby(kept)]  # a misreading may lie between two that are alike
            well = complete and len(set(kept)) == len(kept)
            yield None if well else f"{story.url}: versions {shown} were shown in the light, versions {kept} are there"


def _as_published(evidence: Evidence, stories: list[Story]) -> Iterator[str | None]:
    for story in stories:
        for entry in evidence.versions[story.id]:
            if _in_the_dark(evidence, story, entry.captured):
                continue
            right = _version_of(story, entry) is not None
            yield None if right else f"{story.url}: what was read at {entry.captured} is none of its versions"


def _corrections(evidence: Evidence, stories: list[Story]) -> Iterator[str | None]:
    """A correction that was up when a visit of the plan was due must be in the archive, or one that came after it."""
    for story in stories:
        first = evidence.first_shown(story)
        for number, version in enumerate(story.versions[1:], 1):
            if first is None or version.moment <= first:
                continue
            gone = story.withdrawn or evidence.plan.end
            due = next((due for due in evidence.dues(story) if due >= version.moment), None)
            if due is None or due + evidence.patience >= gone or evidence.in_the_dark(story.outlet, due):
                continue
            kept = {_version_of(story, entry) for entry in evidence.versions[story.id]}
            seen = any(at is not None and at >= number for at in kept)
            yield None if seen else f"{story.url}: {version.change} of {version.moment} was due at {due}, not seen"


def _withdrawals(evidence: Evidence, stories: list[Story]) -> Iterator[str | None]:
    for story in stories:
        first = evidence.first_shown(story)
        if story.withdrawn is None or first is None:
            continue
        if not any(due >= story.withdrawn for due in evidence.dues(story)):
            continue
        noted = any(line.outcome in _GONE for line in evidence.lines(story))
        if not noted:
            yield f"{story.url}: withdrawn at {story.withdrawn} with {story.farewell}, not noted"
        elif not evidence.versions[story.id]:
            yield f"{story.url}: withdrawn, and what was captured before is not there"
        else:
            yield None


def _in_time(evidence: Evidence, stories: list[Story]) -> Iterator[str | None]:
    for story in stories:
        moments = [moment_of(visit) for visit in evidence.visits[story.id]]
        for due in evidence.dues(story):
            came = any(due - SKEW <= moment <= due + evidence.patience for moment in moments)
            yield None if came else f"{story.url}: a visit was due at {due}, none came by {due + evidence.patience}"


def _without_need(evidence: Evidence) -> Iterator[str | None]:
    """An address may be asked for once, again for each visit of the plan, and again where it gave no answer."""
    for story_id, visits in evidence.visits.items():
        answered: Counter[str] = Counter()
        first: dict[str, datetime] = {}
        for visit in visits:
            moment = moment_of(visit)
            if visit.sight not in ANSWERED and visit.sight != "moved":
                continue
            begin = first.setdefault(visit.url, moment)
            allowed = 1 + sum(begin + span <= moment + SKEW for span in REVISITS)
            answered[visit.url] += 1
            if answered[visit.url] > allowed:
                yield f"{visit.url} ({story_id}): visit {answered[visit.url]} at {visit.time}, {allowed} were due"
            else:
                yield None


def _in_the_dark(evidence: Evidence, story: Story, captured: str) -> bool:
    return evidence.in_the_dark(story.outlet, datetime.fromisoformat(captured))


def _dark(evidence: Evidence) -> str:
    """What the checks of texts leave out."""
    number = sum(
        _in_the_dark(evidence, story, entry.captured)
        for story in evidence.lived.stories
        for entry in evidence.versions[story.id]
    )
    return f"{number} captured between redesign and new layout are left out" if number else ""


def _version_of(story: Story, entry: Entry) -> int | None:
    """Which version of the story this is, by title and text; None if it is none of them."""
    article = entry.article
    for number, version in enumerate(story.versions):
        if article.title == version.title and article.text == "\n\n".join(version.paragraphs):
            return number
    return None
