"""The clock of a recording: the real time when it starts, or another era; from then on one that is never set.

The system's clock may be put forward or back at any moment. Within a recording that must not show: its dates never
run backwards, and none of them lies years ahead of the one before it.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def start_clock(as_of: str | None = None) -> Callable[[], datetime]:
    """A function that tells the time, aware and in UTC.

    `as_of` is an ISO 8601 date and time; the clock then starts there, else it starts now, and it goes on at its usual
    pace. Without an offset the date is taken as UTC. Raises ValueError if it is no such date.
    """
    origin = datetime.fromisoformat(as_of) if as_of else datetime.now(UTC)
    origin = origin.replace(tzinfo=UTC) if origin.tzinfo is None else origin.astimezone(UTC)
    started = _passed()
    return lambda: origin + timedelta(seconds=_passed() - started)


def _passed() -> float:
    """Seconds on a clock that nobody sets; where the system has one, it goes on while the machine is asleep."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)
