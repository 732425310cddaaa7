from __future__ import annotations

import gzip
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.warc.packages import make, problems, swapped, write_warcs

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def package(tmp_path: Path) -> bytes:
    return make(tmp_path / "x.wacz", write_warcs(tmp_path)).read_bytes()


def test_a_good_package(package: bytes) -> None:
    assert problems(package) == []


@pytest.mark.parametrize(
    ("part", "new", "problem"),
    [
        ("datapackage.json", b'{"resources": []}', "is not the one that datapackage-digest.json names"),
        ("datapackage.json", b"{", "has a part that cannot be read"),
        ("pages/pages.jsonl", b"{}\n", "begins with no header"),
        ("pages/pages.jsonl", b"\n", "has a part that cannot be read"),
        ("indexes/index.idx", b'!meta 0 {"format": "cdxj-gzip-1.0"}\n', "goes on where indexes/index.idx ends"),
        ("indexes/index.idx", b'!meta 0 {"format": "lain"}\n', "of an unknown form"),
        ("indexes/index.idx", None, "it lacks indexes/index.idx"),
        ("datapackage-digest.json", None, "it lacks datapackage-digest.json"),
        ("archive/Pagi_2.warc.gz", b"", "does not have the digest and size"),
        ("archive/Pagi_2.warc.gz", b"", "the index leads to no record"),
        ("archive/Pagi_2.warc.gz", None, "is listed in datapackage.json and not there"),
        ("archive/lain.warc.gz", b"", "archive/lain.warc.gz is not listed"),
        ("indexes/index.cdx.gz", gzip.compress(b"b 1 {}\n"), "has another block at byte 0"),
    ],
)
def test_damage_is_found(package: bytes, part: str, new: bytes | None, problem: str) -> None:
    assert any(problem in found for found in problems(swapped(package, part, new)))


def test_what_is_no_zip_file(package: bytes) -> None:
    for broken in (b"", package[:-40], b"PK" + bytes(100)):
        assert any("no whole zip file" in problem for problem in problems(broken))


def test_an_entry_that_pretends_to_be_larger_than_it_is(package: bytes) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as given, zipfile.ZipFile(made, "w") as copy:
        for info in given.infolist():
            with copy.open(zipfile.ZipInfo(info.filename), "w", force_zip64=True) as entry:
                entry.write(given.read(info))
    assert any("ZIP64" in problem for problem in problems(made.getvalue()))
