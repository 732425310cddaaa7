"""What a killed run leaves, and what the next one makes of it. A copy made during a run is what a kill leaves."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.catalog.rebuild import rebuild
from archiver.crawling.recovery import as_ours, mend
from archiver.crawling.session import open_session
from archiver.errors import CannotWriteError, LockedError
from tests.catalog.support import article, dump
from tests.crawling.support import records_of
from tests.crawling.test_clipping import OTHER, clip
from tests.crawling.test_writers import setup
from tests.warc.samples import exchange
from warc.errors import WarcWriteError
from warc.read import read_records
from warc.verify import verify


def killed(folder: Path) -> tuple[Path, Path]:
    """The archive as it was after the first article, and after the second, of a run that never ended."""
    with open_session(setup(folder)) as session:
        states = []
        for name, captured in {"one": exchange(), "two": exchange("https://www.example.com/b", OTHER)}.items():
            clip(session, captured, article())
            states.append(Path(shutil.copytree(session.archive.root, folder / name)))
        session.close()
    return states[0], states[1]


def is_sound(archive: Archive) -> bool:
    """Every file verifies, and the catalog is what a rebuild makes of them."""
    if any(verify(archive.warc_files(), index_directory=archive.index)) or any(archive.warc.glob("*.open")):
        return False
    grown = dump(archive.catalog, ids=False)
    rebuild(archive)
    return dump(archive.catalog, ids=False) == grown


def test_a_killed_run_is_finished_and_told_of(tmp_path: Path) -> None:
    _, state = killed(tmp_path)
    (message,) = mend(Archive(state))
    (path,) = Archive(state).warc_files()
    assert message == f"finished {path}, which a killed run had left open: 9 records"
    assert is_sound(Archive(state))
    assert mend(Archive(state)) == ()


def test_what_the_catalog_had_not_heard_of_is_told_to_it(tmp_path: Path) -> None:
    """Killed after a record was written and before the catalog knew: after any of the records."""
    early, late = killed(tmp_path)
    (open_file,) = (late / "warc").iterdir()
    ends = [record.ref.offset + record.ref.length for record in read_records(open_file)]
    whole = open_file.read_bytes()
    for end in [*ends[5:], ends[7] + 10, ends[8] - 10]:
        state = Path(shutil.copytree(early, tmp_path / f"cut-{end}"))
        (state / "warc" / open_file.name).write_bytes(whole[:end])
        mend(Archive(state))
        kinds = [record.ref.type for record in records_of(state)]
        assert kinds.count("conversion") == kinds.count("metadata") == 1 + (end == ends[8])
        assert kinds.count("response") == 1 + (end >= ends[5])
        assert is_sound(Archive(state))


def test_a_catalog_that_survived_what_the_file_did_not_is_made_anew(tmp_path: Path) -> None:
    """After a power cut: the file ends before records that the catalog knows."""
    early, late = killed(tmp_path)
    (open_file,) = (early / "warc").iterdir()
    shutil.copyfile(open_file, late / "warc" / open_file.name)
    *_, message = mend(Archive(late))
    assert message.startswith(f"made {late}/catalog.db anew: it knew records of ")
    assert is_sound(Archive(late))


def test_what_is_lost_or_was_never_there_is_made(tmp_path: Path) -> None:
    _, state = killed(tmp_path)
    archive = Archive(state)
    mend(archive)
    (path,) = archive.warc_files()
    (cdxj,) = archive.index.iterdir()
    cdxj.unlink()
    archive.catalog.unlink()
    assert mend(archive) == (
        f"wrote the index of {path}, which had none",
        f"made {archive.catalog} anew, which was lost",
    )
    assert is_sound(archive)


def test_a_run_that_is_going_on_is_left_alone(tmp_path: Path) -> None:
    with open_session(setup(tmp_path)) as session:
        clip(session, exchange(), article())
        assert mend(session.archive) == ()
        with open_session(setup(tmp_path, "crawl", "lain")) as other:
            assert other.mended == ()
            other.close()
        session.close()
    assert is_sound(session.archive)


def test_a_run_begins_with_it(tmp_path: Path) -> None:
    _, state = killed(tmp_path)
    shutil.rmtree(tmp_path / "archive")
    state.rename(tmp_path / "archive")
    with open_session(setup(tmp_path)) as session:
        assert session.mended[0].startswith("finished ")
        session.close()


@pytest.mark.parametrize(
    ("error", "kind", "said"),
    [
        (
            WarcWriteError("a.warc.gz", "No space left on device"),
            CannotWriteError,
            "a.warc.gz: No space left on device",
        ),
        (OSError(30, "Read-only file system"), CannotWriteError, "Read-only file system; make room or the folder"),
        (LockedError("in use"), LockedError, "in use"),
    ],
)
def test_failures_to_write_say_what_to_do(error: Exception, kind: type[Exception], said: str) -> None:
    ours = as_ours(error, Path("archive"))
    assert type(ours) is kind
    assert said in str(ours)


def test_a_catalog_of_an_earlier_kliping_is_made_anew(tmp_path: Path) -> None:
    with open_session(setup(tmp_path)) as session:
        clip(session, exchange(), article())
        session.close()
        archive = session.archive
    before = dump(archive.catalog, ids=False)
    with sqlite3.connect(archive.catalog) as db:
        db.execute("PRAGMA user_version = 1")
    db.close()
    assert mend(archive) == (f"made {archive.catalog} anew: an earlier Kliping had made it",)
    assert dump(archive.catalog, ids=False) == before
    assert mend(archive) == ()
