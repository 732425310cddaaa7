"""Opening the catalog's file, and saying in plain words why SQLite would not.

Writers use write-ahead logging, so that a crawl and a search do not wait for each other. The log is folded
back into the one file when the last of them closes it.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from archiver.errors import BadDataError, CannotWriteError, KlipingError, LockedError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION: Final = 2
"""Of the schema; kept in the file's `user_version`. Any other is made anew, never migrated."""

WAIT: Final = 30.0
"""Seconds to wait for another writer's transaction before giving up."""

_LOG_PAGES: Final = 8000
"""Pages of 4 kB that the log may have before it is folded back, which waits for the disk."""

_SCHEMA = Path(__file__).with_name("schema.sql")


def connect(path: Path) -> sqlite3.Connection:
    """The catalog for reading and writing; made if it is not there yet."""
    with plain_errors(path):
        connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
        try:
            if _is_empty(connection):
                _create_schema(connection)
            _check_version(path, connection)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
        except BaseException:
            connection.close()
            raise
    return connection


def connect_to_read(path: Path) -> sqlite3.Connection:
    """The catalog for reading alone; on a medium that cannot be written too.

    Raises `NotFoundError` where there is none.
    """
    if not path.is_file():
        raise NotFoundError(f"there is no catalog {path}: make it with kliping catalog rebuild {path.parent}")
    with plain_errors(path):
        connection = sqlite3.connect(reading_uri(path), uri=True, timeout=WAIT, isolation_level=None)
        try:
            _check_version(path, connection)
        except BaseException:
            connection.close()
            raise
    return connection


def reading_uri(path: Path) -> str:
    """What SQLite is told to open a file for reading alone, where nothing can be written beside it too."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    if not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists():
        # SQLite could not make its log beside the file, and nobody else can change the file either.
        uri += "&immutable=1"
    return uri


def is_outdated(path: Path) -> bool:
    """Whether an earlier Kliping made this catalog. Raises `BadDataError` where it is no catalog."""
    with plain_errors(path):
        connection = sqlite3.connect(reading_uri(path), uri=True, timeout=WAIT)
        try:
            return 0 < _version(connection) < VERSION
        finally:
            connection.close()


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep every other program out of the catalog, so that another file can be put in its place.

    Raises `LockedError` at once while someone has it open. A file that is no database, or none, needs no
    lock.
    """
    if not path.exists():
        yield
        return
    connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            # Folds the log back: a log that is left beside the file would be taken for the new one's.
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise _explain(path, error) from error
        except sqlite3.DatabaseError:
            pass  # damaged: that may be why it is made anew
        yield
    finally:
        connection.close()


def _create_schema(connection: sqlite3.Connection) -> None:
    """All tables in an empty file, in one transaction: two crawls may begin at once."""
    script = _SCHEMA.read_text(encoding="utf-8")
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        if _is_empty(connection):
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """SQLite's errors as ours, with the file's name and what to do about it."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explain(path, error) from error


def _explain(path: Path, error: sqlite3.Error) -> KlipingError:
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LockedError(f"the catalog {path} is in use by another kliping: wait until it has finished")
    if primary in (
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
    ):
        return CannotWriteError(
            f"cannot use the catalog {path}: {error}; make room or give write permission; warc/ is whole"
        )
    return BadDataError(
        f"cannot read the catalog {path}: {error}; make it anew with kliping catalog rebuild {path.parent}"
    )


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _is_empty(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is None


def _check_version(path: Path, connection: sqlite3.Connection) -> None:
    found = _version(connection)
    if found != VERSION:
        raise BadDataError(
            f"the catalog {path} is of schema version {found}, this Kliping uses {VERSION}: "
            f"make it anew with kliping catalog rebuild {path.parent}"
        )
