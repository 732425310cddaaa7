"""Tables into Structs."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import Struct

from archiver.errors import ConfigError
from archiver.toml import convert


class Inner(Struct, frozen=True, forbid_unknown_fields=True):
    path: Path | None = None
    numbers: tuple[int, ...] = ()


class Outer(Struct, frozen=True, forbid_unknown_fields=True):
    size: int = 1
    inner: Inner = Inner()


EXAMPLES = {"size": "size = 1", "inner.path": 'path = "x"', "inner.numbers": "numbers = [1]"}


def test_a_table_within_a_table() -> None:
    found = convert({"size": 2, "inner": {"path": "a/b", "numbers": [3]}}, Outer, EXAMPLES)
    assert found == Outer(2, Inner(Path("a/b"), (3,)))


def test_what_is_converted_already_stays() -> None:
    assert convert({"inner": Inner(Path("a"))}, Outer, EXAMPLES).inner.path == Path("a")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"sise": 1}, "f: unknown key 'sise'; did you mean size?"),
        ({"x": 1}, "f: unknown key 'x'; the keys are size, inner"),
        ({"inner": {"nubmers": []}}, "f: unknown key 'nubmers' in [inner]; did you mean numbers?"),
        (
            {"inner": {"size": 1}},
            "f: unknown key 'size' in [inner]; the key size of the file itself has to stand above the first [table]",
        ),
        ({"size": "1"}, "f: size: Expected `int`, got `str`; write for example size = 1"),
        (
            {"inner": {"numbers": [1, "2"]}},
            "f: inner.numbers: Expected `int`, got `str`; write for example numbers = [1] below [inner]",
        ),
        ({"inner": 1}, 'f: inner: Expected a table, got `int`; write for example path = "x" below [inner]'),
        (
            {"inner": {"path": 1}},
            'f: inner.path: Expected `str`, got `int`; write for example path = "x" below [inner]',
        ),
    ],
)
def test_what_does_not_fit_is_named_with_an_example(values: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        convert(values, Outer, EXAMPLES, "f: ")
    assert str(caught.value) == said
