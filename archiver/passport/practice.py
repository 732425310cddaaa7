"""How an outlet goes in an archive: its last good run, what the drift alarm has learnt and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from archiver.drift.baseline import Baseline
from archiver.drift.overview import Condition, overviews
from archiver.operating.history import crawls

if TYPE_CHECKING:
    from archiver.archive import Archive
    from archiver.crawling.account import Account

_GOOD: Final = frozenset({0, 2})
"""Exit codes of a run that did its work, if only in part; 3 is drift."""


class LastRun(Struct, frozen=True):
    """The newest crawl that ended well and had articles: its id, its end (ISO 8601), outcomes with their counts."""

    run: str
    finished: str
    counts: dict[str, int]


class Practice(Struct, frozen=True):
    """An outlet in an archive. `condition` is what the alarm says, `since` the run with which that began, if open.

    `baseline` is what the alarm takes for normal; None where no run brought an article.
    """

    archive: str
    last_good_run: LastRun | None
    condition: Condition
    since: str | None
    baseline: Baseline | None


def practice(archive: Archive, outlet: str) -> Practice:
    """What the archive tells of the outlet. Raises what the catalog raises."""
    (overview,) = overviews(archive, [outlet])
    return Practice(
        str(archive.root),
        _last_good_run(archive, outlet),
        overview.condition,
        overview.since,
        overview.baseline,
    )


def _last_good_run(archive: Archive, outlet: str) -> LastRun | None:
    for run in crawls(archive, [outlet]):
        if _is_good(run.account):
            return LastRun(run.account.run, run.account.finished or "", run.account.counts)
    return None


def _is_good(account: Account) -> bool:
    brought = sum(account.counts.get(outcome, 0) for outcome in ("saved", "updated", "unchanged", "known"))
    return account.finished is not None and account.exit_code in _GOOD and brought > 0
