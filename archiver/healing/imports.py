"""The imports of an outlet file, brought up to what a new layout uses, in the order in which ruff sorts them."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from archiver.outlet import Css, JsonLd, Meta

LINE: Final = 120
"""Characters of a line of source."""


def with_imports(text: str, values: Iterable[Any]) -> str:
    """An outlet file with the imports that these values of a new layout need."""
    names = _imported(text)
    values = [item for value in values for item in (value if isinstance(value, tuple) else (value,))]
    if "date" not in names and any(isinstance(value, date) for value in values):
        text = _import_date(text)
    for cls in (Css, Meta, JsonLd):
        if cls.__name__ not in names and any(isinstance(value, cls) for value in values):
            text = _import_name(text, cls.__name__)
    return text


def _imported(text: str) -> set[str]:
    return {
        alias.asname or alias.name
        for node in ast.parse(text).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


def _import_date(text: str) -> str:
    """`from datetime import date` in its place: behind the plain imports, before the other `from`."""
    imports = [node for node in ast.parse(text).body if isinstance(node, ast.Import | ast.ImportFrom)]
    plain = [node for node in imports if isinstance(node, ast.Import)]
    future = [node for node in imports if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    lines = text.splitlines(keepends=True)
    line = "from datetime import date\n"
    if plain:
        lines.insert(plain[-1].end_lineno or plain[-1].lineno, line)
    elif future:
        at = future[-1].end_lineno or future[-1].lineno
        lines[at:at] = ["\n", line]
    else:
        lines[imports[0].lineno - 1 : imports[0].lineno - 1] = [line, "\n"]
    return "".join(lines)


def _import_name(text: str, name: str) -> str:
    """One name more in `from archiver.outlet import …`."""
    node = next(
        node for node in ast.parse(text).body if isinstance(node, ast.ImportFrom) and node.module == "archiver.outlet"
    )
    names = sorted({name, *(alias.name for alias in node.names)}, key=str.lower)
    flat = f"from archiver.outlet import {', '.join(names)}"
    written = (
        flat
        if len(flat) <= LINE
        else "\n".join(["from archiver.outlet import (", *(f"    {each}," for each in names), ")"])
    )
    lines = text.splitlines(keepends=True)
    lines[node.lineno - 1 : node.end_lineno] = [f"{written}\n"]
    return "".join(lines)
