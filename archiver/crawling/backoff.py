"""How long to leave a host alone that answers 429 or 503: as long as it says, else longer each time.

`Retry-After` is read as RFC 9110, 10.2.3 has it: seconds, or a date. A date is held against the `Date` of the same
answer, so that neither side's clock has to be right.
"""

from __future__ import annotations

import random
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

THROTTLED: Final = frozenset({429, 503})
"""Statuses that ask for a pause: too many requests, and service unavailable."""

FIRST: Final = 10.0
"""The first pause without a Retry-After, in usual delays between two requests; each further one is twice as long."""

_JITTER: Final = 0.5
_MOST_DOUBLINGS: Final = 16


def retry_after(value: str | None, now: datetime, sent: str | None = None) -> float | None:
    """Seconds that a `Retry-After` asks for, never less than 0; None where there is none or it says nothing.

    `sent` is the `Date` of the answer; without it the time that a date means is counted from `now`, which is aware.
    """
    value = (value or "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    until = _moment(value)
    if until is None:
        return None
    return max(0.0, (until - (_moment(sent or "") or now)).total_seconds())


def pause(times: int, delay: float, chance: random.Random) -> float:
    """Seconds to wait after a host has asked for a pause `times` times in a row (from 1) without saying how long.

    It grows exponentially from ten usual delays and is varied by half of it either way, so that clients that were
    turned away together don't come back together.
    """
    doublings = min(times - 1, _MOST_DOUBLINGS)
    return FIRST * delay * 2.0**doublings * chance.uniform(1 - _JITTER, 1 + _JITTER)


def _moment(text: str) -> datetime | None:
    """An HTTP date, aware; None for anything else."""
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
