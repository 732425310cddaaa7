"""When an address that was captured is visited again: the plan that catches corrections and withdrawals.

The plan counts from the first capture of an address. It looks at captures alone, articles or not, so that a soft 404,
a paywall or a redirect is not asked for in each run; and it needs nothing but what the catalog has of the WARC files,
so that it is the same after `kliping catalog rebuild`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from warc.record import parse_warc_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archiver.catalog import Visit

OVERDUE: Final = timedelta(days=7)
"""An address that no source names is looked for in the catalog up to so long after its last visit was due."""


_SLACK: Final = timedelta(minutes=5)
"""A visit may come so much too early, but not by more than a tenth of its span."""


def _nearly(span: timedelta) -> timedelta:
    return span - min(_SLACK, span / 10)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The spans of time after an address's first capture at which it is due again, ascending; none means never."""

    spans: tuple[timedelta, ...]

    @classmethod
    def of_seconds(cls, seconds: Iterable[float]) -> Schedule:
        """The plan with these spans, in any order."""
        return cls(tuple(sorted({timedelta(seconds=span) for span in seconds})))

    def due(self, visit: Visit) -> datetime | None:
        """When the address is due again, which may be in the past; None for an address that is done with.

        A capture stands for all visits that were due before it: runs that were missed are not made up for.
        """
        span = self._next(visit)
        return None if span is None else parse_warc_date(visit.first) + span

    def is_due(self, visit: Visit, now: datetime) -> bool:
        """Whether it is time for the next visit, or nearly: an hourly run must not miss it by a second."""
        span = self._next(visit)
        return span is not None and parse_warc_date(visit.first) + _nearly(span) <= now

    def _next(self, visit: Visit) -> timedelta | None:
        first, last = parse_warc_date(visit.first), parse_warc_date(visit.last)
        return next((span for span in self.spans if first + _nearly(span) > last), None)

    def horizon(self, now: datetime) -> datetime:
        """No address whose first capture is older can be due by what the catalog alone says."""
        return now - (self.spans[-1] + OVERDUE if self.spans else timedelta(0))

    def is_stale(self, day: str, visit: Visit) -> bool:
        """Whether the article of this day was older than the whole plan when it was first captured.

        Such a one comes out of a back-catalogue. It is visited again where a source names it, not for its own sake.
        """
        if not self.spans:
            return True
        return day < (parse_warc_date(visit.first) - self.spans[-1] - timedelta(days=1)).date().isoformat()
