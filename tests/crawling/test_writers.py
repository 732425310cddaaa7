"""The files of a run: one for each outlet, and revisits of what any run has captured before."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.config import Config
from archiver.crawling.account import Kind
from archiver.crawling.session import Session, open_session
from archiver.crawling.setup import Setup
from archiver.errors import CannotWriteError, ExitCode
from archiver.verification import verify_archive
from tests.warc.damage import CHUNKED
from tests.warc.samples import PAGE, exchange, message
from warc.errors import WarcWriteError
from warc.output import Member
from warc.read import read_records
from warc.record import Exchange, RecordRef
from warc.verify import verify


def setup(folder: Path, kind: Kind = "crawl", *outlets: str) -> Setup:
    return Setup(Config(archive=folder / "archive"), kind, outlets or ("uji",))


def capture(session: Session, captured: Exchange, outlet: str = "uji") -> RecordRef:
    """What the recorder does with an exchange."""
    ref = session.writers.of(outlet).write_exchange(captured)
    assert ref is not None
    session.catalog.add_capture(ref, 200, truncated=captured.truncated)
    return ref


def run(folder: Path, *exchanges: Exchange) -> list[RecordRef]:
    """A run that captures these, and ends."""
    with open_session(setup(folder)) as session:
        refs = [capture(session, one) for one in exchanges]
        session.close()
    return refs


def warcs(folder: Path) -> list[Path]:
    return sorted((folder / "archive/warc").iterdir())


@pytest.mark.parametrize("received", [message(), CHUNKED], ids=["plain", "chunked"])
def test_a_page_that_another_run_has_captured_becomes_a_revisit(tmp_path: Path, received: bytes) -> None:
    (first,) = run(tmp_path, exchange(received=received))
    (again,) = run(tmp_path, exchange(received=received, seconds=60))
    assert (first.type, again.type, again.refers_to) == ("response", "revisit", first.record_id)
    assert again.file != first.file
    (repeated,) = [one for one in read_records(warcs(tmp_path)[1]) if one.ref.record_id == again.record_id]
    assert repeated.get("WARC-Refers-To-Target-URI") == first.url
    assert repeated.get("WARC-Refers-To-Date") == first.date
    assert repeated.get("WARC-Payload-Digest") == first.payload_digest
    assert list(verify(warcs(tmp_path), index_directory=tmp_path / "archive/index")) == []


def test_a_revisit_is_of_the_same_address_if_it_can(tmp_path: Path) -> None:
    """A chunked page always is: replay tools would not find that of another address."""
    other = "https://www.example.com/b"
    plain, chunked, _, moved = run(
        tmp_path,
        exchange(),
        exchange("https://www.example.com/c", CHUNKED, seconds=1),
        exchange("https://www.example.com/d", CHUNKED, seconds=2),
        exchange(other, seconds=3),
    )
    assert (moved.type, moved.refers_to) == ("revisit", plain.record_id)
    third, fourth, fifth = run(
        tmp_path,
        exchange("https://www.example.com/c", CHUNKED, seconds=10),
        exchange("https://www.example.com/e", CHUNKED, seconds=11),
        exchange("https://www.example.com/e", CHUNKED, seconds=12),
    )
    assert (third.type, third.refers_to) == ("revisit", chunked.record_id)
    assert fourth.type == "response"
    assert (fifth.type, fifth.refers_to) == ("revisit", fourth.record_id)


def test_nothing_is_a_revisit_of_what_comes_later_or_is_not_whole(tmp_path: Path) -> None:
    run(tmp_path, exchange(seconds=60))
    (before,) = run(tmp_path, exchange(seconds=30))
    assert before.type == "response"
    other = message(PAGE + b"more")
    run(tmp_path, replace(exchange(received=other), truncated="time"))
    (whole,) = run(tmp_path, exchange(received=other, seconds=60))
    assert whole.type == "response"


def test_a_crawl_writes_a_file_for_each_outlet(tmp_path: Path) -> None:
    with open_session(setup(tmp_path, "crawl", "satu", "dua")) as session:
        one = capture(session, exchange(), "satu")
        other = capture(session, exchange("https://www.example.com/b", seconds=1), "dua")
        account = session.close()
    assert other.type == "revisit"  # of a capture in the other outlet's file
    assert account.files == (one.file, other.file)
    assert [name.partition("-")[0] for name in account.files] == ["satu", "dua"]
    for path, name in zip(reversed(warcs(tmp_path)), ("satu", "dua"), strict=True):
        assert f"description: crawl of {name}\r\n".encode() in next(read_records(path)).block
    assert list(verify(warcs(tmp_path), index_directory=tmp_path / "archive/index")) == []


@pytest.mark.parametrize("kind", ["capture", "replay"])
def test_other_runs_write_one_file(tmp_path: Path, kind: Kind) -> None:
    with open_session(setup(tmp_path, kind, "satu", "dua")) as session:
        assert session.writers.of("satu") is session.writers.of("dua")
        ref = capture(session, exchange(), "satu")
        account = session.close()
    assert account.files == (ref.file,)
    assert ref.file.startswith(f"{kind}-")


def test_one_file_that_cannot_be_finished_does_not_keep_others_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_session(setup(tmp_path, "crawl", "satu", "dua")) as session:
        capture(session, exchange(), "satu")
        other = capture(session, exchange("https://www.example.com/b", message(PAGE * 2)), "dua")

        writer = session.writers.of("satu")
        close = writer.close

        def refuse() -> None:
            close()
            raise WarcWriteError("satu.warc.gz", "No space left on device")

        monkeypatch.setattr(writer, "close", refuse)
        with pytest.raises(WarcWriteError, match="No space left"):
            session.writers.close()
    assert (tmp_path / "archive/warc" / other.file).exists()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_disk_that_takes_no_more_ends_the_run_and_spoils_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(_member: Member, _data: bytes) -> None:
        raise OSError(number, os.strerror(number))

    with open_session(setup(tmp_path)) as session:
        capture(session, exchange())
        with monkeypatch.context() as patch:
            patch.setattr(Member, "write", refuse)
            with pytest.raises(WarcWriteError), session.guarded():
                capture(session, exchange("https://www.example.com/b", message(b"other")))
        account = session.close()
    assert account.exit_code == ExitCode.CANNOT_WRITE
    assert account.reason is not None
    assert os.strerror(number) in account.reason
    assert list(verify_archive(Archive.open(tmp_path / "archive"))) == []


def test_an_archive_that_cannot_be_written_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("archiver.archive.tempfile.TemporaryFile", refuse)
    with pytest.raises(CannotWriteError, match="Read-only file system; make the folder writable"):
        run(tmp_path, exchange())
