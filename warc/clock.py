"""The clock of a recording: the real one, or one that was set to another era when it started."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def start_clock(as_of: str | None = None) -> Callable[[], datetime]:
    """A function that tells the time, aware and in UTC.

    `as_of` is an ISO 8601 date and time; the clock then starts there and goes on at its usual pace. Without an
    offset it is taken as UTC. Raises ValueError if it is no such date.
    """
    if not as_of:
        return lambda: datetime.now(UTC)
    origin = datetime.fromisoformat(as_of)
    origin = origin.replace(tzinfo=UTC) if origin.tzinfo is None else origin.astimezone(UTC)
    started = time.monotonic()
    return lambda: origin + timedelta(seconds=time.monotonic() - started)
