"""The network's own record of the truth: every request that it got, with what it showed for it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator


class Visit(Struct, frozen=True, kw_only=True):
    """A request as the network saw it.

    `time` is the simulated one (ISO 8601), `tick` the real one in seconds since the network was opened: pauses between
    requests are measured by it. `run` counts the runs of the crawl. `sight` is what was shown, or the kind of spell
    that came between; `story` and `version` say which story in which state. `retry_after` are seconds.
    """

    time: str
    tick: float
    run: int
    outlet: str | None
    url: str
    agent: str
    sight: str
    status: int | None
    story: str | None = None
    version: int | None = None
    retry_after: int | None = None

    @property
    def host(self) -> str:
        """Whom it was sent to."""
        return urlsplit(self.url).hostname or ""


class Journal:
    """All visits in their order; servers of many threads write into it."""

    def __init__(self) -> None:
        self._visits: list[Visit] = []
        self._lock = threading.Lock()

    def add(self, visit: Visit) -> None:
        """Note a visit."""
        with self._lock:
            self._visits.append(visit)

    def __iter__(self) -> Iterator[Visit]:
        return iter(tuple(self._visits))

    def __len__(self) -> int:
        return len(self._visits)
