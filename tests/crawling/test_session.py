"""A run's end: the sum, the exit code, and what is said when the archive cannot be written any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.config import Config
from archiver.crawling.account import Account, new_run_id, read_account, write_account
from archiver.crawling.failures import Problem
from archiver.crawling.session import Session, open_session
from archiver.crawling.setup import Setup
from archiver.errors import BadDataError, CannotWriteError, ExitCode, LockedError
from tests.crawling.support import MOMENT, SITE, records_of
from warc.errors import WarcWriteError


def setup(folder: Path, **changes: object) -> Setup:
    return Setup(Config(archive=folder / "archive"), "crawl", ("uji",), **changes)  # type: ignore[arg-type]  # its fields


def account_of(session: Session) -> Account:
    return read_account(session.folder / "run.json")


def test_the_account_is_there_from_the_start_and_whole_at_the_end(tmp_path: Path) -> None:
    with open_session(setup(tmp_path, as_of="2021-01-13T04:00:00Z")) as session:
        begun = account_of(session)
        session.ledger.discover(f"{SITE}/read/1")
        session.settle(f"{SITE}/read/1", "gone", "HTTP 404 Not Found")
        ended = session.close()
    assert (begun.finished, begun.exit_code, begun.started) == (None, None, "2021-01-13T04:00:00+00:00")
    assert account_of(session) == ended
    assert (ended.discovered, ended.counts, ended.reason, ended.exit_code) == (1, {"gone": 1}, "finished", ExitCode.OK)
    assert ended.run.startswith("20210113T040000Z-uji-")


def test_an_address_without_outcome_is_told_loudly(tmp_path: Path) -> None:
    with open_session(setup(tmp_path)) as session:
        session.ledger.discover(f"{SITE}/read/1")
        account = session.close()
    assert account.counts == {"error": 1}
    assert account.exit_code == ExitCode.INTERNAL
    assert account.reason is not None
    assert "1 addresses got no outcome" in account.reason


def test_a_stopped_run_defers_what_is_open(tmp_path: Path) -> None:
    with open_session(setup(tmp_path)) as session:
        session.ledger.discover(f"{SITE}/read/1")
        session.stopped = True
        account = session.close()
    assert (account.counts, account.reason, account.exit_code) == ({"deferred": 1}, "stopped", ExitCode.PARTIAL)


def test_the_first_failure_to_write_stops_the_spiders_and_decides_the_exit_code(tmp_path: Path) -> None:
    stopped: list[str] = []
    with open_session(setup(tmp_path)) as session:
        session.on_failure(lambda: stopped.append("once"))
        for reason in ("No space left on device", "later"):
            with pytest.raises(WarcWriteError), session.guarded():
                raise WarcWriteError("a.warc.gz", reason)
        account = session.close()
    assert stopped == ["once"]
    assert account.exit_code == ExitCode.CANNOT_WRITE
    assert account.reason == (
        "cannot write a.warc.gz: No space left on device; all that was written before is whole. Make room and run again"
    )


def test_damaged_inputs_are_the_exit_code(tmp_path: Path) -> None:
    with open_session(setup(tmp_path)) as session:
        assert session.close(inputs_damaged=True).exit_code == ExitCode.BAD_DATA


def test_a_run_that_cannot_begin(tmp_path: Path) -> None:
    with open_session(setup(tmp_path)), pytest.raises(LockedError), open_session(setup(tmp_path)):
        pytest.fail("two runs of one outlet")
    (tmp_path / "other" / "archive").mkdir(parents=True)
    (tmp_path / "other" / "archive" / "photo.jpg").write_text("")
    with pytest.raises(BadDataError, match="is no archive"), open_session(setup(tmp_path / "other")):
        pytest.fail("somebody else's folder")
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWriteError), open_session(setup(tmp_path / "file")):
        pytest.fail("below a file")


def test_an_absence_leaves_a_record_but_not_in_a_replay(tmp_path: Path) -> None:
    with open_session(setup(tmp_path)) as session:
        session.note_absence("uji", f"{SITE}/read/1", Problem("dns", "no such host"), f"{SITE}/index")
        assert len(session.close().files) == 1
    *_, note = records_of(tmp_path / "archive")
    assert (note.ref.type, note.ref.url, note.get("Content-Type")) == (
        "metadata",
        f"{SITE}/read/1",
        "application/warc-fields",
    )
    assert note.block == b"outcome: dns\r\nevidence: no such host\r\nvia: https://uji.example/index\r\n"
    with open_session(Setup(Config(archive=tmp_path / "archive"), "replay", ("uji",))) as session:
        session.note_absence("uji", f"{SITE}/read/1", Problem("not_archived", "not in the WARC files"))
        assert session.close().files == ()


def test_run_ids_sort_by_time() -> None:
    assert new_run_id(MOMENT, "tempo")[:-4] == "20210113T040000Z-tempo-"
    assert new_run_id(MOMENT, "tempo") != new_run_id(MOMENT, "tempo")


def test_an_account_that_cannot_be_written(tmp_path: Path) -> None:
    with open_session(setup(tmp_path)) as session:
        account = session.close()
    with pytest.raises(CannotWriteError, match=r"run\.json"):
        write_account(tmp_path / "none", account)


def test_the_digest_is_of_what_changes_captures(tmp_path: Path) -> None:
    def digest(**changes: object) -> str:
        return Setup(Config(**changes), "crawl", ("uji",)).digest  # type: ignore[arg-type]  # its fields

    assert digest() == digest(contact="a@contoh.example", archive=tmp_path)
    assert digest() != digest(limit=5)
