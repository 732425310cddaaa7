"""The WARC files are the truth: the catalog made from them equals the one that grew beside them."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.article import CaptureRef
from archiver.catalog import Catalog
from archiver.catalog.rebuild import rebuild, take_in
from archiver.errors import CannotWriteError, ExitCode, LockedError
from tests.catalog.support import START, URL, Writer, article, dump


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Versions, a re-extraction, joined pages, a revisit, a redirect, a rejected page, records of other things."""
    with Writer(tmp_path / "arsip") as writer:
        writer.clip()
        writer.clip("https://contoh.test/dua", title=None, lead=None, text="Hanya isi.")
        writer.clip(title="Pasar pagi sepi")
        writer.clip(title="Pasar pagi sepi")
        writer.capture("https://contoh.test/pindah", status=301)
        writer.capture("https://contoh.test/isi", b"sama" * 300)
        writer.capture("https://contoh.test/isi", b"sama" * 300)
        ref = writer.capture("https://contoh.test/tiga")
        writer.read(ref, article("https://contoh.test/tiga", text="Mentah."))
        writer.read(ref, article("https://contoh.test/tiga", text="Matang."))
        second = writer.capture(f"{URL}-panjang?page=2")
        place = CaptureRef(second.file, second.offset, second.record_id, second.date, second.payload_digest)
        pages = (f"{URL}-panjang", f"{URL}-panjang?page=2")
        writer.read(writer.capture(pages[0]), article(pages[0], pages=pages, captures=(place,), text="Satu.\n\nDua."))
        writer.warc.write_metadata("https://contoh.test/mati", b'{"outcome": {"url": "x"}}', "application/json")
        writer.warc.write_metadata(None, b"bukan JSON", "text/plain")
    return writer.archive


def test_a_rebuilt_catalog_equals_the_original(archive: Archive) -> None:
    before = dump(archive.catalog)
    archive.catalog.unlink()
    result = rebuild(archive)
    assert dump(archive.catalog) == before
    assert result.whole
    assert (result.files, result.captures, result.articles) == (1, 10, 4)
    assert sorted(path.name for path in archive.root.glob("catalog*")) == ["catalog.db"]
    with Catalog(archive.catalog) as catalog:
        assert [entry.article.title for entry in catalog.versions(URL)] == ["Pasar pagi ramai lagi", "Pasar pagi sepi"]


def test_what_a_dead_writer_did_not_tell_the_catalog_is_taken_in(archive: Archive) -> None:
    """The catalog as it was when the first file was done; then all that the second holds."""
    with Writer(archive.root, "lain") as writer:
        before = archive.catalog.with_name("before")
        shutil.copyfile(archive.catalog, before)
        writer.now = START + timedelta(hours=1)
        writer.clip(title="Pasar pagi tutup")
        writer.clip("https://contoh.test/empat")
    after = dump(archive.catalog)
    before.replace(archive.catalog)
    assert dump(archive.catalog) != after
    one, other = archive.warc_files()
    assert take_in(archive, other)
    assert dump(archive.catalog) == after
    assert take_in(archive, one)
    assert dump(archive.catalog) == after


def test_a_catalog_that_knows_too_much_is_told(archive: Archive) -> None:
    (path,) = archive.warc_files()
    with Catalog(archive.catalog) as catalog:
        last = catalog.records_in(path.name)[-1]
        catalog.add_capture(replace(last, record_id="<urn:uuid:lost>", offset=last.offset + last.length), 200)
    assert not take_in(archive, path)


