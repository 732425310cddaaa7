"""From a TOML table to a Struct, and what is said where it does not fit: the key, what is wrong, an example.

A key that is not known is an error. Tables within the table are Structs too.
"""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import Struct

from archiver.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_Table = TypeVar("_Table", bound=Struct)

_PLAINLY = {"`object`": "a table", "`array`": "a list in [ ]"}
"""Words of JSON in TOML's."""


def convert(values: Mapping[str, Any], kind: type[_Table], examples: Mapping[str, str], where: str = "") -> _Table:
    """The Struct with these values.

    `examples` has a line of TOML for each key, `table.key` for those of a table. `where` begins each message: a
    file's name and a colon, say. Raises `ConfigError`.
    """
    for key, known, table in _unknown(values, kind):
        raise ConfigError(f"{where}unknown key {key!r}{_in(table)}; {_hint(key, known, table, kind)}")
    try:
        return msgspec.convert(values, kind, dec_hook=_path)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `$.")
        key = re.sub(r"\[.*?\]", "", place.rstrip("`"))
        raise ConfigError(f"{where}{key}: {_plain(message)}; {_example(key, examples)}") from error


def _unknown(values: Mapping[str, Any], kind: type[Struct], table: str = "") -> Iterator[tuple[str, list[str], str]]:
    """-> key, the keys that there are, and the table that it stands in."""
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    for key, value in values.items():
        if key not in fields:
            yield key, list(fields), table
        elif isinstance(value, dict) and (inner := _struct(fields[key])) is not None:
            yield from _unknown(value, inner, f"{table}.{key}" if table else key)


def _struct(kind: Any) -> type[Struct] | None:
    return kind if isinstance(kind, type) and issubclass(kind, Struct) else None


def _hint(key: str, known: list[str], table: str, kind: type[Struct]) -> str:
    if table and key in kind.__struct_fields__:
        return f"the key {key} of the file itself has to stand above the first [table]"
    near = difflib.get_close_matches(key, known, n=1)
    return f"did you mean {near[0]}?" if near else f"the keys are {', '.join(known)}"


def _example(key: str, examples: Mapping[str, str]) -> str:
    table, _, _ = key.rpartition(".")
    example = examples.get(key) or next((line for name, line in examples.items() if name.startswith(f"{key}.")), key)
    return f"write for example {example}{_under(table if key in examples else key)}"


def _under(table: str) -> str:
    return f" below [{table}]" if table else ""


def _in(table: str) -> str:
    return f" in [{table}]" if table else ""


def _plain(message: str) -> str:
    if " matching regex " in message:
        return "not of the form that is needed"
    for word, plain in _PLAINLY.items():
        message = message.replace(word, plain)
    return message


def _path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str | Path):
        return Path(value)
    raise TypeError(f"Expected `str`, got `{type(value).__name__}`")
