from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.packaging.files import archive_files, unfinished_files
from tests.catalog.support import Writer

if TYPE_CHECKING:
    from pathlib import Path


def test_what_only_a_running_program_needs_is_left_out(tmp_path: Path) -> None:
    with Writer(tmp_path / "archive") as writer:
        writer.clip()
    archive = writer.archive
    (archive.runs / "1").mkdir()
    (archive.root / "locks").mkdir()
    for passing in (
        archive.warc / "contoh.warc.gz.open",
        archive.index / "contoh.cdxj.part",
        archive.runs / "1" / "run.json.draft",
        archive.root / "locks" / "contoh.lock",
        archive.root / "catalog.db-wal",
        archive.root / "catalog.db-shm",
        archive.root / "catalog.db.old",
        archive.root / ".DS_Store",
    ):
        passing.touch()
    (archive.runs / "1" / "ledger.jsonl").touch()
    names = [path.relative_to(archive.root).as_posix() for path in archive_files(archive)]
    (warc,) = archive.warc_files()
    stem = warc.name.removesuffix(".warc.gz")
    assert names == ["archive.toml", "catalog.db", f"index/{stem}.cdxj", "runs/1/ledger.jsonl", f"warc/{stem}.warc.gz"]
    assert unfinished_files(archive) == ("contoh.warc.gz.open",)
