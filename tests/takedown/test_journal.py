"""A takedown that is killed, at any point, is finished or undone at the next start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archiver.catalog import Catalog
from archiver.config import Config
from archiver.crawling.lock import archive_lock
from archiver.errors import CannotWriteError, LockedError
from archiver.takedown import journal
from archiver.takedown.carry_out import carry_out, look
from archiver.takedown.journal import draft_folder, finish, resume
from archiver.takedown.log import read_takedowns
from tests.catalog.support import dump
from tests.crawling.support import run_replay
from tests.takedown.support import UNIQUE, URL, holders
from tests.takedown.test_carry_out import OUTLETS
from warc.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from archiver.archive import Archive

STEPS = 23
"""So many things the journal does to the disk; the test below sees to it that the number is right."""


class Killed(BaseException):
    """What a kill is to the program: nothing handles it."""


def start(archive: Archive) -> None:
    found = look(archive, OUTLETS, URL, copies=True)
    carry_out(archive, Config(), found, reason="putusan", policy=None)


def kill_at(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Die before the step of that number, counted through all that the journal does to the disk."""
    steps = iter(range(10**6))

    def dying(step: Callable[..., Any]) -> Callable[..., Any]:
        def take(*arguments: Any, **more: Any) -> Any:
            if next(steps) >= number:
                raise Killed
            return step(*arguments, **more)

        return take

    for name in ("rebuild", "append", "sync_folder"):
        monkeypatch.setattr(journal, name, dying(getattr(journal, name)))
    for name in ("rename", "replace"):
        monkeypatch.setattr(Path, name, dying(getattr(Path, name)))


@pytest.mark.parametrize("number", range(STEPS + 1))
def test_killed_at_any_step(archive: Archive, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    before = {path: path.read_bytes() for path in archive.warc_files()}
    killed = False
    with monkeypatch.context() as patch:
        kill_at(patch, number)
        try:
            start(archive)
        except Killed:
            killed = True
    committed = (archive.root / "takedown.ready").exists() or bool(read_takedowns(archive))
    done = resume(archive)
    assert killed == (number < STEPS)
    assert killed or done is None
    assert not list(archive.root.glob("takedown.*"))
    assert list(verify(archive.warc_files(), index_directory=archive.index)) == []
    if committed:
        assert holders(archive, *UNIQUE) == {}
        assert len(read_takedowns(archive)) == 1
        with Catalog(archive.catalog, read_only=True) as catalog:
            assert not catalog.known(URL)
    else:
        assert {path: path.read_bytes() for path in archive.warc_files()} == before
        assert read_takedowns(archive) == []
        start(archive)
        assert holders(archive, *UNIQUE) == {}
    assert resume(archive) is None


def test_the_next_run_finishes_it(archive: Archive, filled: tuple[Path, list[Path]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal, "rebuild", lambda _archive: (_ for _ in ()).throw(Killed))
        with pytest.raises(Killed):
            start(archive)
    assert holders(archive, *UNIQUE)
    run_replay(archive.root, filled[1][1])
    assert holders(archive, *UNIQUE) == {}
    assert len(read_takedowns(archive)) == 1


def test_a_reader_of_the_catalog_delays_the_end(archive: Archive) -> None:
    with Catalog(archive.catalog) as catalog:
        assert catalog.known(URL)
        with pytest.raises(LockedError, match="in use"):
            start(archive)
    assert resume(archive) is not None
    assert holders(archive, *UNIQUE) == {}


def test_nobody_else_may_write_meanwhile(archive: Archive, filled: tuple[Path, list[Path]]) -> None:
    with archive_lock(archive.root / "locks", alone=True), pytest.raises(LockedError, match="being taken out"):
        run_replay(archive.root, filled[1][1])
    draft_folder(archive)
    with archive_lock(archive.root / "locks", alone=False), pytest.raises(LockedError, match="another run writes"):
        resume(archive)
    assert resume(archive) is None
    assert not (archive.root / "takedown.part").exists()


def test_nothing_to_do_changes_nothing(archive: Archive) -> None:
    before = dump(archive.catalog)
    assert finish(archive) is None
    assert dump(archive.catalog) == before


def test_files_that_cannot_be_swapped_in_one_step(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """`warc/` is a mount of its own: its device differs."""
    real = Path.stat

    def stat(path: Path, **more: Any) -> Any:
        found = real(path, **more)
        return found if path != archive.warc else type(found)((*found[:2], found.st_dev + 1, *found[3:10]))

    monkeypatch.setattr(Path, "stat", stat)
    with pytest.raises(CannotWriteError, match="another file system"):
        draft_folder(archive)
