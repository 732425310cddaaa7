"""What extraction is given: one response as it was captured, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from archiver.article import CaptureRef


@dataclass(frozen=True, slots=True)
class Capture:
    """One captured page. The same capture gives the same article, on any machine, at any time.

    `body` is the entity after transfer and content decoding, still in the page's own charset. `headers` are the
    response's, in their order, names as sent. `date` (aware) is when it was captured; None for a plain file of
    unknown age. `ref` says in which WARC record it lies; None for a plain file.
    """

    url: str
    body: bytes
    headers: Sequence[tuple[str, str]] = ()
    date: datetime | None = None
    ref: CaptureRef | None = None

    def header(self, name: str) -> str | None:
        """Value of the first header of that name, in any case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)
