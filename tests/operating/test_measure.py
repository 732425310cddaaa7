"""What an archive takes of the disk, and who is writing to it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from archiver.crawling.lock import archive_lock, outlet_locks
from archiver.operating import measure
from archiver.operating.measure import disk, lock_holders, warc_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.archive import Archive


def test_the_disk_is_divided_by_part(archive: Archive) -> None:
    (archive.warc / "contoh-20210113000000-00000-x.warc.gz").write_bytes(b"x" * 100)
    (archive.root / "catalog.db").write_bytes(b"x" * 10)
    (archive.root / "catalog.db-wal").write_bytes(b"x" * 7)
    (archive.runs / "satu").mkdir()
    (archive.runs / "satu" / "ledger.jsonl").write_bytes(b"x" * 5)
    found = disk(archive)
    assert (found.warc, found.index, found.catalog, found.runs) == (100, 0, 17, 5)
    assert found.other == archive.marker.stat().st_size
    assert found.used == 122 + found.other
    assert 0 < found.free < found.size


def test_warc_files_belong_to_the_outlet_in_their_name(archive: Archive) -> None:
    for name, count in (
        ("media-indonesia-20210113000000-00000-x.warc.gz", 3),
        ("media-indonesia-20210114000000-00000-x.warc.gz.open", 4),
        ("media-20210113000000-00000-x.warc.gz", 1),
        ("lain.warc.gz", 50),
    ):
        (archive.warc / name).write_bytes(b"x" * count)
    assert warc_bytes(archive) == {"media-indonesia": 7, "media": 1}


@pytest.mark.skipif(not os.access("/proc/locks", os.R_OK), reason="the kernel tells of its locks on Linux alone")
def test_who_holds_a_lock(archive: Archive) -> None:
    locks = archive.root / "locks"
    with archive_lock(locks, alone=False), outlet_locks(locks, ["satu", "dua"]):
        assert lock_holders(archive) == {"dua": os.getpid(), "satu": os.getpid()}
    assert lock_holders(archive) == {}
    with archive_lock(locks, alone=True):
        assert lock_holders(archive) == {"archive": os.getpid()}


def test_a_layered_file_system_has_another_device(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive.root / "locks" / "satu.lock"
    path.parent.mkdir()
    path.write_text("4711\n")
    inode = path.stat().st_ino
    kernel = tmp_path / "locks"
    monkeypatch.setattr(measure, "_KERNEL_LOCKS", kernel)
    kernel.write_text(f"1: FLOCK  ADVISORY  WRITE 4711 fe:9f:{inode} 0 EOF\n")
    assert lock_holders(archive) == {"satu": 4711}
    kernel.write_text(f"1: FLOCK  ADVISORY  WRITE 4712 fe:9f:{inode} 0 EOF\n2: POSIX  ADVISORY  WRITE 1 00:01:2 0 0\n")
    assert lock_holders(archive) == {}


def test_a_system_that_does_not_tell(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure, "_KERNEL_LOCKS", tmp_path / "none")
    assert lock_holders(archive) is None
