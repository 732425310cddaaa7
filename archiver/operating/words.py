"""Moments and sizes as people read them; spans of time are in `archiver.duration`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

_UNITS: Final = ((timedelta(days=1), "d"), (timedelta(hours=1), "h"), (timedelta(minutes=1), "min"))


def minute(moment: str) -> str:
    """An ISO 8601 moment in UTC, to the minute: `2026-11-22 00:45 UTC`."""
    return f"{datetime.fromisoformat(moment).astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def ago(moment: str, now: datetime) -> str:
    """How long ago it was, in the largest unit: `3 h ago`."""
    past = now - datetime.fromisoformat(moment)
    for unit, name in _UNITS:
        if past >= unit:
            return f"{past // unit} {name} ago"
    return "just now" if past >= timedelta(0) else "later"


def size(count: int) -> str:
    """Bytes with three digits, in powers of 1000 as disks have it: `1.24 GB`."""
    number = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if number < 1000:
            return f"{number:.0f} {unit}" if unit == "B" else f"{number:.3g} {unit}"
        number /= 1000
    return f"{number:,.3g} TB" if number < 1000 else f"{number:,.0f} TB"
