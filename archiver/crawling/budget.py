"""At most so many requests to a host in an hour, whichever runs they belong to.

What earlier runs asked is in the catalog: every answer that was captured, with its time. What this run asks is counted
as it goes out, whether an answer comes or not.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

HOUR: Final = timedelta(hours=1)


class Budget:
    """Of one host: at most `limit` requests in any hour. `earlier` are the times of those of earlier runs.

    Times are aware. One that lies in the future, as a clock that was wrong leaves it, counts for nothing.
    """

    def __init__(self, limit: int, earlier: Iterable[datetime], now: datetime) -> None:
        self._limit = limit
        self._asked = deque(sorted(moment for moment in earlier if moment <= now))

    def spent(self, now: datetime) -> bool:
        """Whether another request would be one too many."""
        while self._asked and self._asked[0] <= now - HOUR:
            self._asked.popleft()
        return len(self._asked) >= self._limit

    def spend(self, now: datetime) -> None:
        """Count a request."""
        self._asked.append(now)
