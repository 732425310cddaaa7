"""Room on the disk that a run keeps for its own end, so that a disk that is full does not leave it half written.

The last that a run writes is small: indexes, the outcomes of what is open, its account. The room for that is taken at
the start, as a file without a name, which is gone when the run is, however it ends.
"""

from __future__ import annotations

import errno
import os
import tempfile
from typing import IO, TYPE_CHECKING, Final

from archiver.errors import CannotWriteError

if TYPE_CHECKING:
    from pathlib import Path

SIZE: Final = 4 * 1024 * 1024
"""Bytes: the index of some 10,000 captures, and more for the rest."""


def take_reserve(folder: Path) -> IO[bytes]:
    """Room on the folder's disk, given back when the file is closed. Raises `CannotWriteError` where there is none."""
    file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - it is held until the run ends
    try:
        os.posix_fallocate(file.fileno(), 0, SIZE)
    except OSError as error:
        if error.errno != errno.EFBIG:  # files may not be so large here: that says nothing of the disk
            file.close()
            raise CannotWriteError(
                f"cannot write {folder}: {error.strerror}; a run needs {SIZE // 1_000_000} MB at least, make room"
            ) from error
    return file
