"""An archive is sound when its files are, and when index and catalog say what is in them."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.errors import BadDataError, NotFoundError
from archiver.verification import verify_archive, verify_files
from tests.catalog.support import START, Writer
from tests.warc.damage import edit, members
from warc.read import read_records
from warc.verify import Finding


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Two articles, one of them read twice, in two files, with a revisit from one to the other."""
    for hour, prefix in enumerate(("satu", "dua")):
        with Writer(tmp_path / "archive", prefix, START + timedelta(hours=hour)) as writer:
            writer.clip(title=f"Pasar pagi {prefix}")
            writer.clip("https://lain.test/banjir", outlet="lain")
            writer.capture("https://contoh.test/isi", b"sama" * 300)
            writer.capture("https://contoh.test/isi", b"sama" * 300)
    return writer.archive


def findings(archive: Archive) -> list[tuple[str, str]]:
    """Names of the files and codes."""
    return [(finding.file.name, finding.code) for finding in verify_archive(archive)]


def change(archive: Archive, statement: str) -> None:
    with sqlite3.connect(archive.catalog) as db:
        db.execute(statement)
    db.close()


def test_a_sound_archive(archive: Archive) -> None:
    seen: list[str] = []
    assert list(verify_archive(archive, on_record=lambda _, record: seen.append(record.ref.record_id))) == []
    assert len(seen) == sum(len(list(read_records(path))) for path in archive.warc_files())


LIES = {
    "a record elsewhere": ("UPDATE records SET offset = offset + 1 WHERE type = 'conversion' AND rowid_ = 1", 1),
    "a capture that it does not know": ("DELETE FROM records WHERE status = 200 AND url LIKE '%isi'", 4),
    "a text that it does not know": ("DELETE FROM records WHERE type = 'conversion'", 8),
    "a record that is not there": (
        "INSERT INTO records SELECT '<urn:uuid:no>', type, url, file, 0, 1, date, NULL, 200, NULL FROM records LIMIT 1",
        1,
    ),
    "an article of nothing": ("UPDATE readings SET metadata_id = '<urn:uuid:no>' WHERE rowid = 1", 1),
}


@pytest.mark.parametrize("lie", LIES)
def test_what_the_catalog_says_is_compared(archive: Archive, lie: str) -> None:
    statement, count = LIES[lie]
    first = "record_id = (SELECT min(record_id) FROM records WHERE type = 'conversion')"
    change(archive, statement.replace("rowid_ = 1", first))
    assert [code for _, code in findings(archive)] == ["catalog"] * count


def test_a_record_that_was_taken_out_is_missed_everywhere(archive: Archive) -> None:
    """The captures of one article: the index, the catalog, its request and its text miss it."""
    path = archive.warc_files()[0]
    packed = members(path)
    path.write_bytes(b"".join(packed[:1] + packed[2:]))
    found = findings(archive)
    assert {code for _, code in found} == {"link", "index", "catalog"}
    assert any(finding.message.startswith("the catalog knows a response of") for finding in verify_archive(archive))


DAMAGE: dict[str, tuple[Callable[[Path], None], str]] = {
    "cut": (lambda path: _write(path, path.read_bytes()[:-7]), "framing"),
    "a flipped byte": (lambda path: _write(path, _flipped(path.read_bytes())), "framing"),
    "a wrong length": (
        lambda path: edit(path, 2, lambda plain: plain.replace(b"Content-Length: ", b"Content-Length: 1", 1)),
        "framing",
    ),
    "another word in a page": (
        lambda path: edit(path, 1, lambda plain: plain.replace(b"pasar", b"pasir")),
        "block-digest",
    ),
    "the text of another page": (
        lambda path: edit(path, 3, lambda plain: plain.replace(b"contoh.test", b"conton.test")),
        "conversion",
    ),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_of_a_file_is_found_through_its_archive(archive: Archive, kind: str) -> None:
    damage, code = DAMAGE[kind]
    path = archive.warc_files()[0]
    damage(path)
    assert (path.name, code) in findings(archive)


def test_an_index_too_few_and_one_too_many(archive: Archive) -> None:
    first, second = sorted(archive.index.iterdir())
    shutil.copyfile(first, archive.index / "other.cdxj")
    second.unlink()
    assert findings(archive) == [("other.cdxj", "index"), (second.with_suffix(".warc.gz").name, "index")]


def test_a_lost_catalog(archive: Archive) -> None:
    archive.catalog.unlink()
    (finding,) = verify_archive(archive)
    assert (finding.file, finding.code) == (archive.catalog, "catalog")
    assert "kliping catalog rebuild" in finding.message


def test_a_catalog_that_is_none(archive: Archive) -> None:
    archive.catalog.write_bytes(b"no database" * 100)
    with pytest.raises(BadDataError, match="kliping catalog rebuild"):
        list(verify_archive(archive))


def test_a_heap_of_files_needs_neither_index_nor_catalog(archive: Archive, tmp_path: Path) -> None:
    shutil.copytree(archive.warc, tmp_path / "heap" / "warc")
    assert findings(Archive.open(tmp_path / "heap")) == []


def test_a_run_that_goes_on_and_one_that_was_killed(archive: Archive) -> None:
    with Writer(archive.root, "tiga") as writer:
        writer.clip()
        assert findings(archive) == []
        open_file = next(archive.warc.glob("*.open"))
        left = shutil.copyfile(open_file, open_file.with_name("left.warc.gz.open"))
        assert list(verify_archive(archive)) == [
            Finding(left, 0, "open", "a killed run left it; the next run into this archive finishes it")
        ]


def test_single_files_know_their_archive(archive: Archive, tmp_path: Path) -> None:
    path = archive.warc_files()[0]  # dua-…, the later one
    assert list(verify_files([path])) == []
    revisits = [record.ref for record in read_records(path) if record.ref.type == "revisit"]
    assert revisits
    away = shutil.copyfile(path, tmp_path / path.name)
    assert [(finding.offset, finding.code) for finding in verify_files([away])] == [
        (revisit.offset, "link") for revisit in revisits
    ]
    assert list(verify_files(archive.warc_files())) == []


def test_files_that_are_none(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="cannot read"):
        list(verify_files([tmp_path / "none.warc.gz"]))
    with pytest.raises(BadDataError, match="is no WARC file: it begins with"):
        list(verify_files([archive.marker]))


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 0x20]) + data[middle + 1 :]
