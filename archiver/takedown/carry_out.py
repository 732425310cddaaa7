"""A takedown from the address to the last line of its log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import archiver
from archiver.captures import Captures
from archiver.catalog import Catalog
from archiver.crawling.account import new_run_id
from archiver.crawling.recovery import as_ours
from archiver.takedown.journal import commit, draft_folder, finish
from archiver.takedown.log import RemovedRecord, Takedown
from archiver.takedown.logs import mentions
from archiver.takedown.prepare import prepare_files, prepare_logs
from archiver.takedown.scan import Scan
from archiver.takedown.target import find_target
from warc.errors import WarcWriteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from archiver.archive import Archive
    from archiver.config import Config
    from archiver.outlets import Outlets
    from archiver.takedown.scan import Doomed, Plan
    from archiver.takedown.target import Target


@dataclass(frozen=True, slots=True)
class Found:
    """What a takedown would do: `logs` are files of runs with words in them, `others` such files that are not ours."""

    target: Target
    plan: Plan
    logs: tuple[Path, ...]
    others: tuple[Path, ...]


def look(
    archive: Archive,
    outlets: Outlets,
    url: str,
    *,
    copies: bool = False,
    on_file: Callable[[Path], None] = lambda _: None,
) -> Found:
    """What has to go with an address; nothing is changed.

    Raises `BadDataError` where a file is damaged, `NotFoundError` where there is no catalog.
    """
    with Catalog(archive.catalog, read_only=True) as catalog:
        captures = Captures(archive, catalog, outlets)
        target = find_target(archive, catalog, outlets, url)
        plan = Scan(archive, catalog, captures, target, copies=copies, on_file=on_file).run()
    mentioned = [path for path in _other_files(archive) if mentions(path, target.words)]
    logs = tuple(path for path in mentioned if path.is_relative_to(archive.runs))
    return Found(target, plan, logs, tuple(path for path in mentioned if path not in logs))


def carry_out(archive: Archive, config: Config, found: Found, *, reason: str, policy: str | None) -> Takedown:
    """Do what `look` has found, all of it or nothing. The caller has held the archive alone since before it looked.

    Each rewritten file is verified before it takes the old one's place. Raises `CannotWriteError`, and `LockedError`
    where somebody reads the catalog: what is left is then carried on with at the next start.
    """
    moment = datetime.now(UTC)
    takedown = Takedown(
        id=new_run_id(moment, "takedown"),
        time=moment.isoformat(timespec="seconds"),
        url=found.target.url,
        reason=reason,
        policy=policy,
        operator=config.operator,
        version=archiver.__version__,
        tombstone="",
        addresses=tuple(sorted(found.plan.addresses)),
        removed=tuple(map(_removed, found.plan.records)),
        files=(),
    )
    draft = draft_folder(archive)
    try:
        takedown = prepare_files(archive, config, found.plan, takedown, draft)
        prepare_logs(archive, found.logs, found.target.words, takedown, draft)
    except (WarcWriteError, OSError) as error:
        raise as_ours(error, archive.root) from error
    commit(archive, takedown)
    finish(archive)
    return takedown


def _removed(found: Doomed) -> RemovedRecord:
    ref = found.ref
    return RemovedRecord(
        record_id=ref.record_id,
        type=ref.type,
        url=ref.url,
        date=ref.date,
        payload_digest=ref.payload_digest,
        file=ref.file,
        offset=ref.offset,
        length=ref.length,
        because=found.reason,
    )


def _other_files(archive: Archive) -> Iterator[Path]:
    """Everything in the archive's folder that is neither a WARC file nor an index nor one of its databases."""
    databases = (archive.catalog.name, archive.pending.name)
    ours = {archive.marker, archive.takedowns, *archive.warc_files(), *archive.index.glob("*.cdxj")}
    for path in sorted(archive.root.rglob("*")):
        if path.is_file() and path not in ours and not path.name.startswith(databases):
            yield path
