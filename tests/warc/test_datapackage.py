from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.warc.samples import START
from warc.datapackage import DataPackage, whole_file
from warc.errors import WarcWriteError

if TYPE_CHECKING:
    from pathlib import Path


def test_every_part_is_listed_with_digest_and_size() -> None:
    file = io.BytesIO()
    with DataPackage(file, START) as package:
        package.add("Lain/Isi Satu.txt", b"satu")
        with package.drafted("dua.gz", stored=True) as write:
            write(b"du")
            write(b"a")
        package.seal({"title": "Uji"}, sign=lambda digest: {"signature": digest[::-1]})
    with zipfile.ZipFile(file) as made:
        manifest = made.read("datapackage.json")
        sealed = json.loads(made.read("datapackage-digest.json"))
        assert made.read("Lain/Isi Satu.txt") == b"satu"
        assert made.read("dua.gz") == b"dua"
        kinds = [info.compress_type for info in made.infolist()]
        assert {info.date_time for info in made.infolist()} == {(2021, 5, 4, 3, 2, 0)}  # a zip counts every 2nd second
    assert kinds == [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED]
    assert json.loads(manifest) == {
        "title": "Uji",
        "resources": [
            {"name": "isi-satu.txt", "path": "Lain/Isi Satu.txt", "hash": _label(b"satu"), "bytes": 4},
            {"name": "dua.gz", "path": "dua.gz", "hash": _label(b"dua"), "bytes": 3},
        ],
    }
    digest = _label(manifest)
    signed = {"hash": digest, "signature": digest[::-1]}
    assert sealed == {"path": "datapackage.json", "hash": digest, "signedData": signed}


def _label(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def fill(path: Path, data: bytes, error: Exception | None = None) -> None:
    with whole_file(path) as file:
        file.write(data)
        if error:
            raise error


def overfill(package: DataPackage) -> None:
    with package.entry("a.warc.gz", 3) as write:
        write(b"1234")


def test_a_part_that_grows_while_it_is_packed() -> None:
    package = DataPackage(io.BytesIO(), START)
    with package, pytest.raises(WarcWriteError, match=r"cannot write a\.warc\.gz: it grew"):
        overfill(package)


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.wacz"
    fill(path, b"satu")
    with pytest.raises(RuntimeError):
        fill(path, b"dua", RuntimeError())
    assert [found.read_bytes() for found in tmp_path.iterdir()] == [b"satu"]

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WarcWriteError, match=r"cannot write .*x\.wacz: No space left on device"):
        fill(path, b"dua")
    assert [found.read_bytes() for found in tmp_path.iterdir()] == [b"satu"]


def test_the_error_names_the_file_that_is_not_there(tmp_path: Path) -> None:
    missing = FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "tiada.warc.gz")
    with pytest.raises(WarcWriteError, match=r"x\.wacz: tiada\.warc\.gz: No such file"):
        fill(tmp_path / "x.wacz", b"", missing)
    with pytest.raises(WarcWriteError, match=r"tiada/x\.wacz: No such file or directory$"):
        fill(tmp_path / "tiada" / "x.wacz", b"")
