"""Whether a WACZ package is what it says: digests, index, pages and signature, read from the file itself."""

from __future__ import annotations

import gzip
import hashlib
import json
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

from warc.record import timestamp14
from warc.signing import is_signed_by
from warc.zipnum import FORMAT

if TYPE_CHECKING:
    from collections.abc import Iterator

_REQUIRED = (
    "datapackage.json",
    "datapackage-digest.json",
    "pages/pages.jsonl",
    "indexes/index.idx",
    "indexes/index.cdx.gz",
)

_PIECE = 1024 * 1024
_LOCAL_HEADER = struct.Struct("<26xHH")
_STARTS = (b"\x1f\x8b\x08", b"WARC/1.")

_Object: TypeAlias = dict[str, Any]
_Capture: TypeAlias = tuple[str, str]


def check_wacz(file: BinaryIO) -> Iterator[str]:
    """All that is wrong with a package, in words; nothing where nothing is. Raises OSError as it comes."""
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
            if missing := [name for name in _REQUIRED if name not in names]:
                yield f"it lacks {', '.join(missing)}"
                return
            yield from _check_manifest(package)
            pages = _pages(package)
            yield from _check_index(package, file, pages)
            for url, moment in sorted(pages):
                yield f"the page {url} of {moment} is no capture in the package"
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        yield f"it is no whole zip file: {error}"
    except (ValueError, KeyError, TypeError) as error:
        yield f"it has a part that cannot be read: {type(error).__name__}: {error}"


def _check_manifest(package: zipfile.ZipFile) -> Iterator[str]:
    manifest = package.read("datapackage.json")
    sealed: _Object = json.loads(package.read("datapackage-digest.json"))
    digest = f"sha256:{hashlib.sha256(manifest).hexdigest()}"
    if sealed["hash"] != digest:
        yield "datapackage.json is not the one that datapackage-digest.json names"
    signed: _Object | None = sealed.get("signedData")
    if signed is not None and not (signed["hash"] == digest and is_signed_by(digest, signed)):
        yield "the signature is not that of its key over datapackage.json"
    listed: dict[str, _Object] = {entry["path"]: entry for entry in json.loads(manifest)["resources"]}
    found = {info.filename: info for info in package.infolist()}
    for path in found.keys() - listed.keys() - {"datapackage.json", "datapackage-digest.json"}:
        yield f"{path} is not listed in datapackage.json"
    for path, resource in listed.items():
        if path not in found:
            yield f"{path} is listed in datapackage.json and not there"
            continue
        if found[path].compress_type != zipfile.ZIP_STORED and path.startswith("archive/"):
            yield f"{path} is compressed twice: no record of it can be fetched by itself"
        if _digest(package, path) != (resource["hash"], resource["bytes"]):
            yield f"{path} does not have the digest and size that datapackage.json states"
    if not any(path.startswith("archive/") for path in listed):
        yield "it holds no WARC file"


def _digest(package: zipfile.ZipFile, path: str) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with package.open(path) as entry:
        while piece := entry.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return f"sha256:{digest.hexdigest()}", size


def _pages(package: zipfile.ZipFile) -> set[_Capture]:
    """Address and timestamp of all pages. Raises ValueError where their list has no header."""
    with package.open("pages/pages.jsonl") as lines:
        header: _Object = json.loads(lines.readline() or b"{}")
        if header.get("format") != "json-pages-1.0":
            raise ValueError("pages/pages.jsonl begins with no header")
        pages: Iterator[_Object] = map(json.loads, lines)
        return {(page["url"], timestamp14(page["ts"])) for page in pages}


def _check_index(package: zipfile.ZipFile, file: BinaryIO, pages: set[_Capture]) -> Iterator[str]:
    """Whether each line leads to a record; captures that are found are taken out of `pages`."""
    header, *rows = package.read("indexes/index.idx").splitlines()
    if json.loads(header.removeprefix(b"!meta 0 "))["format"] != FORMAT:
        yield "indexes/index.idx is of an unknown form"
    places = dict[str, tuple[int, int]]()
    for info in package.infolist():
        start, extra = _data(file, info)
        if extra and not info.extra:
            yield f"{info.filename} has ZIP64 fields that the zip's directory lacks: ReplayWeb.page misreads it"
        places[info.filename] = (start, info.file_size if info.compress_type == zipfile.ZIP_STORED else 0)
    previous = b""
    with package.open("indexes/index.cdx.gz") as blocks:
        for row in rows:
            place: _Object = json.loads(row.split(b" ", 2)[2])
            block = blocks.read(place["length"])
            if place["digest"] != f"sha256:{hashlib.sha256(block).hexdigest()}":
                yield f"indexes/index.cdx.gz has another block at byte {place['offset']} than indexes/index.idx says"
            for line in gzip.decompress(block).splitlines():
                if line < previous:
                    yield f"indexes/index.cdx.gz is not sorted: {line[:80]!r}"
                previous = line
                _key, moment, fields = line.split(b" ", 2)
                capture: _Object = json.loads(fields)
                pages.discard((capture["url"], moment.decode()))
                if not _is_record(file, *places.get(f"archive/{capture['filename']}", (0, 0)), capture):
                    yield f"the index leads to no record: {line[:160]!r}"
        if blocks.read(1):
            yield "indexes/index.cdx.gz goes on where indexes/index.idx ends"


def _data(file: BinaryIO, info: zipfile.ZipInfo) -> tuple[int, int]:
    """Where the bytes of an entry begin in the zip file, and how long the extra fields before them are."""
    file.seek(info.header_offset)
    name_length, extra_length = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    return info.header_offset + _LOCAL_HEADER.size + name_length + extra_length, extra_length


def _is_record(file: BinaryIO, start: int, size: int, capture: _Object) -> bool:
    offset, length = int(capture["offset"]), int(capture["length"])
    if offset + length > size:
        return False
    file.seek(start + offset)
    return file.read(8).startswith(_STARTS)
