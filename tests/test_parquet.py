"""Parquet corpora without the command line: which addresses are asked for their brands, and what is counted."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from pyarrow import parquet

from archiver.errors import BadDataError
from archiver.parquet import Columns, Counts, clean_parquet

if TYPE_CHECKING:
    from pathlib import Path

STORY = "Petugas memeriksa alat ukur di pos pantau sejak pagi, kata kepala pos itu kepada warga."
URLS = ["https://example.org/a", None, "https://example.org/b"]


@pytest.mark.parametrize(
    ("columns", "asked"),
    [
        (Columns(), ["https://example.org/a", "https://example.org/b"]),
        (Columns(url="alamat"), ["https://example.com/"] * 3),
    ],
)
def test_an_outlet_is_asked_for_by_address(tmp_path: Path, columns: Columns, asked: list[str]) -> None:
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"text": [STORY] * 3, "url": URLS, "alamat": ["https://example.com/"] * 3}), path)
    seen: list[str] = []

    def brands_of(url: str) -> tuple[str, ...]:
        seen.append(url)
        return ()

    out = io.BytesIO()
    assert clean_parquet(path, out, columns, brands_of=brands_of) == Counts(rows=3, bad=0)
    assert seen == asked
    assert parquet.read_table(pa.BufferReader(out.getvalue())).column("kept").to_pylist() == [[STORY]] * 3


def test_a_column_that_is_there_twice_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table([pa.array([STORY]), pa.array([STORY])], names=["text", "text"]), path)
    with pytest.raises(BadDataError, match="no single column 'text'"):
        clean_parquet(path, io.BytesIO(), Columns())
