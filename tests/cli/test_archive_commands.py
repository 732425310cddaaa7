"""`show`, `search`, `export` and `catalog rebuild`: what a reader of an archive sees."""

from __future__ import annotations

import csv
import io
import os
import shutil
import sqlite3
from typing import TYPE_CHECKING

import msgspec
import pytest

from archiver.article import Article
from archiver.catalog import Catalog
from archiver.errors import ExitCode
from tests.catalog.support import URL, Writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archiver.archive import Archive
    from tests.cli.conftest import Done

    Kliping = Callable[..., Done]

OTHER = "https://lain.test/banjir"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    with Writer(tmp_path / "archive") as writer:
        writer.clip(title="Pasar pagi sepi")
        writer.clip(canonical_url="https://contoh.test/pasar")
        writer.clip(OTHER, title="Banjir \x1b[31msurut", outlet="lain", published="2021-03-01", authors=())
    return writer.archive


def test_show_reads_like_an_article(kliping: Kliping, archive: Archive) -> None:
    done = kliping("show", archive.root, URL)
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[:8] == [
        "Pasar pagi ramai lagi",
        "Siti Aminah · 2021-01-13T10:30:00+07:00 · contoh",
        "",
        "Pembeli kembali datang.",
        "",
        "Pedagang membuka lapak sejak subuh.",
        "",
        "Harga cabai naik.",
    ]
    rest = done.out.partition("Harga cabai naik.\n\n")[2]
    assert rest.startswith(
        "Re-routed (1)\n  byline          Siti Aminah\n\n"
        "Removed (1)\n  related_inline  Baca juga: Harga beras\n\nRecords\n"
    )
    assert "  version         2 of 2\n" in rest
    with Catalog(archive.catalog, read_only=True) as catalog:
        entry = catalog.versions(URL)[-1]
    for record in (entry.record_id, entry.conversion_id, entry.metadata_id):
        assert f" {record}" in rest


def test_show_as_json(kliping: Kliping, archive: Archive) -> None:
    done = kliping("show", archive.root, "https://contoh.test/pasar", "--format", "json")
    article = msgspec.json.decode(done.out, type=Article)
    assert (article.url, article.title) == (URL, "Pasar pagi ramai lagi")
    assert "\n  " in done.out


def test_show_an_earlier_version(kliping: Kliping, archive: Archive) -> None:
    assert kliping("show", archive.root, URL, "--version", 1).out.startswith("Pasar pagi sepi\n")
    done = kliping("show", archive.root, URL, "--version", 3)
    assert done.code == ExitCode.NOT_FOUND
    assert "2 version(s)" in done.err


def test_a_page_does_not_steer_the_terminal(kliping: Kliping, archive: Archive) -> None:
    for done in (kliping("show", archive.root, OTHER), kliping("search", archive.root, "banjir")):
        assert "\x1b" not in done.out
        assert "Banjir [31msurut" in done.out


def test_search_shows_where_the_words_stand(kliping: Kliping, archive: Archive) -> None:
    done = kliping("search", archive.root, "pasar", "pagi")
    assert done.code == 0
    text = "Pedagang membuka lapak sejak subuh. Harga cabai naik."
    assert done.out == f"Pasar pagi ramai lagi\n  2021-01-13  contoh  {URL}\n  {text}\n\n"


def test_search_as_json_lines(kliping: Kliping, archive: Archive) -> None:
    rows = kliping("search", archive.root, "lapak", "--json").rows()
    assert {row["url"] for row in rows} == {URL, OTHER}
    assert list(rows[0]) == ["url", "outlet", "title", "day", "snippet", "captured", "record_id"]
    assert "\x02" not in rows[0]["snippet"]
    assert len(kliping("search", archive.root, "lapak", "--json", "--limit", 1).rows()) == 1


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["--outlet", "lain"], [OTHER]),
        (["--since", "2021-02-01"], [OTHER]),
        (["--until", "2021-01-13"], [URL]),
        (["--outlet", "lain", "--until", "2021-01-13"], []),
    ],
)
def test_filters(kliping: Kliping, archive: Archive, filters: list[str], found: list[str]) -> None:
    hits = kliping("search", archive.root, "lapak", "--json", *filters).rows()
    assert [hit["url"] for hit in hits] == found
    assert [row["url"] for row in kliping("export", archive.root, *filters).rows()] == found


def test_nothing_found_is_no_error(kliping: Kliping, archive: Archive) -> None:
    done = kliping("search", archive.root, "kopi")
    assert (done.code, done.out, done.err) == (0, "", "nothing found\n")