def test_nothing_of_a_real_run_is_missing(tmp_path: Path) -> None:
    """Replayed twice, so that there are two files, and captures that were met again."""
    fixtures = Path(__file__).parents[2] / "fixtures"
    code = "import sys; from archiver.cli import main; sys.exit(main(sys.argv[1:]))"
    for names in (["tempo"], ["tempo", "tribunnews"]):
        inputs = [str(fixtures / name) for name in names]
        command = [sys.executable, "-c", code, "replay", "--quiet", "--archive", "arsip", *inputs]
        done = subprocess.run(command, capture_output=True, check=False, text=True, cwd=tmp_path)
        assert done.returncode in {ExitCode.OK, ExitCode.PARTIAL}, done.stderr  # some fixtures lack a page
    archive = Archive.open(tmp_path / "arsip")
    before = dump(archive.catalog, ids=False)
    assert len(before["articles"]) >= 4
    assert rebuild(archive).whole
    assert dump(archive.catalog, ids=False) == before


def test_the_order_of_files_does_not_matter(tmp_path: Path) -> None:
    with Writer(tmp_path / "arsip", prefix="z-lama") as writer:
        ref = writer.capture()
        writer.read(ref, article(text="Mentah."))
        writer.clip("https://contoh.test/dua")
    later = Writer(tmp_path / "arsip", prefix="a-baru", now=START + timedelta(days=1))
    with later as writer:
        writer.read(ref, article(text="Matang."))
        writer.clip(title="Sepi")
    before = dump(writer.archive.catalog, ids=False)
    rebuild(writer.archive)
    assert dump(writer.archive.catalog, ids=False) == before
    with Catalog(writer.archive.catalog) as catalog:
        assert catalog.versions(URL)[0].article.text == "Matang."


def test_a_damaged_file_gives_what_stands_before_the_damage(archive: Archive) -> None:
    (path,) = archive.warc_files()
    with Catalog(archive.catalog) as catalog:
        cut = catalog.record(catalog.versions("https://contoh.test/tiga")[0].record_id)
    assert cut is not None
    os.truncate(path, cut.offset + 20)
    result = rebuild(archive)
    assert not result.whole
    (damage,) = result.damaged
    assert path.name in damage
    assert str(cut.offset) in damage
    with Catalog(archive.catalog) as catalog, Catalog(archive.catalog.with_name("catalog.db.old")) as old:
        assert catalog.known(URL)
        assert not catalog.known("https://contoh.test/tiga")
        assert old.known("https://contoh.test/tiga")


def test_metadata_without_its_text_is_named(tmp_path: Path) -> None:
    with Writer(tmp_path / "arsip") as writer:
        writer.clip()
        payload = b'{"article": {"url": "x"}, "records": {"responses": [], "conversion": "<urn:uuid:none>"}}'
        lost = writer.warc.write_metadata(URL, payload, "application/json")
    result = rebuild(writer.archive)
    assert result.unmatched == (lost.record_id,)
    assert result.articles == 1
    assert not result.whole


def test_a_catalog_in_use_is_left_alone(archive: Archive) -> None:
    with Catalog(archive.catalog) as catalog:
        assert catalog.known(URL)
        with pytest.raises(LockedError, match="in use"):
            rebuild(archive)
        assert catalog.known(URL)
    rebuild(archive)


@pytest.mark.parametrize("content", [b"", b"rusak" * 1000], ids=["empty", "damaged"])
def test_a_catalog_that_cannot_be_read_is_replaced(archive: Archive, content: bytes) -> None:
    before = dump(archive.catalog)
    archive.catalog.write_bytes(content)
    rebuild(archive)
    assert dump(archive.catalog) == before


def test_a_catalog_of_another_version_is_replaced(archive: Archive) -> None:
    before = dump(archive.catalog)
    with sqlite3.connect(archive.catalog) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    rebuild(archive)
    assert dump(archive.catalog) == before


def test_a_failure_leaves_the_old_catalog(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dump(archive.catalog)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("archiver.catalog.rebuild.os.fsync", full)
    with pytest.raises(CannotWriteError, match=r"catalog\.db.*No space left"):
        rebuild(archive)
    assert dump(archive.catalog) == before
    assert [path.name for path in archive.root.glob("catalog*")] == ["catalog.db"]


def test_files_are_named_as_they_are_read(archive: Archive) -> None:
    read: list[Path] = []
    rebuild(archive, on_file=read.append)
    assert tuple(read) == archive.warc_files()
