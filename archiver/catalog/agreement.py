"""Whether the catalog says of the WARC files what is in them: each record at its place, and none more or less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warc.verify import Finding

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

    from archiver.catalog.store import Catalog
    from warc.read import Record
    from warc.record import RecordRef

_CATALOGUED = frozenset({"response", "revisit", "conversion"})


class Agreement:
    """Show it every record of an archive; then it tells what does not agree. Its findings' code is `catalog`."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._seen: set[str] = set()
        self._findings: list[Finding] = []

    def add(self, path: Path, record: Record) -> None:
        """Compare a record with what the catalog says of it."""
        ref = record.ref
        self._seen.add(ref.record_id)
        known = self._catalog.record(ref.record_id)
        if known is None:
            if ref.type in _CATALOGUED:
                self._note(path, ref.offset, f"the catalog does not know this {ref.type} of {ref.url}")
        elif _place(known) != _place(ref):
            place = f"{known.type} of {known.url} in {known.file} at byte {known.offset}"
            self._note(path, ref.offset, f"the catalog says of this {ref.type} record: {place}")

    def findings(self, folder: Path, *, unread: Container[str] = ()) -> Iterator[Finding]:
        """All that does not agree. Of files that are `unread`, by name, nothing is known; `folder` has the others."""
        yield from self._findings
        for name in self._catalog.files():
            if name in unread:
                continue
            for ref in self._catalog.records_in(name):
                if ref.record_id not in self._seen:
                    message = f"the catalog knows a {ref.type} of {ref.url} here that is not there"
                    yield Finding(folder / name, ref.offset, "catalog", message)
        for url, record_id in self._catalog.loose_ends():
            message = f"the article {url} rests on {record_id}, which is in no file"
            yield Finding(self._catalog.path, 0, "catalog", message)

    def _note(self, path: Path, offset: int, message: str) -> None:
        self._findings.append(Finding(path, offset, "catalog", message))


def _place(ref: RecordRef) -> tuple[object, ...]:
    return (ref.file, ref.offset, ref.length, ref.type, ref.url, ref.date)
