"""Putting a takedown into effect, all of it or nothing, whenever the program may be killed.

Everything that changes is first written anew below ARCHIVE/takedown.part, in folders like the archive's own. When all
of it is on disk the folder becomes ARCHIVE/takedown.ready, in one step: from then on the takedown is done, and what is
left is to move the files to their places, which can be repeated. A `takedown.part` that is found later is thrown away,
a `takedown.ready` is carried on with.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from archiver.catalog.rebuild import rebuild
from archiver.crawling.lock import archive_lock
from archiver.crawling.pending import Pending
from archiver.errors import CannotWriteError
from archiver.takedown.log import Takedown, append
from warc.output import sync_folder

if TYPE_CHECKING:
    from archiver.archive import Archive

_ORDER: Final = "takedown.json"
_MOVED: Final = ("warc", "index", "runs")


def draft_folder(archive: Archive) -> Path:
    """Where the changed files are written; it is made anew. Raises `CannotWriteError`."""
    draft = _draft(archive)
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        for name in _MOVED:
            (draft / name).mkdir()
            if (archive.root / name).exists() and (archive.root / name).stat().st_dev != draft.stat().st_dev:
                raise CannotWriteError(
                    f"{archive.root / name} lies on another file system than {archive.root}: files cannot be swapped "
                    "in one step; put them on one"
                )
    except OSError as error:
        raise _cannot_write(archive, error) from error
    return draft


def commit(archive: Archive, takedown: Takedown) -> None:
    """Put what lies in the draft folder into effect. Raises `CannotWriteError`; then nothing has changed."""
    draft = _draft(archive)
    try:
        with (draft / _ORDER).open("xb") as file:
            file.write(msgspec.json.encode(takedown))
            file.flush()
            os.fsync(file.fileno())
        for folder, _, _ in os.walk(draft):
            sync_folder(Path(folder))
        draft.rename(_ready(archive))
        sync_folder(archive.root)
    except OSError as error:
        raise _cannot_write(archive, error) from error


def finish(archive: Archive) -> Takedown | None:
    """Carry on with a takedown that was committed, throw away one that was not; returns the one that is done now.

    The caller holds the archive's lock alone. Raises `CannotWriteError`, and `LockedError` where somebody reads the
    catalog; the next call carries on.
    """
    ready = _ready(archive)
    try:
        shutil.rmtree(_draft(archive), ignore_errors=True)
        if not ready.exists():
            return None
        takedown = msgspec.json.decode((ready / _ORDER).read_bytes(), type=Takedown)
        for name in _MOVED:
            _move(ready / name, archive.root / name)
        rebuild(archive)
        for suffix in ("", "-wal", "-shm", "-journal"):  # what an earlier rebuild has put aside holds the words too
            archive.catalog.with_name(f"{archive.catalog.name}.old{suffix}").unlink(missing_ok=True)
        if archive.pending.exists():
            with Pending(archive.pending) as pending:
                pending.forget(takedown.addresses)
        append(archive, takedown)
        ready.rename(_draft(archive))
        sync_folder(archive.root)
        shutil.rmtree(_draft(archive))
    except OSError as error:
        raise _cannot_write(archive, error) from error
    return takedown


def is_pending(archive: Archive) -> bool:
    """Whether a takedown was committed and is not at its end."""
    return _ready(archive).exists()


def resume(archive: Archive) -> Takedown | None:
    """What every writer does first: carry on with what a killed takedown has left; returns it, if there was one.

    Raises `LockedError` while a takedown goes on or another run writes, and what `finish` raises.
    """
    if not is_pending(archive) and not _draft(archive).exists():
        return None
    with archive_lock(archive.root / "locks", alone=True):
        return finish(archive)


def _move(source: Path, target: Path) -> None:
    """Put all files below `source` in the places of those below `target`, and see to it that they stay there."""
    for folder, _, names in os.walk(source):
        place = target / os.path.relpath(folder, source)
        if names:
            place.mkdir(parents=True, exist_ok=True)
            for name in sorted(names):
                Path(folder, name).replace(place / name)
            sync_folder(place)


def _draft(archive: Archive) -> Path:
    return archive.root / "takedown.part"


def _ready(archive: Archive) -> Path:
    return archive.root / "takedown.ready"


def _cannot_write(archive: Archive, error: OSError) -> CannotWriteError:
    return CannotWriteError(
        f"cannot write the archive {archive.root}: {error.strerror or error}; make room or the folder writable, "
        "then try again"
    )
