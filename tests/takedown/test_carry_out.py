"""An article is taken down: its words are nowhere, all else is as it was, and everything verifies."""

from __future__ import annotations

import contextlib
import io
import shutil
from argparse import Namespace
from typing import TYPE_CHECKING

import pytest
from warcio.checker import Checker

from archiver.catalog import Catalog
from archiver.catalog.rebuild import rebuild
from archiver.config import Config
from archiver.crawling.ledger import read_ledger
from archiver.crawling.pending import Pending, Waiting
from archiver.errors import CannotWriteError
from archiver.outlets import Outlets
from archiver.takedown.carry_out import carry_out, look
from archiver.takedown.log import Takedown, read_takedowns
from tests.catalog.support import dump
from tests.crawling.support import SITE, outcomes, outlet, run_replay
from tests.takedown.support import (
    AMP,
    FIRST,
    OTHER,
    PAGE_2,
    QUOTE,
    SECOND,
    THIRD,
    TITLE,
    TWIN,
    UNIQUE,
    URL,
    holders,
)
from warc.read import read_records
from warc.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.archive import Archive
    from archiver.takedown.carry_out import Found

OUTLETS = Outlets([outlet()])


def take_down(archive: Archive, url: str = URL, *, copies: bool = True) -> tuple[Found, Takedown]:
    found = look(archive, OUTLETS, url, copies=copies)
    return found, carry_out(archive, Config(operator="Arsip"), found, reason="putusan 12/2026", policy="kebijakan 3")


def warcio_check(path: Path) -> int:
    with contextlib.redirect_stdout(io.StringIO()):
        checker = Checker(Namespace(inputs=[str(path)], verbose=False))
        checker.process_all()
        return int(checker.exit_value)


def test_before_the_words_are_there(archive: Archive) -> None:
    found = holders(archive, *UNIQUE)
    assert {name.partition("/")[0] for name in found} == {"warc", "catalog.db"}
    assert set(UNIQUE) == set().union(*found.values())


@pytest.mark.parametrize("address", [URL, PAGE_2, AMP])
def test_the_words_are_nowhere(archive: Archive, address: str) -> None:
    take_down(archive, address)
    assert holders(archive, *UNIQUE) == {}
    for sentence in (FIRST, SECOND, THIRD):
        words = sentence.split()
        runs = [" ".join(words[i : i + 4]) for i in range(len(words) - 3)]
        assert holders(archive, *runs) == {}
    with Catalog(archive.catalog, read_only=True) as catalog:
        assert catalog.search("santan") == []
        assert not any(map(catalog.known, (URL, PAGE_2, AMP, TWIN)))


def test_everything_else_is_as_it_was(archive: Archive) -> None:
    with Catalog(archive.catalog, read_only=True) as catalog:
        before = {entry.article.url: entry for entry in catalog.articles()}
    sizes = {path.name: path.stat().st_size for path in archive.warc_files()}
    records = {path.name: [record.ref for record in read_records(path)] for path in archive.warc_files()}
    _, takedown = take_down(archive, copies=False)
    with Catalog(archive.catalog, read_only=True) as catalog:
        after = {entry.article.url: entry for entry in catalog.articles()}
    assert set(before) - set(after) == {URL}
    assert all(before[url] == entry for url, entry in after.items())
    assert {OTHER, QUOTE} <= set(after)
    gone = {record.record_id for record in takedown.removed}
    for name, size in sizes.items():
        path = archive.warc / name
        assert path.stat().st_size == size
        filled = takedown.tombstone.encode()
        assert [record.ref for record in read_records(path) if filled not in record.block] == [
            ref for ref in records[name] if ref.record_id not in gone
        ]


def test_everything_verifies(archive: Archive) -> None:
    take_down(archive)
    assert list(verify(archive.warc_files(), index_directory=archive.index)) == []
    assert [list(verify([path])) for path in archive.warc_files()] == [[], [], []]  # each by itself, too
    assert [warcio_check(path) for path in archive.warc_files()] == [0, 0, 0]
    before = dump(archive.catalog)
    assert rebuild(archive).whole
    assert dump(archive.catalog) == before
    assert sorted(path.name for path in archive.root.iterdir() if path.name.startswith("takedown")) == [
        "takedowns.jsonl"
    ]


def test_what_stays_tells_what_was_done_and_why(archive: Archive) -> None:
    _, takedown = take_down(archive)
    assert read_takedowns(archive) == [takedown]
    assert (takedown.url, takedown.reason, takedown.policy, takedown.operator) == (
        URL,
        "putusan 12/2026",
        "kebijakan 3",
        "Arsip",
    )
    assert {URL, PAGE_2, AMP, TWIN} == set(takedown.addresses)
    (tombstone,) = (
        record
        for path in archive.warc_files()
        for record in read_records(path)
        if record.ref.record_id == takedown.tombstone
    )
    assert tombstone.ref.url == URL
    note = tombstone.block.decode()
    assert "reason: putusan 12/2026\r\npolicy: kebijakan 3\r\noperator: Arsip\r\n" in note
    captures = [record for record in takedown.removed if record.type in {"response", "revisit"}]
    assert len(captures) >= 6
    assert all(record.payload_digest and record.payload_digest in note for record in captures)
    assert TITLE not in archive.takedowns.read_text()
    assert {file.name for file in takedown.files} == {
        path.name for path in archive.warc_files() if not path.name.startswith("takedown")
    }


