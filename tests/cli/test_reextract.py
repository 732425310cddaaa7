"""`kliping reextract`: what a person sees of it, and how it ends."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from archiver.catalog import Catalog
from archiver.crawling.lock import archive_lock
from archiver.errors import ExitCode
from tests.crawling.support import SITE, story
from tests.reextraction.support import MODULES, Past
from tests.reextraction.test_run import CHALLENGE, ONE, THREE, TWO

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archiver.archive import Archive
    from tests.cli.conftest import Done

    Kliping = Callable[..., Done]

HEAD = "outlet\tcaptures\tas before\tno article\tchanged articles\tnew articles\tno longer articles\n"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    (tmp_path / "kliping.toml").write_text(f"outlets = {list(MODULES)}\n".replace("'", '"'))
    with Past(tmp_path / "archive") as writer:
        writer.clip_page(ONE, story("Lembang"))
        writer.clip_page(f"{SITE}/read/4", story("Ciwidey"), rightly=True)
        writer.page(TWO, story("Garut"))
    return writer.archive


def test_it_counts_and_writes_nothing(kliping: Kliping, archive: Archive) -> None:
    done = kliping("reextract")
    assert done.out == f"{HEAD}uji\t3\t1\t0\t1\t1\t0\n"
    assert done.err.endswith("nothing was written: --diff shows what differs, --apply keeps the new readings\n")
    assert done.code == 0
    assert len(archive.warc_files()) == 1
    assert kliping("reextract", archive.root, "--quiet", "--workers", 1).err == ""


def test_diff_shows_each_article(kliping: Kliping, archive: Archive) -> None:
    lines = kliping("reextract", archive.root, "--diff", "-q").out.splitlines()
    assert lines[:3] == [
        f"changed  uji  {ONE}",
        "  title",
        "    - Lembang",
    ]
    assert "    + Panen di Lembang" in lines
    assert f"appeared  uji  {TWO}" in lines
    assert "    + title: Panen di Garut" in lines


def test_apply_keeps_it_and_changes_nothing_the_second_time(kliping: Kliping, archive: Archive) -> None:
    done = kliping("reextract", archive.root, "--apply")
    assert done.code == 0
    new = archive.warc_files()[-1]
    assert done.err.endswith(f"2 readings kept, in {new}\n")
    done = kliping("reextract", archive.root, "--apply")
    assert done.out == f"{HEAD}uji\t3\t3\t0\t0\t0\t0\n"
    assert done.err.endswith("0 readings kept\n")
    assert len(archive.warc_files()) == 2
    assert kliping("show", archive.root, ONE).out.startswith("Panen di Lembang\n")


def test_an_article_that_is_none_any_more_is_told_and_stays(kliping: Kliping, archive: Archive, tmp_path: Path) -> None:
    with Past(tmp_path / "archive", prefix="z") as writer:
        writer.clip_page(THREE, CHALLENGE, outcome="saved", title="Panen", text="Padi.")
    done = kliping("reextract", archive.root, "--diff", "--apply", "--workers", 1)
    assert done.code == ExitCode.DRIFT
    assert f"vanished  uji  {THREE}\n  now challenge: text 'Just a moment...', no body\n" in done.out
    with Catalog(archive.catalog, read_only=True) as catalog:
        assert catalog.known(THREE)


def test_damage_is_told(kliping: Kliping, archive: Archive) -> None:
    (path,) = archive.warc_files()
    os.truncate(path, path.stat().st_size - 10)
    done = kliping("reextract", archive.root, "--quiet")
    assert done.code == ExitCode.PARTIAL
    assert done.err.startswith(f"kliping: {path}: byte ")
    assert done.err.count("\n") == 1


def test_what_cannot_be_done(kliping: Kliping, archive: Archive) -> None:
    assert kliping("reextract", archive.root, "--outlet", "tiada").code == ExitCode.USAGE
    assert kliping("reextract", "tiada").code == ExitCode.NOT_FOUND
    with archive_lock(archive.root / "locks", alone=True):
        assert kliping("reextract", archive.root, "--apply").code == ExitCode.LOCKED
    archive.catalog.unlink()
    done = kliping("reextract", archive.root)
    assert (done.code, done.out) == (ExitCode.NOT_FOUND, "")
    assert "kliping catalog rebuild" in done.err


def test_an_archive_without_articles(kliping: Kliping, archive: Archive, tmp_path: Path) -> None:
    with Past(tmp_path / "lain") as writer:
        writer.page("https://lain.example/", CHALLENGE)
    done = kliping("reextract", writer.archive.root)
    assert (done.code, done.out) == (0, HEAD + "-\t1\t0\t1\t0\t0\t0\n")
    assert archive.root.exists()
