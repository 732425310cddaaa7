"""The days whose articles a run looks for, in the place of what is new."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from archiver.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.outlet import Outlet


def days_of(
    since: date | None, until: date | None, outlets: Sequence[Outlet], as_of: str | None
) -> tuple[date, date] | None:
    """The first and the last day; None where none were asked for. Raises `UsageError`."""
    if since is None:
        if until is not None:
            raise UsageError("--until needs --since: from which day on?")
        return None
    now = datetime.fromisoformat(as_of) if as_of else datetime.now(UTC)
    first, last = _day(since), _day(until) if until else max(now.astimezone(outlet.zone).date() for outlet in outlets)
    if first > last:
        raise UsageError(f"--since {first} is after --until {last}: turn them round")
    return first, last


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
