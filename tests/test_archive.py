"""The archive folder, and what is said when it cannot be used."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pytest

import archiver
from archiver.archive import Archive
from archiver.errors import BadDataError, CannotWriteError, NotFoundError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_created_archive_can_be_opened_and_created_again(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "baru" / "arsip")
    assert Archive.open(archive.root) == Archive.create(archive.root) == archive
    assert sorted(path.name for path in archive.root.iterdir()) == ["archive.toml", "index", "runs", "warc"]
    assert f'version = "{archiver.__version__}"' in archive.marker.read_text()


def test_the_marker_of_the_first_version_stays(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path)
    archive.marker.write_text('software = "kliping"\nversion = "0.0.1"\nformat = 1\n')
    Archive.create(tmp_path)
    assert '"0.0.1"' in archive.marker.read_text()


def test_the_warc_folder_alone_is_an_archive(tmp_path: Path) -> None:
    (tmp_path / "warc").mkdir()
    assert Archive.open(tmp_path).root == tmp_path


def test_finished_files_in_their_order(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path)
    for name in ("b.warc.gz", "a.warc", "c.warc.gz.open", "d.cdxj"):
        (archive.warc / name).touch()
    assert [path.name for path in archive.warc_files()] == ["a.warc", "b.warc.gz"]


def test_opening_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="tiada"):
        Archive.open(tmp_path / "tiada")


def test_a_folder_of_other_things_is_neither_opened_nor_filled(tmp_path: Path) -> None:
    (tmp_path / "surat.txt").touch()
    for use in (Archive.open, Archive.create):
        with pytest.raises(BadDataError, match="is no archive"):
            use(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["surat.txt"]


@pytest.mark.parametrize("text", ["format = 2\n", 'format = "satu"\n', "software\n", "", "\xff"])
def test_a_marker_that_is_not_understood(tmp_path: Path, text: str) -> None:
    archive = Archive.create(tmp_path)
    archive.marker.write_bytes(text.encode("latin-1"))
    for use in (Archive.open, Archive.create):
        with pytest.raises(BadDataError, match=r"archive\.toml"):
            use(tmp_path)


def test_a_file_in_the_folders_place(tmp_path: Path) -> None:
    (tmp_path / "berkas").touch()
    with pytest.raises(BadDataError, match="is no archive"):
        Archive.open(tmp_path / "berkas")
    for path in (tmp_path / "berkas", tmp_path / "berkas" / "arsip"):
        with pytest.raises(CannotWriteError, match=r"berkas.*name another one"):
            Archive.create(path)


def test_a_folder_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    Archive.create(tmp_path)
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with pytest.raises(CannotWriteError, match="Permission denied"):
        Archive.create(tmp_path)
