"""A zip file with a list of what is in it and the digest of each part: the outside of a WACZ package.

The list is a Data Package 1.0 (specs.frictionlessdata.io), its seal the digest file of WACZ 1.2.0.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC
from typing import TYPE_CHECKING, BinaryIO, Self, TypeAlias

from warc.errors import WarcWriteError
from warc.output import sync_folder

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType

Write: TypeAlias = Callable[[bytes], object]

MANIFEST, SEAL = "datapackage.json", "datapackage-digest.json"

_PIECE = 1024 * 1024


class DataPackage:
    """A zip file being written, and the list of what is in it. A context manager that ends the zip file."""

    def __init__(self, file: BinaryIO, created: datetime) -> None:
        self._zip = zipfile.ZipFile(file, "w")
        self._moment = created.astimezone(UTC).timetuple()[:6]
        self._resources: list[dict[str, str | int]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    @contextmanager
    def entry(self, path: str, size: int, *, stored: bool = False) -> Iterator[Write]:
        """A context that gives a function to write an entry of `size` bytes. What is packed already is `stored`.

        The size decides whether the entry is in ZIP64's form: ReplayWeb.page misreads that of a small one.
        """
        info = zipfile.ZipInfo(path, self._moment)
        info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        digest, written = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=size > zipfile.ZIP64_LIMIT) as target:

            def write(data: bytes) -> None:
                nonlocal written
                written += len(data)
                if written > size:
                    raise WarcWriteError(path, "it grew while it was packed")
                digest.update(data)
                target.write(data)

            yield write
        name = re.sub(r"[^-a-z0-9._/]", "-", path.rpartition("/")[2].lower())  # Data Package 1.0 allows no other
        label = f"sha256:{digest.hexdigest()}"
        self._resources.append({"name": name, "path": path, "hash": label, "bytes": written})

    @contextmanager
    def drafted(self, path: str, *, stored: bool = False) -> Iterator[Write]:
        """The same for an entry whose size shows when all of it is written."""
        with tempfile.TemporaryFile() as draft:
            yield draft.write
            size = draft.tell()
            draft.seek(0)
            with self.entry(path, size, stored=stored) as write:
                while piece := draft.read(_PIECE):
                    write(piece)

    def add(self, path: str, data: bytes) -> None:
        """An entry of these bytes."""
        with self.entry(path, len(data)) as write:
            write(data)

    def seal(self, about: Mapping[str, object], sign: Callable[[str], Mapping[str, object]] | None = None) -> None:
        """Write the list, with what it says of the whole, and the digest of the list; it is the last thing to do.

        `sign` gives the signed data for that digest, a label such as `sha256:…`.
        """
        manifest = json.dumps({**about, "resources": self._resources}, ensure_ascii=False, indent=2).encode()
        digest = f"sha256:{hashlib.sha256(manifest).hexdigest()}"
        signed = {"signedData": {"hash": digest, **sign(digest)}} if sign else {}
        self.add(MANIFEST, manifest)
        self.add(SEAL, json.dumps({"path": MANIFEST, "hash": digest, **signed}).encode())


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name when the context ends without an error. Raises WarcWriteError."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with fresh.open("w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        sync_folder(path.parent)
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        culprit = getattr(error, "filename", None)
        raise WarcWriteError(path, reason if culprit in {None, str(fresh)} else f"{culprit}: {reason}") from error
    finally:
        fresh.unlink(missing_ok=True)
