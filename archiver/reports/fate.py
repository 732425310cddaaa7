"""What became of one address: all that ledgers, catalog, pending table and the log of takedowns say of it."""

from __future__ import annotations

import mmap
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from archiver.catalog import Catalog
from archiver.crawling.account import read_account
from archiver.crawling.ledger import Line
from archiver.crawling.pending import Pending
from archiver.crawling.schedule import Schedule
from archiver.reports.changes import changes
from archiver.takedown.log import TakenDown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from archiver.archive import Archive
    from archiver.article import Article
    from archiver.catalog import Entry
    from archiver.crawling.pending import Waiting
    from archiver.outlet import Outlet


class Told(Struct, frozen=True, kw_only=True):
    """What the ledger of a run says of the address, or, as its `target`, of one that it stands for."""

    run: str
    kind: str
    line: Line
    requisite: bool = False


class Held(Struct, frozen=True):
    """A capture of the address, and where it lies."""

    date: str
    type: str
    record_id: str
    file: str
    offset: int


class Version(Struct, frozen=True):
    """A version of the article at the address: when it was first seen, and what changed from the one before it."""

    number: int
    captured: str
    record_id: str
    title: str | None
    changes: tuple[str, ...]


class Waits(Struct, frozen=True):
    """That the address waits for the next run, since when, and how often it failed."""

    outlet: str
    found: str
    via: str | None
    failures: int


class Fate(Struct, frozen=True, kw_only=True):
    """The whole story of an address. `article` is the address of the article that is known by it, `names` all of its.

    `due` is when it is visited next (ISO 8601), None for never; `unread` names files that could not be read.
    """

    url: str
    outlet: str | None
    told: tuple[Told, ...]
    captures: tuple[Held, ...]
    article: str | None
    names: tuple[str, ...]
    versions: tuple[Version, ...]
    due: str | None
    waits: tuple[Waits, ...]
    taken_down: str | None
    unread: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        """Whether anything at all is said of the address."""
        return bool(self.told or self.captures or self.article or self.waits or self.taken_down)


def fate_of(url: str, archive: Archive, outlet: Outlet | None, revisits: Schedule) -> Fate:
    """Look the address up everywhere. `outlet` is the one that owns its host.

    Raises what opening the catalog raises, but for `NotFoundError`: an archive may have none yet.
    """
    unread: list[str] = []
    told = tuple(_told(url, archive, unread))
    captures: tuple[Held, ...] = ()
    versions: list[Entry] = []
    due: datetime | None = None
    names: tuple[str, ...] = ()
    if archive.catalog.exists():
        with Catalog(archive.catalog, read_only=True) as catalog:
            refs = catalog.captures(url)
            captures = tuple(Held(ref.date, ref.type, ref.record_id, ref.file, ref.offset) for ref in refs)
            versions = catalog.versions(url)
            visit = catalog.visit(url)
            due = revisits.due(visit) if visit else None
            names = tuple(catalog.addresses(versions[-1].article.url)) if versions else ()
    return Fate(
        url=url,
        outlet=outlet.name if outlet else None,
        told=told,
        captures=captures,
        article=versions[-1].article.url if versions else None,
        names=names,
        versions=tuple(_versions(versions)),
        due=due.isoformat() if due else None,
        waits=tuple(_waits(url, archive)),
        taken_down=TakenDown(archive).why(url),
        unread=tuple(unread),
    )


def _told(url: str, archive: Archive, unread: list[str]) -> Iterator[Told]:
    """In the order of the runs. Years of ledgers are searched as bytes; only lines that name the address are read."""
    needle = msgspec.json.encode(url)
    for folder in sorted(path for path in archive.runs.glob("*") if path.is_dir()):
        kind = ""
        for name in ("ledger.jsonl", "requisites.jsonl"):
            for line in _lines_with(needle, folder / name, unread):
                if url not in {line.url, line.target}:
                    continue
                kind = kind or _kind(folder, unread)
                yield Told(run=folder.name, kind=kind, line=line, requisite=name != "ledger.jsonl")


def _lines_with(needle: bytes, path: Path, unread: list[str]) -> Iterator[Line]:
    if not path.exists() or path.stat().st_size == 0:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        at = content.find(needle)
        while at != -1:
            start, end = content.rfind(b"\n", 0, at) + 1, content.find(b"\n", at)
            if end == -1:
                return  # half a line, as a killed run leaves it
            try:
                yield msgspec.json.decode(content[start:end], type=Line)
            except msgspec.MsgspecError as error:
                unread.append(f"{path}: {error}")
            at = content.find(needle, end)


def _kind(folder: Path, unread: list[str]) -> str:
    try:
        return read_account(folder / "run.json").kind
    except (OSError, msgspec.MsgspecError) as error:
        unread.append(f"{folder / 'run.json'}: {error}")
        return "run"


def _versions(entries: list[Entry]) -> Iterator[Version]:
    before: Article | None = None
    for entry in entries:
        changed = tuple(changes(before, entry.article)) if before is not None else ()
        yield Version(entry.version, entry.captured, entry.record_id, entry.article.title, changed)
        before = entry.article


def _waits(url: str, archive: Archive) -> Iterator[Waits]:
    if not archive.pending.exists():
        return
    with Pending(archive.pending, read_only=True) as pending:
        entries: list[Waiting] = pending.entries(url)
    for waiting in entries:
        yield Waits(waiting.outlet, waiting.found, waiting.via, waiting.failures)
