from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from archiver.errors import ExitCode
from tests.catalog.support import Writer
from tests.warc.damage import edit, members

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archiver.archive import Archive
    from tests.cli.conftest import Done

    Kliping = Callable[..., Done]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    with Writer(tmp_path / "archive") as writer:
        writer.clip()
        writer.clip("https://lain.test/banjir", outlet="lain")
    return writer.archive


def test_nothing_to_find(kliping: Kliping, archive: Archive) -> None:
    (path,) = archive.warc_files()
    for arguments in ((archive.root,), (path,), ()):
        done = kliping("verify", *arguments)
        assert (done.code, done.out, done.err) == (ExitCode.OK, "", "1 file, 9 records: no fault\n")
    assert kliping("verify", "-q", archive.root).err == ""


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def flip(path: Path) -> None:
    packed = members(path)
    broken = bytearray(packed[4])
    broken[len(broken) // 2] ^= 0x40
    path.write_bytes(b"".join([*packed[:4], bytes(broken), *packed[5:]]))


def lengthen(path: Path) -> None:
    edit(path, 4, lambda plain: plain.replace(b"Content-Length: ", b"Content-Length: 2", 1))


def inflate(path: Path) -> None:
    path.write_bytes(gzip.decompress(path.read_bytes()))


def unite(path: Path) -> None:
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes())))


@pytest.mark.parametrize(("damage", "number"), [(cut, 8), (flip, 4), (lengthen, 4), (inflate, 0), (unite, 0)])
def test_damage_is_told_with_its_place(
    kliping: Kliping, archive: Archive, damage: Callable[[Path], None], number: int
) -> None:
    (path,) = archive.warc_files()
    expected = sum(map(len, members(path)[:number]))
    damage(path)
    for place in (path, archive.root):
        done = kliping("verify", place)
        assert done.code == ExitCode.PARTIAL
        assert done.out.startswith(f"{path}:{expected}: framing: ")
        assert "finding" in done.err
        rows = kliping("verify", place, "--json").rows()
        assert [f"{row['file']}:{row['offset']}: {row['code']}: {row['message']}" for row in rows] == (
            done.out.splitlines()
        )


def test_what_cannot_be_checked(kliping: Kliping, archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for place, code in (
        ("none", ExitCode.NOT_FOUND),
        ("folder", ExitCode.BAD_DATA),
        (archive.marker, ExitCode.BAD_DATA),
    ):
        done = kliping("verify", place)
        assert (done.code, done.out, done.err.count("\n")) == (code, "", 1)
