"""The archive folder: where everything that Kliping keeps lies, and what to say when it cannot be used.

`warc/` is the archive proper; `index/`, `runs/` and `catalog.db` can be made anew from it or tell how it came
about. `archive.toml` says what wrote the folder, so that a later version knows what it has before it.
"""

from __future__ import annotations

import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import archiver
from archiver.errors import BadDataError, CannotWriteError, NotFoundError

FORMAT: Final = 1
"""Version of the folder's own layout; a program that knows a lower one must not touch it."""

MARKER: Final = "archive.toml"


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive folder. `open` it to read, `create` it to write; the constructor checks nothing."""

    root: Path

    @property
    def warc(self) -> Path:
        """Folder of the WARC files: the captures, and the texts cut out of them."""
        return self.root / "warc"

    @property
    def index(self) -> Path:
        """Folder of the CDXJ files, one for each WARC file."""
        return self.root / "index"

    @property
    def runs(self) -> Path:
        """Folder with one folder for each run: its ledger and its account."""
        return self.root / "runs"

    @property
    def catalog(self) -> Path:
        """The SQLite file."""
        return self.root / "catalog.db"

    @property
    def pending(self) -> Path:
        """The SQLite file of addresses that were discovered and are not done with."""
        return self.root / "pending.db"

    @property
    def takedowns(self) -> Path:
        """The log of what was taken out of the archive, and why; only ever appended to."""
        return self.root / "takedowns.jsonl"

    @property
    def marker(self) -> Path:
        """The file that says what wrote the folder."""
        return self.root / MARKER

    def warc_files(self) -> tuple[Path, ...]:
        """All finished WARC files, by name; those that are still being written are left out."""
        return tuple(sorted(path for path in self.warc.glob("*.warc*") if path.name.endswith((".warc", ".warc.gz"))))

    @classmethod
    def open(cls, path: str | Path) -> Archive:
        """The archive at `path`, to read it.

        A folder with nothing but `warc/` is one too. Raises `NotFoundError` where nothing is, `BadDataError`
        where something else is or where a newer version wrote it.
        """
        archive = cls(Path(path))
        if not archive.root.exists():
            raise NotFoundError(
                f"there is no archive at {path}: give its folder, or make one with kliping crawl or replay"
            )
        if not archive.warc.is_dir() and not archive.marker.is_file():
            raise BadDataError(f"{path} is no archive: it has neither a folder warc/ nor a file {MARKER}")
        _check_format(archive.marker)
        return archive

    @classmethod
    def create(cls, path: str | Path) -> Archive:
        """The archive at `path`, to write into it; made if it is not there yet.

        Raises `BadDataError` where the folder holds other things, `CannotWriteError` where nothing can be
        written.
        """
        archive = cls(Path(path))
        try:
            if archive.root.is_dir() and any(archive.root.iterdir()):
                cls.open(path)
            for folder in (archive.warc, archive.index, archive.runs):
                folder.mkdir(parents=True, exist_ok=True)
            if not archive.marker.exists():
                archive.marker.write_text(_marker(), encoding="utf-8")
            with tempfile.TemporaryFile(dir=archive.warc):
                pass  # a folder that is there already may still be read-only
        except OSError as error:
            reason = error.strerror or str(error)
            raise CannotWriteError(
                f"cannot write the archive {path}: {reason}; make the folder writable or name another one"
            ) from error
        return archive


def _marker() -> str:
    return (
        "# A Kliping archive. warc/ holds everything that was captured; the rest can be made anew from it.\n"
        f'software = "kliping"\nversion = "{archiver.__version__}"\nformat = {FORMAT}\n'
    )


def _check_format(marker: Path) -> None:
    if not marker.exists():
        return
    try:
        found = tomllib.loads(marker.read_text(encoding="utf-8")).get("format")
    except (OSError, ValueError) as error:
        raise BadDataError(f"cannot read {marker}: {error}; mend or remove the file") from error
    if not isinstance(found, int) or found > FORMAT:
        raise BadDataError(f"{marker} says format = {found!r}, this Kliping knows 1 to {FORMAT}: use a newer one")
