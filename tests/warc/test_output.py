from __future__ import annotations

import errno
import gzip
import io
import os
from pathlib import Path

import pytest

from tests.warc.samples import START
from warc.errors import WarcWriteError
from warc.output import Member, WarcFile, lock


def add(file: WarcFile, data: bytes) -> None:
    with file.member() as member:
        member.write(data)


def test_a_file_is_open_until_it_is_closed(tmp_path: Path) -> None:
    file = WarcFile(tmp_path / "new", "tempo co", START)
    assert file.name.startswith("tempo-co-20210504030201-00000-")
    assert file.name.endswith(".warc.gz")
    assert [path.name for path in (tmp_path / "new").iterdir()] == [file.name + ".open"]
    add(file, b"one")
    assert file.close() == tmp_path / "new" / file.name
    assert [path.name for path in (tmp_path / "new").iterdir()] == [file.name]
    assert gzip.decompress(file.path.read_bytes()) == b"one"


def test_each_record_is_a_member_and_on_disk_at_once(tmp_path: Path) -> None:
    file = WarcFile(tmp_path, "p", START)
    add(file, b"one")
    first = file.size
    add(file, b"two")
    file.append(gzip.compress(b"three"))
    file.append(b"four")
    data = (tmp_path / f"{file.name}.open").read_bytes()
    assert len(data) == file.size
    assert gzip.decompress(data[:first]) == b"one"
    assert gzip.decompress(data[first:]) == b"twothreefour"
    file.discard()
    assert list(tmp_path.iterdir()) == []


def test_files_of_the_same_second_do_not_meet(tmp_path: Path) -> None:
    first = WarcFile(tmp_path, "p", START)
    second = WarcFile(tmp_path, "p", START)
    add(first, b"one")
    first.close()
    third = WarcFile(tmp_path, "p", START)
    assert [file.serial for file in (first, second, third)] == [0, 1, 2]
    second.discard()
    third.discard()


def test_the_open_file_is_locked(tmp_path: Path) -> None:
    file = WarcFile(tmp_path, "p", START)
    with io.FileIO(tmp_path / f"{file.name}.open", "r+b") as other:
        assert not lock(other)
        file.discard()
        assert lock(other)


def test_a_record_that_fails_is_cut_off(tmp_path: Path) -> None:
    file = WarcFile(tmp_path, "p", START)
    add(file, b"one")
    size = file.size
    with pytest.raises(TypeError), file.member() as member:
        add_and_fail(member)
    assert file.size == size
    add(file, b"two")
    assert gzip.decompress(file.close().read_bytes()) == b"onetwo"


def add_and_fail(member: Member) -> None:
    member.write(os.urandom(100_000))
    raise TypeError


class FullDisk(io.FileIO):
    """Takes some bytes, in small steps, and then no more."""

    room = 100

    def write(self, data: bytes) -> int:  # type: ignore[override]  # all that is written here is bytes
        piece = bytes(data)[: min(30, self.room)]
        if not piece:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.room -= len(piece)
        return super().write(piece)


def test_a_full_disk_leaves_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(io, "FileIO", FullDisk)
    file = WarcFile(tmp_path, "p", START)
    add(file, b"one")
    for _ in range(2):
        with pytest.raises(WarcWriteError, match=r"cannot write .*\.open: No space left on device"):
            add(file, os.urandom(1000))
    assert gzip.decompress(file.close().read_bytes()) == b"one"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WarcWriteError, match="Not a directory"):
        WarcFile(tmp_path / "file" / "warc", "p", START)
