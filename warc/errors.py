"""The errors of this package, grouped by what the caller can do.

They know nothing of exit codes: the application maps them to its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class WarcError(Exception):
    """The base of all of them."""


class WarcReadError(WarcError):
    """A file is no WARC file, or is damaged at `offset` (bytes from its start). All before that is good."""

    def __init__(self, file: Path | str, offset: int, reason: str) -> None:
        self.file = str(file)
        self.offset = offset
        self.reason = reason
        super().__init__(f"{file}: byte {offset}: {reason}")


class WarcWriteError(WarcError):
    """A record could not be written: disk full, folder read-only. All records before it are whole."""

    def __init__(self, file: Path | str, reason: str) -> None:
        self.file = str(file)
        self.reason = reason
        super().__init__(f"cannot write {file}: {reason}")


class NotArchivedError(WarcError):
    """A replay asked for an address that its WARC files do not hold. Asking again gives the same answer."""

    def __init__(self, method: str, url: str) -> None:
        self.method = method
        self.url = url
        super().__init__(f"not in the archive: {method} {url}")


class WireError(WarcError):
    """The tap does not fit the installed Scrapy or Twisted, so nothing could be recorded faithfully."""


class PackageError(WarcError):
    """A package is not what it should be; `problems` says how."""

    def __init__(self, file: Path | str, problems: Sequence[str]) -> None:
        self.file = str(file)
        self.problems = tuple(problems)
        super().__init__(f"{file}: {'; '.join(problems)}")
