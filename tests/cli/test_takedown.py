"""`kliping takedown`: what a person is told before, and what is left afterwards."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from archiver.crawling.lock import archive_lock
from archiver.errors import ExitCode
from archiver.takedown.log import read_takedowns
from tests.reextraction.support import MODULES, Past
from tests.takedown.support import FIRST, OTHER, QUOTE, SECOND, THIRD, TITLE, TWIN, URL, article, holders

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archiver.archive import Archive
    from tests.cli.conftest import Done

    Kliping = Callable[..., Done]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    (tmp_path / "kliping.toml").write_text(f"outlets = {list(MODULES)}\n".replace("'", '"'))
    with Past(tmp_path / "archive") as writer:
        writer.clip_page(URL, article(FIRST, SECOND), rightly=True)
        writer.page(TWIN, article(FIRST, SECOND))
        writer.clip_page(OTHER, article(THIRD, title="Panen", below=f"<a href=/read/1>{TITLE}</a>"), rightly=True)
    return writer.archive


def quoted(archive: Archive) -> None:
    with Past(archive.root, prefix="kutipan") as writer:
        writer.clip_page(QUOTE, article(SECOND, THIRD, title="Kata orang di pasar"), rightly=True)


def test_dry_run_says_what_would_go_and_changes_nothing(kliping: Kliping, archive: Archive) -> None:
    before = {path: path.read_bytes() for path in archive.warc_files()}
    done = kliping("takedown", URL, "--reason", "putusan", "--dry-run")
    (path,) = archive.warc_files()
    assert done.out.splitlines() == [
        TITLE,
        f"  address  {URL}",
        "  goes     2 requests, 1 response, 1 conversion, 1 metadata record",
        "  goes     1 revisit with the same payload",
        f"           {TWIN}",
        f"  in       {path.name}",
        "  stays    1 other address: its headline is in",
        f"           {OTHER}",
    ]
    assert done.err.endswith("nothing was changed\n")
    assert done.code == 0
    assert {path: path.read_bytes() for path in archive.warc_files()} == before
    assert not archive.takedowns.exists()


def test_it_is_gone_and_that_is_told(kliping: Kliping, archive: Archive) -> None:
    done = kliping("takedown", archive.root, URL, "--reason", "putusan 12", "--policy", "kebijakan")
    assert done.code == 0
    (takedown,) = read_takedowns(archive)
    (file,) = takedown.files
    assert done.out.splitlines()[-4:] == [
        f"taken down: 6 records, {takedown.id}",
        f"  {archive.warc / file.name} verified, sha256 {file.after}",
        f"  {archive.catalog} made anew",
        f"  {archive.takedowns} has the account, record {takedown.tombstone} the note",
    ]
    assert holders(archive, "gulampati", "damarjatiwangi") == {}
    done = kliping("show", archive.root, URL)
    assert done.code == ExitCode.NOT_FOUND
    assert f"{URL} is not in {archive.root}: taken down at {takedown.time}" in done.err
    assert kliping("show", archive.root, OTHER).code == 0
    done = kliping("takedown", archive.root, URL, "--reason", "lagi")
    assert done.code == ExitCode.NOT_FOUND
    assert f"{URL} is not there: taken down at {takedown.time}, {takedown.id}; " in done.err


def test_what_quotes_it_is_left_unless_it_is_asked_for(kliping: Kliping, archive: Archive) -> None:
    quoted(archive)
    done = kliping("takedown", archive.root, URL, "--reason", "putusan", "--quiet")
    assert done.code == ExitCode.PARTIAL
    assert done.err == "kliping: 1 other address holds passages of it still: --copies takes their captures too\n"
    assert f"  stays    1 other address: passages of it are in\n           {QUOTE}\n" in done.out
    assert holders(archive, "damarjatiwangi")


def test_copies_go_too(kliping: Kliping, archive: Archive) -> None:
    quoted(archive)
    done = kliping("takedown", archive.root, URL, "--reason", "putusan", "--copies")
    assert done.code == 0
    assert f"  goes     1 response with passages of it\n           {QUOTE}\n" in done.out
    assert holders(archive, "damarjatiwangi") == {}


def test_strange_files_are_named(kliping: Kliping, archive: Archive) -> None:
    (archive.root / "kutipan.txt").write_text(FIRST)
    done = kliping("takedown", archive.root, URL, "--reason", "putusan")
    assert done.code == ExitCode.PARTIAL
    assert f"kliping: {archive.root / 'kutipan.txt'} is not Kliping's and may hold words of it" in done.err


def test_an_interrupted_one_is_finished_by_asking_again(
    kliping: Kliping, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("archiver.takedown.journal.rebuild", lambda _archive: (_ for _ in ()).throw(KeyboardInterrupt))
        done = kliping("takedown", archive.root, URL, "--reason", "putusan")
    assert done.code == 130
    assert "not at its end: the same command, or the next run, carries on with it" in done.err
    assert holders(archive, "gulampati")
    done = kliping("takedown", archive.root, URL, "--reason", "putusan")
    assert done.code == 0
    assert done.err == f"finished the takedown of {URL}, which had been interrupted\n"
    assert done.out.startswith("taken down: 6 records, ")
    assert holders(archive, "gulampati") == {}


def test_what_cannot_be_done(kliping: Kliping, archive: Archive) -> None:
    for arguments, code, message in (
        ((archive.root, URL), ExitCode.USAGE, "--reason"),
        ((archive.root, URL, "--reason", " "), ExitCode.USAGE, "--reason is empty"),
        ((archive.root, "--reason", "x"), ExitCode.USAGE, "give one address"),
        ((archive.root, URL, QUOTE, "--reason", "x"), ExitCode.USAGE, "give one address"),
        (("tiada/", URL, "--reason", "x"), ExitCode.NOT_FOUND, "there is no archive"),
        ((archive.root, f"{URL}99", "--reason", "x"), ExitCode.NOT_FOUND, "holds nothing of"),
    ):
        done = kliping("takedown", *arguments)
        assert (done.code, done.out) == (code, "")
        assert message in done.err
    with archive_lock(archive.root / "locks", alone=False):
        done = kliping("takedown", archive.root, URL, "--reason", "x")
        assert done.code == ExitCode.LOCKED
        assert "another run writes to this archive" in done.err
    (path,) = archive.warc_files()
    os.truncate(path, path.stat().st_size - 9)
    done = kliping("takedown", archive.root, URL, "--reason", "x")
    assert done.code == ExitCode.BAD_DATA
    assert "mend the file or move it out of the archive first" in done.err
    assert read_takedowns(archive) == []