@pytest.mark.usefixtures("archive")
def test_the_archive_of_the_working_directory(kliping: Kliping, tmp_path: Path) -> None:
    assert kliping("show", URL).code == 0
    assert kliping("search", "pasar").code == 0
    assert len(kliping("export").rows()) == 2
    (tmp_path / "archive").rename(tmp_path / "simpanan")
    (tmp_path / "kliping.toml").write_text('archive = "simpanan"\n')
    assert kliping("search", "pasar").code == 0
    assert kliping("catalog", "rebuild").code == 0


def test_export_to_stdout(kliping: Kliping, archive: Archive) -> None:
    done = kliping("export", archive.root)
    assert [row["url"] for row in done.rows()] == [URL, OTHER]
    assert all(row["record_id"].startswith("<urn:uuid:") and row["captured"] for row in done.rows())
    assert done.err == "2 articles\n"
    table = kliping("export", archive.root, "--format", "csv").out
    assert [row["url"] for row in csv.DictReader(io.StringIO(table, newline=""))] == [URL, OTHER]
    assert kliping("export", archive.root, "--format", "text").out.count("==> ") == 2


def test_export_to_a_file_whole_or_not_at_all(
    kliping: Kliping, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "hasil.jsonl"
    assert kliping("export", archive.root, "-o", path).out == ""
    before = path.read_bytes()
    assert before == kliping("export", archive.root).out.encode()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    done = kliping("export", archive.root, "--outlet", "lain", "-o", path)
    assert done.code == ExitCode.CANNOT_WRITE
    assert f"cannot write {path}: No space left" in done.err
    assert path.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["archive", "hasil.jsonl"]


def test_export_into_a_folder_that_is_not_there(kliping: Kliping, archive: Archive) -> None:
    done = kliping("export", archive.root, "-o", "tiada/hasil.jsonl")
    assert done.code == ExitCode.CANNOT_WRITE
    assert "tiada/hasil.jsonl" in done.err


def test_rebuild_tells_what_it_found(kliping: Kliping, archive: Archive) -> None:
    archive.catalog.unlink()
    done = kliping("catalog", "rebuild", archive.root)
    assert (done.code, done.out) == (0, "")
    (file,) = archive.warc_files()
    assert done.err == f"reading {file.name}\n{archive.catalog}: 2 articles, 3 captures from 1 WARC file\n"
    assert kliping("search", archive.root, "pasar").code == 0


def test_rebuild_from_a_damaged_file_is_partial(kliping: Kliping, archive: Archive) -> None:
    (file,) = archive.warc_files()
    os.truncate(file, file.stat().st_size - 100)
    done = kliping("catalog", "rebuild", "--quiet", archive.root)
    assert done.code == ExitCode.PARTIAL
    assert f"{file}: byte" in done.err
    assert "what stands before it was taken" in done.err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["show", "tiada/", URL], ExitCode.NOT_FOUND, "there is no archive at tiada"),
        (["show", URL], ExitCode.NOT_FOUND, "arsip-lain: give its folder"),
        (["show", "simpanan", "https://contoh.test/x"], ExitCode.NOT_FOUND, "has no article at https://contoh.test/x"),
        (["show", "simpanan", URL, "lagi"], ExitCode.USAGE, "give one address"),
        (["show", "simpanan"], ExitCode.USAGE, "give one address"),
        (["search", "simpanan"], ExitCode.USAGE, "which words to look for"),
        (["search", "simpanan", "--", "-"], ExitCode.USAGE, "no word to look for"),
        (["search", "kosong", "x"], ExitCode.BAD_DATA, "kosong is no archive"),
        (["export", "surat.txt"], ExitCode.BAD_DATA, "surat.txt is no archive"),
        (["export", "tanpa-katalog"], ExitCode.NOT_FOUND, "kliping catalog rebuild tanpa-katalog"),
        (["search", "rusak", "x"], ExitCode.BAD_DATA, "kliping catalog rebuild rusak"),
        (["export", "versi-lain"], ExitCode.BAD_DATA, "schema version 99"),
        (["catalog", "rebuild", "tiada"], ExitCode.NOT_FOUND, "there is no archive at tiada"),
    ],
)
def test_what_cannot_be_read(
    kliping: Kliping, archive: Archive, tmp_path: Path, arguments: list[str], code: ExitCode, message: str
) -> None:
    archive.root.rename(tmp_path / "simpanan")
    (tmp_path / "kliping.toml").write_text('archive = "arsip-lain"\n')
    (tmp_path / "kosong").mkdir()
    (tmp_path / "surat.txt").touch()
    (tmp_path / "tanpa-katalog" / "warc").mkdir(parents=True)
    for name in ("rusak", "versi-lain"):
        shutil.copytree(tmp_path / "simpanan", tmp_path / name)
    (tmp_path / "rusak" / "catalog.db").write_bytes(b"rusak" * 1000)
    with sqlite3.connect(tmp_path / "versi-lain" / "catalog.db") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    done = kliping(*arguments)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith("kliping: ")
    assert message in done.err
    assert done.err.count("\n") == 1
