"""Every error that Kliping raises on purpose, grouped by what the caller can do, with its exit code.

The codes follow sysexits.h where it has one. A message names the file or URL, says what happened and what to
do next; the command line prints it as it stands, without a traceback.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """What `kliping` answers to the shell; documented in docs/commands.md."""

    OK = 0
    INTERNAL = 1
    PARTIAL = 2
    DRIFT = 3
    USAGE = 64
    BAD_DATA = 65
    NOT_FOUND = 66
    CANNOT_WRITE = 73
    LOCKED = 75
    CONFIG = 78


class KlipingError(Exception):
    """The base of all of them: catch it to catch every expected failure."""

    exit_code: ClassVar[ExitCode] = ExitCode.INTERNAL


class UsageError(KlipingError):
    """The command line asks for something that does not exist: an unknown outlet, say. Ask differently."""

    exit_code = ExitCode.USAGE


class BadDataError(KlipingError):
    """A file cannot be read as what it should be: no WARC, truncated, corrupt, undecodable. Mend the file."""

    exit_code = ExitCode.BAD_DATA


class NotFoundError(KlipingError):
    """A file, an archive or an address in it is not there. Look elsewhere."""

    exit_code = ExitCode.NOT_FOUND


class CannotWriteError(KlipingError):
    """A folder is read-only, a disk full. Make room or name another folder."""

    exit_code = ExitCode.CANNOT_WRITE


class LockedError(KlipingError):
    """Another run holds this outlet's lock. Wait for it."""

    exit_code = ExitCode.LOCKED


class ConfigError(KlipingError):
    """kliping.toml, or a setting, is wrong or missing. Correct it."""

    exit_code = ExitCode.CONFIG
