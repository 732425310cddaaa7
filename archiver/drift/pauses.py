"""Judging how long an outlet has had nothing new: a source that stands still names as many addresses as ever."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from archiver.drift.check import Check, Numbers, broken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archiver.drift.facts import RunFacts

_SPAN: Final = timedelta(days=8)
"""A history that is shorter may not have seen a weekend."""

_TIMES: Final = 2
"""A pause is too long from so many times the longest one before on."""

_LEAST: Final = timedelta(hours=6)
_RUNS: Final = 3
"""Runs without anything new that a pause is made of at least: one that was missed is none of the outlet's."""


def check_pause(run: RunFacts, history: Sequence[RunFacts]) -> Iterator[Check]:
    """Whether the outlet's sources stand still: nothing new for far longer than ever before, on weekends too."""
    busy = [earlier.started for earlier in history if _has_news(earlier)]
    if not busy or run.started - busy[0] < _SPAN:
        return
    pause = run.started - busy[-1]
    longest = max((after - before for before, after in pairwise(busy)), default=timedelta(0))
    quiet = sum(earlier.started > busy[-1] for earlier in history)
    allowed = max(_TIMES * longest, _LEAST)
    if _has_news(run) or pause <= allowed or quiet < _RUNS:
        yield Check("pause", "kept")
        return
    numbers = Numbers(
        f"at most {_hours(allowed)}", _hours(pause), f"{_TIMES} times the longest pause before, {_hours(longest)}"
    )
    yield broken("pause", "without a new article", numbers, sources=run.sources)


def _has_news(run: RunFacts) -> bool:
    return any(page.outcome in ("saved", "deferred") for page in run.pages)


def _hours(span: timedelta) -> str:
    return f"{span / timedelta(hours=1):.0f} h"
