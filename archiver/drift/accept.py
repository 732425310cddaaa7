"""Saying that an outlet's new state is right: history begins anew with it, and what waited becomes articles."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archiver.catalog import Catalog
from archiver.crawling.recovery import writing
from archiver.drift.alarm import release_all
from archiver.drift.report import DriftReport, reports, write_report
from archiver.drift.standing import standing
from archiver.errors import NotFoundError

if TYPE_CHECKING:
    from archiver.archive import Archive
    from archiver.config import Config
    from archiver.outlets import Outlets


def accept(archive: Archive, name: str, outlets: Outlets, config: Config) -> DriftReport:
    """Accept what is open at an outlet; returns the report that says so.

    Raises `NotFoundError` where nothing is, `LockedError` while a run is at the outlet, `CannotWriteError`.
    """
    with writing(archive, [name]), Catalog(archive.catalog) as catalog:
        now = standing(reports(archive, name))
        if not now.episode:
            raise NotFoundError(
                f"there is no open alarm of {name} in {archive.root}: kliping drift shows what there is"
            )
        released, _ = release_all(archive, catalog, outlets, config, name, now)
        report = DriftReport(
            outlet=name,
            run=now.episode[-1],
            time=datetime.now(UTC).isoformat(timespec="seconds"),
            state="accepted",
            released=released,
        )
        write_report(archive, report)
    return report
