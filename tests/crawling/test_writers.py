"""The files of a run: one for each outlet, and revisits of what any run has captured before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from archiver.config import Config
from archiver.crawling.account import Kind
from archiver.crawling.session import Session, open_session
from archiver.crawling.setup import Setup
from tests.warc.damage import CHUNKED
from tests.warc.samples import PAGE, exchange, message
from warc.errors import WarcWriteError
from warc.read import read_records
from warc.record import Exchange, RecordRef
from warc.verify import verify


def setup(folder: Path, kind: Kind = "crawl", *outlets: str) -> Setup:
    return Setup(Config(archive=folder / "archive"), kind, outlets or ("uji",))


def capture(session: Session, captured: Exchange, outlet: str = "uji") -> RecordRef:
    """What the recorder does with an exchange."""
    ref = session.writers.of(outlet).write_exchange(captured)
    assert ref is not None
    session.catalog.add_capture(ref, 200, truncated=captured.truncated is not None)
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
    again, elsewhere = run(
        tmp_path,
        exchange(received=received, seconds=60),
        exchange("https://www.example.com/b", received, seconds=61),
    )
    assert (first.type, again.type, elsewhere.type) == ("response", "revisit", "revisit")
    assert again.refers_to == elsewhere.refers_to == first.record_id
    assert again.file != first.file
    (repeated,) = [one for one in read_records(warcs(tmp_path)[1]) if one.ref.record_id == again.record_id]
    assert repeated.get("WARC-Refers-To-Target-URI") == first.url
    assert repeated.get("WARC-Refers-To-Date") == first.date
    assert repeated.get("WARC-Payload-Digest") == first.payload_digest
    assert list(verify(warcs(tmp_path), index_directory=tmp_path / "archive/index")) == []


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
