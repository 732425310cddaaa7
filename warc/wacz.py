"""WACZ: WARC files, their index and a list of pages in one zip file, which a browser replays from any web server.

Written record by record: each is checked on its way, and no file is ever held in memory. The layout is that of WACZ
1.2.0 (specs.webrecorder.net/wacz/1.2.0), but for two words that its clients do not take yet: ReplayWeb.page opens no
package whose `profile` is "wacz", py-wacz validates none whose `wacz_version` is not "1.1.1".
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

from warc.cdxj import FileIndex
from warc.checks import check_record
from warc.datapackage import DataPackage, whole_file
from warc.errors import PackageError, WarcReadError
from warc.read import Record, read_records
from warc.record import CAPTURES, timestamp14
from warc.wacz_check import check_wacz
from warc.zipnum import SortedLines, write_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from warc.signing import Signer

Member: TypeAlias = tuple[Record, bytes]
"""A record, and its bytes as they lie in a file: its gzip member, or plain text."""

INDEX, BLOCKS, PAGES = "indexes/index.idx", "indexes/index.cdx.gz", "pages/pages.jsonl"

_GRAVE = frozenset({"block-digest", "payload-digest"})
"""Faults of a record that a package must not spread; others are those of whoever wrote it, and harm no replay."""


@dataclass(frozen=True, slots=True)
class Source:
    """A WARC file to be packed: its name in the package, its bytes by number, and its records in their order."""

    name: str
    size: int
    members: Iterable[Member]


@dataclass(frozen=True, slots=True)
class Page:
    """A page that a reader can choose or search for.

    `url` and `date` are those of a capture in the package, as its record has them. `text` is searched in.
    """

    id: str
    url: str
    date: str
    title: str | None
    text: str


@dataclass(frozen=True, slots=True)
class About:
    """What a package says of itself; `created` is aware."""

    title: str
    description: str
    software: str
    version: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Contents:
    """What a package holds: files, captures and pages by number; `size` in bytes."""

    warcs: int
    captures: int
    pages: int
    size: int


def write_wacz(
    path: Path,
    warcs: Iterable[Source],
    pages: Iterable[Page],
    about: About,
    *,
    signer: Signer | None = None,
) -> Contents:
    """Write a package; it is there whole and checked, or not at all.

    `pages` is read after the WARC files. Raises WarcReadError for a damaged record, WarcWriteError where the disk
    refuses, PackageError where the pages do not fit the captures.
    """
    with whole_file(path) as file:
        with DataPackage(file, about.created) as package, SortedLines() as lines:
            files = captures = 0
            for source in warcs:
                added = _add_warc(package, source)
                lines.add(added)
                files, captures = files + 1, captures + len(added)
            with package.drafted(BLOCKS, stored=True) as write:
                index = write_blocks(lines, write, "index.cdx.gz")
            package.add(INDEX, index)
            count = _add_pages(package, pages)
            _seal(package, about, signer)
        if problems := list(check_wacz(file)):
            raise PackageError(path, problems)
        return Contents(files, captures, count, os.fstat(file.fileno()).st_size)


def whole(path: Path) -> Source:
    """A WARC file as it is. Its `members` raise WarcReadError where it is damaged."""
    return Source(path.name, path.stat().st_size, _members(path))


def _members(path: Path) -> Iterator[Member]:
    with path.open("rb") as file:
        for record in read_records(path):
            file.seek(record.ref.offset)
            yield record, file.read(record.ref.length)


def _add_warc(package: DataPackage, source: Source) -> list[str]:
    """A WARC file; returns the lines of its index."""
    index, digests, offset = FileIndex(), list[str](), 0
    with package.entry(f"archive/{source.name}", source.size, stored=True) as write:
        for record, member in source.members:
            _refuse_damage(record)
            write(member)
            place = replace(record.ref, file=source.name, offset=offset, length=len(member))
            index.add(replace(record, ref=place))
            if record.ref.type in CAPTURES:
                digests.append(hashlib.sha256(member).hexdigest())
            offset += len(member)
    return [_with_digest(line, digest) for line, digest in zip(index.lines(), digests, strict=True)]


def _add_pages(package: DataPackage, pages: Iterable[Page]) -> int:
    """The list of pages; returns how many there are."""
    count = 0
    with package.drafted(PAGES) as write:
        write(_json({"format": "json-pages-1.0", "id": "pages", "title": "All pages", "hasText": True}) + b"\n")
        for page in pages:
            values = {"id": page.id, "url": page.url, "ts": _rfc3339(page.date), "title": page.title or page.url}
            write(_json(values | {"text": page.text}) + b"\n")
            count += 1
    return count


def _seal(package: DataPackage, about: About, signer: Signer | None) -> None:
    created = about.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    maker = {"created": created, "software": about.software, "version": about.version}
    package.seal(
        {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": about.title,
            "description": about.description,
            "created": created,
            "software": f"{about.software}/{about.version}",
        },
        sign=(lambda digest: {**maker, **signer.sign(digest)}) if signer else None,
    )


def _refuse_damage(record: Record) -> None:
    for code, message in check_record(record):
        if code in _GRAVE:
            raise WarcReadError(record.ref.file, record.ref.offset, message)


def _with_digest(line: str, digest: str) -> str:
    """The line with the digest of the record as it lies in the file, which clients check when they fetch it."""
    key, moment, fields = line.split(" ", 2)
    return f"{key} {moment} {json.dumps(json.loads(fields) | {'recordDigest': f'sha256:{digest}'})}"


def _rfc3339(date: str) -> str:
    """A WARC-Date to the second, as the index has it: a page is looked up by it."""
    moment = datetime.strptime(timestamp14(date), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _json(values: Mapping[str, object]) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")
