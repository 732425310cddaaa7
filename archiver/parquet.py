"""Cleaning a corpus in Parquet, batch by batch, with pyarrow (the extra `[parquet]`).

Only the columns that are needed are read, and no more than a row group of them is in memory. Each row is answered by
one row, in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
from msgspec import structs
from pyarrow import parquet

from archiver.errors import BadDataError, NotFoundError
from archiver.extraction.clean import clean

_ROWS = 4096
"""Rows of a batch, and of a row group of the answer: some ten megabytes of news."""

_CUTS = pa.list_(pa.struct([("text", pa.string()), ("kind", pa.string()), ("rule", pa.string()), ("line", pa.int32())]))


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of the columns to read. Where `id` or `url` is None, the column of that name counts, if there is one."""

    text: str = "text"
    id: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows that were answered, and how many of them with an error."""

    rows: int
    bad: int


def clean_parquet(
    path: Path, out: BinaryIO, columns: Columns, *, brands_of: Callable[[str], Sequence[str]] | None = None
) -> Counts:
    """Write the answers to the rows of `path` to `out`, as Parquet.

    The columns are `id` (as it came; where there are no ids, the number of the row, from 0), `kept`, `removed`,
    `rerouted`, as `archiver.extraction.clean.Cleaned` has them, and `error`: null, or why a row has none of the others.
    `brands_of` names the outlet's brands for a URL.
    Raises `NotFoundError` where there is no such file, `BadDataError` where it is no Parquet or lacks a column.
    """
    rows = bad = 0
    with _open(path) as file:
        columns = _present(file.schema_arrow, columns, path)
        schema = _schema(file.schema_arrow, columns)
        with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
            for batch in _batches(file, columns, path):
                answer = _answer(batch, columns, schema, rows, brands_of)
                rows += len(answer)
                bad += len(answer) - answer.column("error").null_count
                writer.write_batch(answer)
    return Counts(rows, bad)


def _open(path: Path) -> parquet.ParquetFile:
    try:
        return parquet.ParquetFile(path, pre_buffer=False)
    except FileNotFoundError:
        raise NotFoundError(f"there is no file {path}") from None
    except (pa.ArrowException, OSError) as error:
        raise BadDataError(f"{path} cannot be read as Parquet: {_one_line(error)}") from error


def _present(given: pa.Schema, columns: Columns, path: Path) -> Columns:
    """The columns that the file has of these; raises `BadDataError` where one that was named is missing or no text."""
    for name in filter(None, (columns.text, columns.id, columns.url)):
        if given.get_field_index(name) < 0:
            raise BadDataError(f"{path} has no single column {name!r}, only {', '.join(given.names)}: name another")
    for name in filter(None, (columns.text, columns.url)):
        if not _holds_strings(given, name):
            raise BadDataError(f"{path}: column {name!r} holds {given.field(name).type}, not strings: name another")
    return Columns(
        columns.text,
        columns.id or ("id" if given.get_field_index("id") >= 0 else None),
        columns.url or ("url" if _holds_strings(given, "url") else None),
    )


def _holds_strings(given: pa.Schema, name: str) -> bool:
    at = given.get_field_index(name)
    if at < 0:
        return False
    kind = given.field(at).type
    held = kind.value_type if pa.types.is_dictionary(kind) else kind
    return any(test(held) for test in (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view))


def _schema(given: pa.Schema, columns: Columns) -> pa.Schema:
    """The columns of the answer."""
    return pa.schema(
        [
            ("id", given.field(columns.id).type if columns.id else pa.int64()),
            ("kept", pa.list_(pa.string())),
            ("removed", _CUTS),
            ("rerouted", _CUTS),
            ("error", pa.string()),
        ]
    )


def _batches(file: parquet.ParquetFile, columns: Columns, path: Path) -> Iterator[pa.RecordBatch]:
    names = list(dict.fromkeys(filter(None, (columns.text, columns.id, columns.url))))
    try:
        yield from file.iter_batches(batch_size=_ROWS, columns=names)
    except (pa.ArrowException, OSError) as error:
        raise BadDataError(f"{path} is damaged: {_one_line(error)}") from error


def _answer(
    batch: pa.RecordBatch,
    columns: Columns,
    schema: pa.Schema,
    start: int,
    brands_of: Callable[[str], Sequence[str]] | None,
) -> pa.RecordBatch:
    """The answer to a batch whose first row is number `start` of the file."""
    urls = _strings(batch.column(columns.url)) if columns.url and brands_of else [None] * len(batch)
    rows: list[tuple[Any, ...]] = []
    for text, url in zip(_strings(batch.column(columns.text)), urls, strict=True):
        if isinstance(text, str):
            brands = brands_of(url) if brands_of and isinstance(url, str) else ()
            cleaned = clean(text, brands=brands)
            rows.append(
                (
                    cleaned.kept,
                    [*map(structs.astuple, cleaned.removed)],
                    [*map(structs.astuple, cleaned.rerouted)],
                    None,
                )
            )
        else:
            rows.append((None, None, None, "the text is null" if text is None else "the text is no UTF-8"))
    ids = batch.column(columns.id) if columns.id else pa.array(range(start, start + len(batch)), pa.int64())
    made = zip(*rows, strict=True)
    return pa.record_batch([ids, *map(pa.array, made, schema.types[1:])], schema=schema)


def _strings(column: pa.Array) -> list[str | bytes | None]:
    """The values of a column of strings; what is no UTF-8, which Parquet does not check, comes as bytes."""
    try:
        values: list[str | bytes | None] = column.to_pylist()
    except UnicodeDecodeError:
        return [_string(value) for value in column]
    return values


def _string(value: pa.Scalar) -> str | bytes | None:
    try:
        text: str | None = value.as_py()
    except UnicodeDecodeError as error:
        return bytes(error.object)
    return text


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
