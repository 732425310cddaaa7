"""How the outlets of an archive stand with the alarm: what is open, what was, and what is normal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from archiver.catalog import Catalog
from archiver.drift.baseline import Baseline, baseline
from archiver.drift.history import History
from archiver.drift.past import Past
from archiver.drift.quarantine import waiting
from archiver.drift.report import ALARMS, DriftReport, reports
from archiver.drift.standing import standing
from archiver.operating.history import crawls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from archiver.archive import Archive

Condition: TypeAlias = Literal["normal", "break", "quarantined", "unknown"]
"""`unknown`: no run is known to be normal yet."""


class Overview(Struct, frozen=True, kw_only=True):
    """An outlet. `since` is the run with which what is open began, `alarms` how many there were since then.

    `alarm` is the last of them; `reports` are all verdicts, the newest first. `waiting` are captures whose articles
    wait.
    """

    outlet: str
    condition: Condition
    since: str | None
    alarms: int
    waiting: int
    alarm: DriftReport | None
    reports: tuple[DriftReport, ...]
    baseline: Baseline | None


def overviews(
    archive: Archive, names: Iterable[str] | None = None, *, on_unread: Callable[[str], None] | None = None
) -> list[Overview]:
    """The outlets of these names, or all that were crawled or have a report, by name.

    `on_unread` is told of reports that cannot be read. Raises what the catalog raises.
    """
    said = reports(archive, on_unread=on_unread)
    if names is None:
        names = {name for run in crawls(archive) for name in run.account.outlets} | {report.outlet for report in said}
    past = Past(archive, frozenset(names))
    with Catalog(archive.catalog, read_only=True) as catalog:
        return [
            _overview(
                History(archive, catalog, name, past=past),
                archive,
                catalog,
                name,
                [report for report in said if report.outlet == name],
            )
            for name in sorted(past.names)
        ]


def _overview(history: History, archive: Archive, catalog: Catalog, name: str, said: list[DriftReport]) -> Overview:
    now = standing(said)
    normal = baseline(now.history(history.before()))
    since = now.episode[0] if now.episode else None
    alarm = next((report for report in reversed(said) if report.state in ALARMS), None) if since else None
    condition: Condition = "normal" if normal else "unknown"
    if alarm is not None:
        condition = "quarantined" if alarm.state == "quarantined" else "break"
    return Overview(
        outlet=name,
        condition=condition,
        since=since,
        alarms=len(now.episode),
        waiting=sum(1 for _ in waiting(archive, catalog, name, since)) if since else 0,
        alarm=alarm,
        reports=tuple(reversed(said)),
        baseline=normal,
    )
