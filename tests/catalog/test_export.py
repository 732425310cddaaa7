"""Exports: every row says which record it was cut out of, and a big archive needs no more memory than a small one."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import msgspec
import pytest

from archiver.article import Article
from archiver.catalog.export import COLUMNS, FORMATS
from tests.catalog.support import URL, Writer, article

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archiver.catalog import Entry


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    with Writer(tmp_path / "arsip") as writer:
        writer.clip(title='Pasar "pagi", lagi', authors=("Siti", "Budi"))
        return next(writer.catalog.articles())


def test_jsonl_has_the_whole_article_and_its_records(entry: Entry) -> None:
    (line,) = FORMATS["jsonl"]([entry])
    assert line.endswith(b"\n")
    values = msgspec.json.decode(line)
    assert msgspec.convert(values, Article) == entry.article
    assert values["text"] == article().text
    assert list(values)[-4:] == ["version", "captured", "record_id", "conversion_id"]
    assert (values["captured"], values["record_id"]) == (entry.captured, entry.record_id)


def test_csv_can_be_read_again(entry: Entry) -> None:
    table = b"".join(FORMATS["csv"]([entry])).decode()
    (row,) = csv.DictReader(io.StringIO(table, newline=""))
    assert tuple(row) == COLUMNS
    assert row["title"] == 'Pasar "pagi", lagi'
    assert row["authors"] == "Siti; Budi"
    assert row["text"] == article().text
    assert row["canonical_url"] == ""
    assert (row["captured"], row["record_id"]) == (entry.captured, entry.record_id)


def test_text_has_a_head_with_address_capture_and_record(entry: Entry) -> None:
    whole = b"".join(FORMATS["text"]([entry, entry])).decode()
    head = f"==> {URL} <==\ncaptured {entry.captured}\nrecord {entry.record_id}\n\n"
    body = 'Pasar "pagi", lagi\n\nPembeli kembali datang.\n\n' + article().text
    assert whole == f"{head}{body}\n\n" * 2


@pytest.mark.parametrize("name", FORMATS)
def test_articles_are_taken_one_at_a_time(entry: Entry, name: str) -> None:
    taken = 0

    def endless() -> Iterator[Entry]:
        nonlocal taken
        while True:
            taken += 1
            yield entry

    rows = FORMATS[name](endless())
    for _ in range(10):
        next(rows)
    assert taken <= 10
