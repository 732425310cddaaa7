"""Everything that a takedown changes, written anew beside the archive and checked before it counts."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

import msgspec

from archiver.config import PRODUCT
from archiver.errors import KlipingError
from archiver.takedown.log import ChangedFile
from archiver.takedown.logs import redact
from warc.cdxj import cdxj_name, write_cdxj
from warc.draft import WARC_FIELDS, warc_fields
from warc.read import read_records
from warc.record import WarcInfo
from warc.rewrite import rewrite
from warc.verify import verify
from warc.write import WarcWriter

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from archiver.archive import Archive
    from archiver.config import Config
    from archiver.takedown.log import Takedown
    from archiver.takedown.scan import Doomed, Plan
    from archiver.takedown.words import Words
    from warc.record import RecordRef
    from warc.verify import Finding

_DESCRIPTION: Final = "a note on what was taken out of other files of this archive"


def prepare_files(archive: Archive, config: Config, plan: Plan, takedown: Takedown, draft: Path) -> Takedown:
    """Write the tombstone, the WARC files without the records that go, and their indexes into the draft folder.

    Returns the takedown with the tombstone's id and the digests of the files. Raises warc.errors.WarcWriteError, and
    `KlipingError` where a rewritten file is not what it should be.
    """
    moment = datetime.fromisoformat(takedown.time)
    tombstone = _bury(config, takedown, moment, draft)
    changed = []
    _write_indexes(archive, plan, draft)
    for path, doomed in sorted(plan.doomed.items()):
        target = draft / "warc" / path.name
        digests = rewrite(path, target, (found.ref for found in doomed.values()), tombstone, moment)
        changed.append(ChangedFile(path.name, digests.before, digests.after))
        _check(archive, path, target, doomed)
    return msgspec.structs.replace(takedown, tombstone=tombstone, files=tuple(changed))


def prepare_logs(archive: Archive, logs: Collection[Path], words: Words, takedown: Takedown, draft: Path) -> None:
    """Write the logs of runs without the words into the draft folder."""
    for path in logs:
        target = draft / path.relative_to(archive.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        redact(path, target, words, takedown.id)


def _bury(config: Config, takedown: Takedown, moment: datetime, draft: Path) -> str:
    """Write the note that stays in the archive; returns its record id."""
    info = WarcInfo(
        software=PRODUCT,
        operator=config.operator or "",
        contact=config.contact or "",
        user_agent="",
        robots="",
        settings_digest="",
        description=_DESCRIPTION,
    )
    name = f"takedown-{takedown.id.rpartition('-')[2]}"
    writer = WarcWriter(draft / "warc", name, info, clock=lambda: moment, index_directory=draft / "index")
    tombstone = writer.write_metadata(takedown.url, warc_fields(_note(takedown)), WARC_FIELDS)
    writer.close()
    return tombstone.record_id


def _note(takedown: Takedown) -> Iterator[tuple[str, str]]:
    yield "takedown", takedown.id
    yield "time", takedown.time
    yield "reason", takedown.reason
    if takedown.policy:
        yield "policy", takedown.policy
    if takedown.operator:
        yield "operator", takedown.operator
    for address in takedown.addresses:
        yield "address", address
    for record in takedown.removed:
        facts = (record.type, record.record_id, record.date, record.payload_digest or "-", record.url or "-")
        yield "removed", " ".join(facts)


def _write_indexes(archive: Archive, plan: Plan, draft: Path) -> None:
    """Without the captures that go: the index of each file, and any other that names them."""
    names = {path.name: doomed for path, doomed in plan.doomed.items()}
    own = {cdxj_name(name) for name in names}
    for path in sorted(archive.index.glob("*.cdxj")):
        lines = path.read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if not _names(line, names)]
        if path.name in own or len(kept) < len(lines):
            write_cdxj(kept, draft / "index" / path.name)


def _names(line: str, doomed: dict[str, dict[int, Doomed]]) -> bool:
    """Whether the line of an index is about a record that goes."""
    fields = json.loads(line.split(" ", 2)[2])
    return int(fields["offset"]) in doomed.get(fields["filename"], {})


def _check(archive: Archive, path: Path, target: Path, doomed: Collection[int]) -> None:
    """See to it that all other records are where they were, that no doomed one is, and that no fault has come in."""
    stay = ((ref.offset, ref.length, ref.record_id) for ref in _refs(path) if ref.offset not in doomed)
    there = ((ref.offset, ref.length, ref.record_id) for ref in _refs(target) if ref.offset not in doomed)
    same = all(one == other for one, other in zip_longest(stay, there))
    faults = {(found.offset, found.code) for found in _verify(target, target.parent.parent / "index")}
    if not same or not faults <= {(found.offset, found.code) for found in _verify(path, archive.index)}:
        raise KlipingError(f"the copy of {path} without these records is not whole: nothing was changed; report it")


def _refs(path: Path) -> Iterator[RecordRef]:
    return (record.ref for record in read_records(path))


def _verify(path: Path, index: Path) -> Iterator[Finding]:
    return verify([path], index_directory=index, known=lambda _record_id: True)
