"""One run at a time for each outlet of an archive: a lock that the kernel drops when its holder dies."""

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
def _lock(path: Path, name: str) -> Iterator[None]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise CannotWriteError(f"cannot write {path}: {error.strerror}; make the folder writable") from error
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
