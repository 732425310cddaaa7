"""Some records of an archive with all that they can't do without, as the members of one new file."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from warc.read import open_record, read_member, read_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warc.read import Record
    from warc.wacz import Member


@dataclass(frozen=True, slots=True)
class _Node:
    """A record and the ids it names: `needs` it can't do without, of those in `serves` it is a part."""

    record_id: str
    offset: int
    needs: tuple[str, ...]
    serves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """Records of some files, by file and offset in bytes. `missing` are ids that are in none of the files."""

    places: dict[Path, tuple[int, ...]]
    missing: frozenset[str]

    @property
    def size(self) -> int:
        """Bytes of all members."""
        return sum(len(member) for _, member in self.members())

    def members(self) -> Iterator[Member]:
        """The records as they are, file by file in their order; plain text is packed into members of its own."""
        for path, offsets in self.places.items():
            for offset in offsets:
                record = open_record(path, offset)
                member = read_member(path, record.ref)
                yield record, member if member.startswith(b"\x1f\x8b") else gzip.compress(member, mtime=0)


def select(record_ids: Iterable[str], likely: Iterable[Path], others: Iterable[Path] = ()) -> Selection:
    """The records of these ids, and with them what belongs to an exchange or is needed to read it.

    That are warcinfo, request and notes of a capture, the original of a revisit, and texts and notes that refer to
    one of them. `likely` files are read first, `others` only if something is in none of those. Only ids and places
    are kept in memory. Raises WarcReadError for a damaged file.
    """
    wanted, found = set(record_ids), dict[Path, dict[str, int]]()
    for paths in (tuple(likely), tuple(others)):
        grown = True
        while grown and not wanted <= set().union(*found.values()):
            before = len(wanted)
            for path in paths:
                found[path] = _gather(path, wanted)
            grown = len(wanted) > before
    places, there = dict[Path, tuple[int, ...]](), set[str]()
    for path, ids in sorted(found.items()):
        if fresh := ids.keys() - there:  # an id that two files hold is taken once
            places[path] = tuple(sorted(ids[record_id] for record_id in fresh))
            there |= fresh
    return Selection(places, frozenset(wanted - there))


def _gather(path: Path, wanted: set[str]) -> dict[str, int]:
    """Offsets of the wanted records of a file; what they need or what serves them becomes wanted too."""
    nodes = [_node(record) for record in read_records(path)]
    gathered = dict[str, int]()
    grown = True
    while grown:
        grown = False
        for node in nodes:
            if node.record_id in gathered or not (node.record_id in wanted or not wanted.isdisjoint(node.serves)):
                continue
            gathered[node.record_id] = node.offset
            wanted.add(node.record_id)
            wanted.update(node.needs)
            grown = True
    return gathered


def _node(record: Record) -> _Node:
    concurrent, refers = tuple(record.all("WARC-Concurrent-To")), tuple(record.all("WARC-Refers-To"))
    derived = record.ref.type in {"conversion", "metadata"}
    return _Node(
        record.ref.record_id,
        record.ref.offset,
        needs=(*concurrent, *record.all("WARC-Warcinfo-ID"), *refers),
        serves=(*concurrent, *refers) if derived else concurrent,
    )
