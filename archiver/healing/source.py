"""The new layout as source: the outlet's file with a `Layout(...)` more, and the patch that makes it so.

The old layout's source is copied and only what is new is written over it, so that the names which an outlet file gives
to common values (`_RELATED`, `_ADS`) stay in use. What is written is formatted as ruff formats it.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, Final

from archiver.errors import BadDataError, NotFoundError
from archiver.healing.draft import Draft
from archiver.healing.imports import LINE, with_imports
from archiver.literals import quoted, selector
from archiver.outlet import Css, JsonLd, Layout, Meta, Outlet

_STEP: Final = 4
_ORDER: Final = tuple(field.name for field in fields(Layout))


@dataclass(frozen=True, slots=True)
class Edit:
    """An outlet file before and after."""

    path: Path
    before: str
    after: str

    def patch(self, root: Path) -> str:
        """The unified diff, for `patch -p1` in the folder `root`."""
        name = self.path.relative_to(root).as_posix()
        lines = difflib.unified_diff(
            self.before.splitlines(keepends=True), self.after.splitlines(keepends=True), f"a/{name}", f"b/{name}"
        )
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def edit(path: Path, outlet: Outlet, drafts: Sequence[Draft]) -> Edit:
    """The outlet's file with the drafted layouts first, the last of them before all.

    Raises `NotFoundError` where it cannot be read, `BadDataError` where the layouts do not stand in it as a tuple.
    """
    try:
        before = path.read_text(encoding="utf-8")
    except OSError as error:
        raise NotFoundError(f"cannot read {path}: {error.strerror}") from error
    file = _File(path, before, outlet)
    for draft in drafts:
        file.add(draft)
    return Edit(path, before, file.text)


class _File:
    """An outlet file that is being edited."""

    def __init__(self, path: Path, text: str, outlet: Outlet) -> None:
        self.text = text
        self._path = path
        self._outlet = outlet

    def add(self, draft: Draft) -> None:
        """Put the drafted layout before the others."""
        layouts = self._layouts()
        old = next((node for node in layouts.elts if _name_of(node) == draft.base.name), None)
        if not isinstance(old, ast.Call):
            raise self._refusal(f"the layout {draft.base.name!r} is not written as Layout(...) in it")
        lines = self.text.splitlines(keepends=True)
        at = layouts.elts[0].lineno - 1
        indent = " " * layouts.elts[0].col_offset
        if lines[at][: layouts.elts[0].col_offset].strip():
            raise self._refusal("its first layout does not stand on a line of its own")
        while lines[at - 1].strip().startswith("#"):
            at -= 1  # a remark on the first layout stays with it
        lines[at:at] = [f"{line}\n" for line in self._call(old, draft, indent)]
        self.text = with_imports("".join(lines), draft.changed.values())

    def _layouts(self) -> ast.Tuple:
        """The tuple of layouts in the call that makes the outlet."""
        for node in ast.walk(ast.parse(self.text)):
            if isinstance(node, ast.Call) and _called(node) == "Outlet" and _name_of(node) == self._outlet.name:
                found = next((word.value for word in node.keywords if word.arg == "layouts"), None)
                if isinstance(found, ast.Tuple) and found.elts:
                    return found
        raise self._refusal("its layouts are not written as layouts=(Layout(...), ...) in Outlet(...)")

    def _refusal(self, why: str) -> BadDataError:
        return BadDataError(f"cannot write a layout into {self._path}: {why}; write it in by hand")

    def _call(self, old: ast.Call, draft: Draft, indent: str) -> list[str]:
        inner = indent + " " * _STEP
        words: dict[str, str] = {}
        for keyword in old.keywords:
            if keyword.arg is None:
                raise self._refusal(f"the layout {draft.base.name!r} is made with **")
            words[keyword.arg] = self._segment(keyword.value)
        for name, value in draft.changed.items():
            if value is None or value == ():
                words.pop(name, None)
            else:
                words[name] = _source(value, inner, len(name) + 1)
        if draft.intruders:
            old_drop = next((keyword.value for keyword in old.keywords if keyword.arg == "drop"), None)
            words["drop"] = self._drop(old_drop, draft, inner)
        ordered = [name for name in _ORDER if name in words and name not in _first(words)]
        return [f"{indent}Layout(", *_keywords(words, [*_first(words), *ordered], inner), f"{indent}),"]

    def _segment(self, node: ast.expr) -> str:
        return ast.get_source_segment(self.text, node) or ast.unparse(node)

    def _drop(self, old: ast.expr | None, draft: Draft, inner: str) -> str:
        """The old drop rules with the new ones behind those of their kinds."""
        new: dict[str, list[str]] = {}
        for rule in draft.intruders:
            new.setdefault(rule.kind, []).append(rule.query)
        entries: list[tuple[str, list[str]]] = []
        if isinstance(old, ast.Dict):
            for key, value in zip(old.keys, old.values, strict=True):
                if key is None:
                    entries.append(("**", [self._segment(value)]))
                elif isinstance(key, ast.Constant) and key.value in new:
                    parts = self._members(value)
                    entries.append((str(key.value), [*parts, *map(quoted, new.pop(key.value))]))
                else:
                    entries.append((ast.literal_eval(key), self._members(value)))
        elif old is not None:
            name = self._segment(old)
            entries.append(("**", [name]))
            both = [kind for kind in new if kind in draft.base.drop]
            entries += [(kind, [f'*{name}["{kind}"]', *map(quoted, new.pop(kind))]) for kind in both]
        entries += [(kind, list(map(quoted, queries))) for kind, queries in new.items()]
        deeper = inner + " " * _STEP
        lines = [
            f"{deeper}**{parts[0]},"
            if key == "**"
            else f"{deeper}{quoted(key)}: {_tuple(parts, deeper, len(quoted(key)) + 2)},"
            for key, parts in entries
        ]
        return "\n".join(["{", *lines, f"{inner}}}"])

    def _members(self, value: ast.expr) -> list[str]:
        """The members of a tuple as written; a name stands for its members."""
        if isinstance(value, ast.Tuple):
            return [self._segment(item) for item in value.elts]
        return [f"*{self._segment(value)}"]


def _first(words: Mapping[str, str]) -> list[str]:
    return [name for name in ("name", "since", "until", "when", "area", "body") if name in words]


def _keywords(words: Mapping[str, str], names: Sequence[str], indent: str) -> list[str]:
    return [f"{indent}{name}={words[name]}," for name in names]


def _name_of(node: ast.AST) -> str | None:
    """The `name` that a call is given."""
    words = node.keywords if isinstance(node, ast.Call) else []
    found = next((word.value for word in words if word.arg == "name"), None)
    return str(found.value) if isinstance(found, ast.Constant) else None


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _source(value: Any, indent: str, used: int) -> str:
    match value:
        case date():
            return f"date({value.year}, {value.month}, {value.day})"
        case tuple():
            return _tuple([_source(item, "", 0) for item in value], indent, used)
        case str() | Css() | Meta() | JsonLd():
            return selector(value)
    return quoted(str(value))


def _tuple(parts: Sequence[str], indent: str, used: int) -> str:
    """A tuple on one line where it has room there, else with a member a line; `used` characters stand before it."""
    if len(parts) == 1 and parts[0].startswith("*") and parts[0][1:].isidentifier():
        return parts[0][1:]
    flat = f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"
    if len(indent) + used + len(flat) + 1 <= LINE:
        return flat
    inner = indent + " " * _STEP
    return "\n".join(["(", *(f"{inner}{part}," for part in parts), f"{indent})"])
