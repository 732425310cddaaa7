from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import bagit
import pytest

from archiver.catalog import Catalog
from archiver.errors import BadDataError, CannotWriteError, NotFoundError
from archiver.packaging.bag import make_bag
from tests.catalog.support import URL, Writer

if TYPE_CHECKING:
    from archiver.archive import Archive


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    with Writer(tmp_path / "archive") as writer:
        writer.clip()
    return writer.archive


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_bag_holds_the_archive_and_its_checksums(archive: Archive, tmp_path: Path) -> None:
    before = Path.cwd()
    bagged = make_bag(archive, tmp_path / "tas", {"Source-Organization": "Arsip Berita"})
    assert Path.cwd() == before
    bag = bagit.Bag(str(tmp_path / "tas"))
    assert bag.is_valid()
    assert bag.info["Source-Organization"] == "Arsip Berita"
    assert bag.info["Bag-Software-Agent"].startswith("Kliping/")
    assert bag.info["Payload-Oxum"] == f"{bagged.size}.{bagged.files}"
    payload = files(tmp_path / "tas" / "data")
    original = {name: data for name, data in files(archive.root).items() if not name.startswith("catalog.db")}
    assert payload.pop("catalog.db")
    assert payload == original
    (warc,) = archive.warc_files()
    for algorithm in ("sha256", "sha512"):
        manifest = (tmp_path / "tas" / f"manifest-{algorithm}.txt").read_text()
        digest = hashlib.new(algorithm, warc.read_bytes()).hexdigest()
        assert f"{digest}  data/warc/{warc.name}\n" in manifest


def test_a_catalog_in_use_is_copied_as_of_one_moment(archive: Archive, tmp_path: Path) -> None:
    with Writer(archive.root, prefix="lagi") as writer:
        writer.clip("https://contoh.test/baru")  # it is in the catalog's log, not yet in its file
        assert (archive.root / "catalog.db-wal").exists()
        make_bag(archive, tmp_path / "tas", {})
    payload = tmp_path / "tas" / "data"
    assert not list(payload.glob("catalog.db-*"))
    with Catalog(payload / "catalog.db", read_only=True) as catalog:
        assert catalog.known(URL)
        assert catalog.known("https://contoh.test/baru")
    with sqlite3.connect(payload / "catalog.db") as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    db.close()


def test_where_a_bag_cannot_be(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "tas").mkdir()
    with pytest.raises(CannotWriteError, match="is there already"):
        make_bag(archive, tmp_path / "tas", {})
    with pytest.raises(CannotWriteError, match="lies within the archive"):
        make_bag(archive, archive.root / "tas", {})
    (tmp_path / "berkas").touch()
    with pytest.raises(CannotWriteError, match=r"cannot write .*berkas/tas: Not a directory"):
        make_bag(archive, tmp_path / "berkas" / "tas", {})


def test_an_archive_without_warc_files(archive: Archive, tmp_path: Path) -> None:
    shutil.rmtree(archive.warc)
    with pytest.raises(NotFoundError, match="nothing to put into a bag"):
        make_bag(archive, tmp_path / "tas", {})


def test_a_full_disk_leaves_nothing(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(shutil, "copy2", full)
    with pytest.raises(CannotWriteError, match=r"tas: No space left on device; make room"):
        make_bag(archive, tmp_path / "tas", {})
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


def test_a_copy_that_changes_while_it_is_checked(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def damaged(folder: str, *args: object, **kwargs: object) -> bagit.Bag:
        bag = make(folder, *args, **kwargs)
        (warc,) = Path(folder, "data", "warc").iterdir()
        warc.write_bytes(warc.read_bytes()[:-1])
        return bag

    make = bagit.make_bag
    monkeypatch.setattr(bagit, "make_bag", damaged)
    with pytest.raises(BadDataError, match=r"the copy of .* is not what was read"):
        make_bag(archive, tmp_path / "tas", {})
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]
    assert capfd.readouterr().err == ""
