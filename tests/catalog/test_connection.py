"""The catalog's file: shared, refused, read-only; every fault says what to do."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from archiver.catalog import Catalog
from archiver.errors import BadDataError, CannotWriteError, LockedError, NotFoundError
from tests.catalog.support import URL, Writer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    with Writer(tmp_path / "arsip") as writer:
        yield writer


def test_two_writers_share_a_catalog(writer: Writer) -> None:
    with Catalog(writer.archive.catalog) as other, Catalog(writer.archive.catalog, read_only=True) as reader:
        writer.clip()
        assert other.known(URL)
        assert reader.known(URL)
        other.add_capture(writer.capture(), 200)
    assert writer.catalog.counts() == (2, 1)


def test_reading_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="kliping catalog rebuild"):
        Catalog(tmp_path / "catalog.db", read_only=True)


@pytest.mark.parametrize("read_only", [False, True])
def test_another_version_is_refused(tmp_path: Path, *, read_only: bool) -> None:
    path = tmp_path / "catalog.db"
    Catalog(path).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 7")
    db.close()
    with pytest.raises(BadDataError, match=r"version 7.*kliping catalog rebuild"):
        Catalog(path, read_only=read_only)


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_that_is_no_catalog_is_refused(tmp_path: Path, *, read_only: bool) -> None:
    path = tmp_path / "catalog.db"
    path.write_bytes(b"bukan basis data" * 100)
    with pytest.raises(BadDataError, match="kliping catalog rebuild"):
        Catalog(path, read_only=read_only)


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "berkas").touch()
    with pytest.raises(CannotWriteError, match=r"berkas/catalog\.db"):
        Catalog(tmp_path / "berkas" / "catalog.db")


def test_a_writer_that_waits_too_long(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.catalog.connection.WAIT", 0.01)
    ref = writer.capture()
    with (
        Catalog(writer.archive.catalog) as other,
        writer.catalog.transaction(),
        pytest.raises(LockedError, match="in use"),
    ):
        other.add_capture(ref, 200)


def test_a_catalog_on_a_read_only_medium(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    writer.clip()
    writer.catalog.close()
    monkeypatch.setattr("archiver.catalog.connection.os.access", lambda *_: False)
    with Catalog(writer.archive.catalog, read_only=True) as reader:
        assert reader.known(URL)
    assert [path.name for path in writer.archive.root.glob("catalog*")] == ["catalog.db"]
