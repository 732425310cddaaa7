"""Lines that are gathered in any order and read in that of their bytes, on disk when they become many."""

from __future__ import annotations

import heapq
import tempfile
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT = 10_000
"""Lines that stay in memory; so many at a time are sorted and go to a temporary file."""


class SortedLines:
    """Iterating gives the lines in order. The last ones can be taken back, down to any size since `settle`."""

    def __init__(self) -> None:
        self._recent: list[str] = []
        self._sorted: list[IO[str]] = []

    def __len__(self) -> int:
        """How many are in memory: what `take_back` counts in."""
        return len(self._recent)

    def append(self, line: str) -> None:
        """One more; it has no line feed in it."""
        self._recent.append(line)

    def take_back(self, size: int) -> None:
        """Drop the last lines, so that `len` is `size` again."""
        del self._recent[size:]

    def settle(self) -> None:
        """What is there stays: it may move to disk. Raises OSError."""
        if len(self._recent) < KEPT:
            return
        file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115 - closed by `close`
        self._sorted.append(file)
        file.writelines(f"{line}\n" for line in sorted(self._recent, key=str.encode))
        file.flush()
        self._recent = []

    def __iter__(self) -> Iterator[str]:
        for file in self._sorted:
            file.seek(0)
        parts = [(line.rstrip("\n") for line in file) for file in self._sorted]
        return iter(heapq.merge(*parts, sorted(self._recent, key=str.encode), key=str.encode))

    def close(self) -> None:
        """Forget the lines."""
        for file in self._sorted:
            file.close()
        self._sorted, self._recent = [], []
