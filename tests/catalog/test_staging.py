"""Conversions and metadata find each other, whatever their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.catalog.staging import Staging
from tests.catalog.support import Writer
from warc.read import read_records

if TYPE_CHECKING:
    from pathlib import Path

    from warc.read import Record


def records(tmp_path: Path) -> list[Record]:
    with Writer(tmp_path / "arsip") as writer:
        writer.clip("https://contoh.test/1", text="Satu.")
        writer.clip("https://contoh.test/2", text="Dua.")
        writer.warc.write_metadata("https://contoh.test/3", b'{"outcome": {}}', "application/json")
        writer.warc.write_metadata("https://contoh.test/4", b"\xff\xfe", "text/plain")
    (path,) = writer.archive.warc_files()
    return list(read_records(path))


def test_pairs_come_in_the_order_of_their_metadata(tmp_path: Path) -> None:
    found = records(tmp_path)
    with Staging() as staging:
        for record in reversed(found):
            if record.ref.type == "metadata":
                staging.add_metadata(record)
        for record in [*found, *found]:
            if record.ref.type == "conversion":
                staging.add_conversion(record)
        pairs = list(staging.pairs())
    assert [pair.text and pair.text.rpartition("\n")[2] for pair in pairs] == ["Dua.", "Satu."]
    metadata = [record.ref for record in found if record.ref.type == "metadata"]
    assert [pair.metadata for pair in pairs] == [metadata[1], metadata[0]]
    assert b"Pasar pagi ramai lagi" in pairs[0].article


def test_metadata_without_its_conversion_has_no_text(tmp_path: Path) -> None:
    with Staging() as staging:
        for record in records(tmp_path):
            if record.ref.type == "metadata":
                staging.add_metadata(record)
        assert [(pair.conversion, pair.text) for pair in staging.pairs()] == [(None, None)] * 2
