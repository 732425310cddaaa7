from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
import pytest

from archiver.errors import NotFoundError
from archiver.reports.receipt import Receipt, compose, draw
from archiver.reports.receipt.values import Check
from tests.catalog.support import URL, Writer
from tests.reports.receipt.test_history import FIRST, run

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.archive import Archive

PASSED = Check(program="uji", version="1", what="all", result="passed")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    with Writer(tmp_path / "berita") as writer:
        writer.clip()
        writer.capture("https://contoh.test/robots.txt")
        writer.warc.write_metadata("https://contoh.test/x", b"outcome: dns\r\n", "application/warc-fields")
    run(writer.archive, FIRST, ("a", "timeout"), ("b", "saved"))
    (writer.archive.warc / "lagi.warc.gz.open").touch()
    return writer.archive


def made(archive: Archive) -> Receipt:
    return compose(archive, check=lambda _: [PASSED])


def test_a_receipt_of_everything(archive: Archive) -> None:
    steps: list[str] = []
    receipt = compose(archive, check=lambda _: [PASSED], on_step=steps.append)
    assert len(steps) == 4
    assert (receipt.archive, receipt.archive_version) == ("berita", "0.1.0")
    contents = receipt.contents
    assert (contents.articles, contents.versions, contents.words) == (1, 1, 8)
    assert (contents.records["response"], contents.records["conversion"]) == (2, 1)
    assert receipt.outcomes == {"timeout": 1, "saved": 1}
    assert [item.run for item in receipt.runs] == [FIRST]
    assert [item.url for item in receipt.robots.files] == ["https://contoh.test/robots.txt"]
    assert [(item.url, item.outcome) for item in receipt.missing.absences] == [
        ("https://contoh.test/x", "dns"),
        ("https://contoh.test/a", "timeout"),
    ]
    assert receipt.missing.unfinished_files == ("lagi.warc.gz.open",)
    assert receipt.checks == (PASSED,)
    assert receipt.faultless
    digests = {item.path: item.sha256 for item in receipt.files}
    assert digests["archive.toml"] == hashlib.sha256(archive.marker.read_bytes()).hexdigest()
    assert sum(item.size for item in receipt.files if item.path.startswith("warc/")) > 0
    assert "berita" in draw(receipt)


def test_it_can_be_read_back(archive: Archive) -> None:
    receipt = made(archive)
    assert msgspec.json.decode(msgspec.json.encode(receipt), type=Receipt) == receipt
    keys = list(msgspec.to_builtins(receipt))
    assert keys == [
        *("format", "made", "by", "archive", "archive_version", "contents", "origins", "runs", "outcomes", "robots"),
        *("missing", "checks", "files"),
    ]


def test_an_address_that_the_catalog_has_is_not_missing(archive: Archive) -> None:
    run(archive, "20210115T040000Z-contoh-5e6f", (URL.removeprefix("https://contoh.test/"), "gone"))
    assert URL not in {item.url for item in made(archive).missing.absences}


def test_what_cannot_be_read_is_part_of_it(archive: Archive) -> None:
    archive.catalog.unlink()
    archive.marker.write_text("rusak")
    (path,) = archive.warc_files()
    path.write_bytes(path.read_bytes()[:-20])
    receipt = made(archive)
    assert receipt.archive_version is None
    assert not receipt.faultless
    assert [line.partition(":")[0] for line in receipt.missing.unread] == [
        str(path),
        f"there is no catalog {archive.catalog}",
    ]
    assert receipt.contents.articles == 0
    assert receipt.contents.records["conversion"] == 1


def test_an_archive_without_warc_files(archive: Archive) -> None:
    for path in archive.warc_files():
        path.unlink()
    with pytest.raises(NotFoundError, match="nothing to give a receipt for"):
        made(archive)
