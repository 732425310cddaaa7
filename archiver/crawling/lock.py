"""Who may write to an archive: one run at a time for each outlet, and nobody while something is taken out of it.

The kernel drops a lock when its holder dies.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from archiver.errors import CannotWriteError, LockedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@contextmanager
def outlet_locks(folder: Path, names: Iterable[str]) -> Iterator[None]:
    """Hold the locks of all these outlets, or none of them.

    Raises `LockedError` with the holder's process id, `CannotWriteError` where the folder cannot be written.
    """
    with ExitStack() as stack:
        for name in sorted(set(names)):
            stack.enter_context(_lock(folder / f"{name}.lock", name))
        yield


@contextmanager
def archive_lock(folder: Path, *, alone: bool) -> Iterator[None]:
    """Hold the lock of the whole archive: as one writer of several, or `alone`, to change files that are finished.

    Raises `LockedError`, `CannotWriteError`.
    """
    path = folder / "archive.lock"
    descriptor = _open(path)
    try:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            doing = "another run writes to this archive" if alone else "something is being taken out of this archive"
            raise LockedError(f"{doing} ({path}): wait for it to end") from None
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _lock(path: Path, name: str) -> Iterator[None]:
    descriptor = _open(path)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
            raise LockedError(
                f"another run of {name} writes to this archive (process {holder}, {path}): wait for it to end"
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))
        yield
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise CannotWriteError(f"cannot write {path}: {error.strerror}; make the folder writable") from error
