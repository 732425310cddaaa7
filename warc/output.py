"""The file under a writer: its name, its lock, its last good byte, and its way from `.open` to done.

While it is written a file is called NAME.warc.gz.open and locked, so that nobody takes it for a finished one and
nobody repairs it. Every record is in the kernel's hands before the next one begins: a killed process loses at most
the record it was writing.
"""

from __future__ import annotations

import errno
import fcntl
import io
import os
import re
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

from isal import isal_zlib

from warc.errors import WarcWriteError
from warc.record import timestamp14, warc_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from warc.record import Octets

OPEN_SUFFIX = ".open"
"""Ends the name of a file that is being written, or was when its writer died."""

COMPRESSION_LEVEL = 3
"""Of ISA-L, whose gzip is like zlib's at its level 6: 3 % larger, and made in an eighth of the time."""


class WarcFile:
    """One file being written: `folder/PREFIX-TIMESTAMP14-SERIAL-HOST.warc.gz.open`.

    Takes the first serial number from `serial` on that is free. `size` counts the bytes of whole records. Every
    method raises WarcWriteError when the disk refuses; a record that was begun is cut off again.
    """

    def __init__(self, folder: Path, prefix: str, moment: datetime, serial: int = 0) -> None:
        stem = f"{_plain(prefix)}-{timestamp14(warc_date(moment))}"
        host = _plain(socket.gethostname().partition(".")[0]) or "localhost"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            while (file := _claim(folder / f"{stem}-{serial:05d}-{host}.warc.gz")) is None:
                serial += 1
        except OSError as error:
            raise WarcWriteError(folder, error.strerror or str(error)) from error
        self.size = 0
        self.serial = serial
        self.path, self._file = file
        self.name = self.path.name

    @contextmanager
    def member(self) -> Iterator[Member]:
        """A gzip member to be filled: one record."""
        with self._whole_or_nothing():
            member = Member(self._file)
            yield member
            member.finish()

    def append(self, record: bytes) -> None:
        """A record from another file: a gzip member as it is, plain text as a member."""
        if record.startswith(b"\x1f\x8b"):
            with self._whole_or_nothing():
                write_all(self._file, record)
        else:
            with self.member() as member:
                member.write(record)

    def cut(self, size: int) -> None:
        """Take back everything after `size` bytes."""
        self._file.truncate(size)
        self._file.seek(size)
        self.size = size

    def close(self) -> Path:
        """Make it durable and give it its name, which it returns."""
        try:
            os.fsync(self._file.fileno())
            self._open_path.rename(self.path)
            sync_folder(self.path.parent)
        except OSError as error:
            raise WarcWriteError(self._open_path, error.strerror or str(error)) from error
        finally:
            self._file.close()
        return self.path

    def discard(self) -> None:
        """Leave nothing behind."""
        self._open_path.unlink(missing_ok=True)
        self._file.close()

    @property
    def _open_path(self) -> Path:
        return self.path.with_name(self.name + OPEN_SUFFIX)

    @contextmanager
    def _whole_or_nothing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.cut(self.size)
            raise WarcWriteError(self._open_path, error.strerror or str(error)) from error
        except BaseException:
            self.cut(self.size)
            raise
        self.size = self._file.tell()


class Member:
    """Takes plain bytes and writes one gzip member."""

    def __init__(self, file: io.FileIO) -> None:
        self._file = file
        self._deflater = isal_zlib.compressobj(COMPRESSION_LEVEL, isal_zlib.DEFLATED, isal_zlib.MAX_WBITS | 16)

    def write(self, data: Octets) -> None:
        """Compress and write."""
        write_all(self._file, self._deflater.compress(data))

    def finish(self) -> None:
        """End the member."""
        write_all(self._file, self._deflater.flush())


def lock(file: io.FileIO) -> bool:
    """Take the writer's lock on an open file; False if another has it. It ends with file or process."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_all(file: io.FileIO, data: bytes) -> None:
    """Write to an unbuffered file, in as many steps as the kernel wants."""
    view = memoryview(data)
    while view:
        written = file.write(view)
        if not written:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        view = view[written:]


def same_file(file: io.FileIO, path: Path) -> bool:
    """Whether the open file still goes by that name."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _claim(path: Path) -> tuple[Path, io.FileIO] | None:
    """Create and lock the .open file of `path`; None if the name is taken.

    The finished name is looked at once the open one is there: in between, another process may have finished a file
    of that name. And a repair may have come before the lock.
    """
    open_path = path.with_name(path.name + OPEN_SUFFIX)
    try:
        file = io.FileIO(open_path, "xb")
    except FileExistsError:
        return None
    if path.exists():
        open_path.unlink()
    elif lock(file) and same_file(file, open_path):
        return path, file
    file.close()
    return None


def _plain(name: str) -> str:
    """A part of a file name: letters, digits, dot, dash and underscore."""
    return re.sub(r"[^A-Za-z0-9._]+", "-", name).strip("-.")
