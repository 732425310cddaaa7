"""A buffer that moves to disk when it grows: a few large downloads at once must not fill the memory."""

from __future__ import annotations

import mmap
import tempfile
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from warc.record import Octets

SPILL_AT = 4 * 1024 * 1024
"""Bytes that stay in memory; what is larger goes to a temporary file."""


class Spill:
    """Bytes in the order they come; `size` counts them. Ends with `take` or `close`."""

    def __init__(self) -> None:
        self.size = 0
        self._parts: list[bytes] = []
        self._file: IO[bytes] | None = None

    def write(self, data: bytes) -> None:
        """Add bytes at the end."""
        self.size += len(data)
        if self._file is None and self.size > SPILL_AT:
            self._file = tempfile.TemporaryFile(prefix="kliping-")  # noqa: SIM115  # lives as long as the buffer
            self._file.writelines(self._parts)
            self._parts.clear()
        if self._file:
            self._file.write(data)
        else:
            self._parts.append(data)

    def take(self, end: int) -> Octets:
        """The first `end` bytes, and the end of this buffer. A mapped file goes with its last user."""
        if self._file is None:
            return b"".join(self._parts)[:end]
        with self._file as file:
            file.flush()
            return mmap.mmap(file.fileno(), end, access=mmap.ACCESS_READ)

    def close(self) -> None:
        """Leave nothing behind."""
        if self._file:
            self._file.close()
