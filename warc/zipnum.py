"""The index of a package: sorted CDXJ lines in gzip blocks, and a short index over the blocks (ZipNum).

A client reads the short index, then only the block in which its address must be. The form is that of cdxj-indexer
(`cdxj-gzip-1.0`), which ReplayWeb.page and pywb read.
"""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
import sqlite3
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType

LINES_A_BLOCK = 1024
"""As other makers of packages have it: about 50 kB to fetch for one address."""

FORMAT = "cdxj-gzip-1.0"


class SortedLines:
    """Lines on their way into an index, however many: they lie in a nameless database that SQLite keeps on disk.

    A context manager: what was added is gone at its end. A line that is added twice counts once.
    """

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("CREATE TABLE lines (line BLOB PRIMARY KEY) WITHOUT ROWID")
        self._db.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def add(self, lines: Iterable[str]) -> None:
        """Take lines without their line feeds, in any order."""
        self._db.executemany("INSERT OR IGNORE INTO lines VALUES (?)", ((line.encode(),) for line in lines))

    def __iter__(self) -> Iterator[bytes]:
        """All lines in the order of their bytes."""
        for (line,) in self._db.execute("SELECT line FROM lines ORDER BY line"):
            yield line


def write_blocks(lines: Iterable[bytes], write: Callable[[bytes], object], name: str) -> bytes:
    """Write sorted lines as gzip blocks; returns the index over the blocks, to be stored beside the file `name`.

    A line of that index: key and timestamp of the block's first line, and `{"offset", "length", "digest"}` of the
    block in bytes.
    """
    index = [f"!meta 0 {json.dumps({'format': FORMAT, 'filename': name})}\n"]
    offset, rest = 0, iter(lines)
    while block := list(itertools.islice(rest, LINES_A_BLOCK)):
        packed = gzip.compress(b"".join(line + b"\n" for line in block), mtime=0)
        write(packed)
        first = b" ".join(block[0].split(b" ", 2)[:2]).decode()
        place = {"offset": offset, "length": len(packed), "digest": f"sha256:{hashlib.sha256(packed).hexdigest()}"}
        index.append(f"{first} {json.dumps(place)}\n")
        offset += len(packed)
    return "".join(index).encode()