def test_a_quote_and_a_headline_are_told_and_left(archive: Archive) -> None:
    found, takedown = take_down(archive, copies=False)
    assert found.plan.mentioned("passage") == [QUOTE]
    assert found.plan.mentioned("headline") == [OTHER]
    assert QUOTE not in {record.url for record in takedown.removed}
    assert set(holders(archive, "sewindu")) == {"catalog.db", f"warc/{archive.warc_files()[0].name}"}
    with Catalog(archive.catalog, read_only=True) as catalog:
        assert catalog.known(QUOTE)


def test_copies_go_with_all_that_was_made_of_them(archive: Archive) -> None:
    _, takedown = take_down(archive)
    of_quote = {record.type: record.because for record in takedown.removed if record.url == QUOTE}
    assert of_quote == {"response": "copy", "request": "link", "conversion": "link"}
    assert QUOTE not in takedown.addresses
    with Catalog(archive.catalog, read_only=True) as catalog:
        assert not catalog.known(QUOTE)


def test_ledgers_and_logs_keep_the_address_alone(archive: Archive) -> None:
    folder = next(iter(archive.runs.iterdir()))
    with (folder / "log.txt").open("a") as log:
        log.write(f"2026-01-01 00:00:00,000 [x] ERROR: {URL} gagal\nTraceback:\n  text = {FIRST!r}\n  gulampati\n")
        log.write("2026-01-01 00:00:01,000 [x] INFO: lanjut\n")
    ledger = folder / "ledger.jsonl"
    lines = list(read_ledger(ledger))
    with ledger.open("a") as file:
        file.write(
            f'{{"url":"{URL}?x","outcome":"error","discovered_from":null,"time":"t","evidence":"title {TITLE}"}}\n'
        )
    found, takedown = take_down(archive)
    assert set(found.logs) == {folder / "log.txt", ledger}
    assert holders(archive, *UNIQUE) == {}
    *same, last = read_ledger(ledger)
    assert same == lines
    assert (last.url, last.evidence) == (f"{URL}?x", f"removed by takedown {takedown.id}")
    assert (
        (folder / "log.txt")
        .read_text()
        .endswith(f"2026-01-01 00:00:00 removed by takedown {takedown.id}\n2026-01-01 00:00:01,000 [x] INFO: lanjut\n")
    )


def test_an_old_catalog_goes_and_strange_files_are_named(archive: Archive) -> None:
    shutil.copy(archive.catalog, archive.catalog.with_name("catalog.db.old"))
    (archive.root / "kutipan.txt").write_text(FIRST)
    (archive.root / "catatan.txt").write_text("tidak ada apa-apa")
    (archive.root / "paket.zip").write_bytes(b"PK\x03\x04\x00\x00")
    found, _ = take_down(archive)
    assert set(found.others) == {archive.root / "kutipan.txt", archive.root / "paket.zip"}
    assert set(holders(archive, *UNIQUE)) == {"kutipan.txt"}


def test_it_does_not_come_back(archive: Archive, filled: tuple[Path, list[Path]]) -> None:
    take_down(archive)
    for file in filled[1]:
        result = run_replay(archive.root, file)
        ends = outcomes(archive.root, result.account.run, SITE)
        taken = ("/read/1", "/read/4", "/read/5", "/read/6")
        assert {ends[path] for path in taken if path in ends} == {"not_wanted"}
    with Catalog(archive.catalog, read_only=True) as catalog:
        assert not catalog.known(URL)
    assert holders(archive, *UNIQUE) == {}


def test_what_cannot_be_written_leaves_everything(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.read_bytes() for path in archive.root.rglob("*") if path.is_file()}
    found = look(archive, OUTLETS, URL)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("warc.rewrite.os.fsync", full)
        with pytest.raises(CannotWriteError, match="No space left on device"):
            carry_out(archive, Config(), found, reason="x", policy=None)
    after = {path: path.read_bytes() for path in archive.root.rglob("*") if path.is_file()}
    assert {path: after.get(path) for path in before} == before
    take_down(archive)
    assert holders(archive, *UNIQUE) == {}


def test_it_does_not_wait_for_the_next_run_either(archive: Archive) -> None:
    with Pending(archive.pending) as pending:
        pending.add([Waiting("uji", URL, 0, FIRST), Waiting("uji", f"{SITE}/read/99", 0, f"Baca: {SECOND}")])
    assert archive.pending.name in holders(archive, *UNIQUE)
    take_down(archive)
    assert holders(archive, *UNIQUE) == {}
    with Pending(archive.pending, read_only=True) as pending:
        assert (pending.entries(URL), pending.count()) == ([], 1)
