"""How records name each other: ids that are used once, links that lead to a record of the right kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warc.record import CAPTURES, parse_warc_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from warc.read import Record

_LINKS = ("WARC-Concurrent-To", "WARC-Refers-To", "WARC-Warcinfo-ID")


@dataclass(frozen=True, slots=True)
class LinkFault:
    """A fault of the record at `offset` of `file`; `code` and `message` as in `warc.verify.Finding`."""

    file: Path
    offset: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class _Node:
    """What is remembered of a record. `url` and `digest` are there for captures alone."""

    kind: str
    date: str
    url: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class _Link:
    file: Path
    offset: int
    field: str
    source: _Node
    target_id: str


class Links:
    """All records of some files that belong together. Show it each record, then ask for what is left open.

    `known` tells of an id whether it is in a file that is not among these.
    """

    def __init__(self, known: Callable[[str], bool]) -> None:
        self._known = known
        self._nodes: dict[str, _Node] = {}
        self._open: list[_Link] = []

    def follow(self, path: Path, record: Record, digest: str | None) -> Iterator[LinkFault]:
        """Faults of a record's id and of its links to records before it. `digest` is its entity's."""
        ref = record.ref
        if ref.record_id in self._nodes:
            yield LinkFault(path, ref.offset, "duplicate-id", f"{ref.record_id} is the id of another record, too")
        url = ref.url if ref.type in CAPTURES or ref.type == "conversion" else None
        node = self._nodes[ref.record_id] = _Node(ref.type, ref.date, url, digest)
        if ref.type == "revisit" and not record.get("WARC-Profile"):
            yield LinkFault(path, ref.offset, "revisit", "a revisit without WARC-Profile")
        for field in _LINKS:
            for target_id in record.all(field):
                link = _Link(path, ref.offset, field, node, target_id)
                if target_id == ref.record_id:
                    yield LinkFault(path, ref.offset, "link", f"{field} is the record itself")
                elif target := self._nodes.get(target_id):
                    yield from _check(link, target)
                else:
                    self._open.append(link)

    def unresolved(self) -> Iterator[LinkFault]:
        """Faults of the links to records that came later, or not at all."""
        for link in self._open:
            if target := self._nodes.get(link.target_id):
                yield from _check(link, target)
            elif not self._known(link.target_id):
                message = f"{link.field} {link.target_id} is the id of no record"
                yield LinkFault(link.file, link.offset, "link", message)


def _check(link: _Link, target: _Node) -> Iterator[LinkFault]:
    source = link.source
    if link.field == "WARC-Warcinfo-ID" and target.kind != "warcinfo":
        yield LinkFault(link.file, link.offset, "link", f"WARC-Warcinfo-ID leads to a {target.kind} record")
    if link.field != "WARC-Refers-To":
        return
    if source.kind == "conversion":
        if target.kind not in CAPTURES:
            yield LinkFault(link.file, link.offset, "conversion", f"it refers to a {target.kind} record")
        elif target.url != source.url:
            yield LinkFault(link.file, link.offset, "conversion", f"it is of {source.url}, its capture of {target.url}")
    elif source.kind == "revisit":
        yield from _check_revisit(link, target)


def _check_revisit(link: _Link, target: _Node) -> Iterator[LinkFault]:
    source = link.source
    if target.kind not in {"response", "resource"}:
        yield LinkFault(link.file, link.offset, "revisit", f"it refers to a {target.kind} record")
    elif source.digest and target.digest and source.digest != target.digest:
        yield LinkFault(link.file, link.offset, "revisit", "the capture it refers to has another payload digest")
    elif _later(target.date, source.date):
        yield LinkFault(link.file, link.offset, "revisit", f"the capture it refers to is younger: {target.date}")


def _later(one: str, other: str) -> bool:
    try:
        return parse_warc_date(one) > parse_warc_date(other)
    except ValueError:
        return False  # a fault of its own, which the record's check names
