"""What a status says: the values behind `kliping status` and the metrics, and their JSON form.

The keys are a contract: keys are added, never renamed. Dates are ISO 8601, sizes bytes, times seconds.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from archiver.crawling.gaps import Gap
from archiver.operating.measure import Disk

State: TypeAlias = Literal["well", "partial", "drift", "failure", "running", "killed", "never"]
"""Of an outlet after its last run. `running` and `killed` have no end: a killed run holds no lock any more."""


class LastRun(Struct, frozen=True, kw_only=True):
    """The last crawl of an outlet, and what it did there. `outlets` of one run share its exit code and its times."""

    run: str
    started: str
    finished: str | None
    seconds: float | None
    exit_code: int | None
    reason: str | None
    counts: dict[str, int]
    new: int
    """New articles; further pages of one don't count."""
    problems: tuple[str, ...]
    """Sources that could not be read."""


class DriftState(Struct, frozen=True, kw_only=True):
    """An alarm that lasts: since which run, after how many, and what the newest says."""

    state: str
    since: str
    alarms: int
    words: tuple[str, ...]
    waiting: int


class OutletStatus(Struct, frozen=True, kw_only=True):
    """All about one outlet. `articles` to `newest` are null where the catalog cannot be read."""

    outlet: str
    state: State
    last: LastRun | None
    locked_by: int | None
    drift: DriftState | None
    gaps: tuple[Gap, ...]
    """Windows that ended in the last week, or are open, in which nobody could look at the outlet."""
    pending: int
    """Addresses that wait for the next run."""
    articles: int | None
    new_day: int | None
    new_week: int | None
    oldest: str | None
    newest: str | None
    warc_bytes: int


class Status(Struct, frozen=True, kw_only=True):
    """All outlets at `time`. `unread` names what could not be read, and why."""

    archive: str
    time: str
    outlets: tuple[OutletStatus, ...]
    disk: Disk
    unread: tuple[str, ...]
