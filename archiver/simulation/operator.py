"""Whoever runs the crawl, as far as a program can play the part: keeps kliping.toml, and answers a redesign.

The answer is an outlet file with one more layout, in a folder of the operator's own, as anybody would add it.
"""

from __future__ import annotations

import importlib
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import msgspec

from archiver.archive import Archive
from archiver.errors import UsageError
from archiver.outlet import Outlet
from archiver.outlets import DEFAULT_MODULES
from archiver.simulation.desk import load_desk
from archiver.simulation.plan import CONTACT, RETRIES, TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from archiver.outlet import Layout
    from archiver.simulation.desk import Desk
    from archiver.simulation.plan import Plan

_FILE = '''"""{title} after its redesign: the text stands in another container."""

from dataclasses import replace

import {module} as before

_OLD = next(layout for layout in before.{value}.layouts if layout.name == "{layout}")
_NEW = replace(
    _OLD,
    name="{layout}-redesigned",
{changes}
)

{value} = replace(before.{value}, layouts=(_NEW, *before.{value}.layouts))
'''


class Operator:
    """Whoever keeps kliping.toml: names the outlets, and adds a layout a day after the redesign."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        folder = Archive.create(plan.archive).root / "simulation"
        folder.mkdir(exist_ok=True)
        self.config = folder / "kliping.toml"
        self._mended = False
        self._write(plan.outlets)

    def look(self, moment: datetime) -> None:
        """See whether something is to be done."""
        mended = self.plan.mended
        if self._mended or mended is None or moment < mended:
            return
        self._mended = True
        first, *others = self.plan.outlets
        module, value, outlet = _declaration(first)
        write_mended(self.config.parent / "outlets", load_desk(first), outlet, module, value)
        self._write(tuple(others), outlet_dirs=["outlets"])

    def _write(self, names: tuple[str, ...], **more: object) -> None:
        values = {
            "contact": CONTACT,
            "operator": "Kliping simulation",
            "archive": "..",
            "outlets": [_declaration(name)[0] for name in names],
            "timeout": TIMEOUT,
            "retries": RETRIES,
            **more,
        }
        write_config(self.config, values)


def mended(desk: Desk, outlet: Outlet, module: str, value: str) -> str:
    """The text of an outlet file that adds a layout for the new dress; `module` declares the outlet as `value`."""
    name = desk.case.reading.layout or ""
    layout = next(layout for layout in outlet.layouts if layout.name == name)
    changes = "\n".join(f"    {key}={text!r}," for key, text in _changes(layout, desk.redress))
    return _FILE.format(title=outlet.title, module=module, value=value, layout=name, changes=changes)


def write_mended(folder: Path, desk: Desk, outlet: Outlet, module: str, value: str) -> Path:
    """Put that file into a folder of outlets."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{desk.outlet}.py"
    path.write_text(mended(desk, outlet, module, value), encoding="utf-8")
    return path


def _changes(layout: Layout, redress: Iterable[tuple[str, str]]) -> Iterable[tuple[str, Any]]:
    """The layout's selectors in which something has another name now."""
    for field in fields(layout):
        if field.name == "name":
            continue
        before = getattr(layout, field.name)
        after = _renamed(before, redress)
        if after != before:
            yield field.name, after


def _renamed(value: Any, redress: Iterable[tuple[str, str]]) -> Any:
    if isinstance(value, tuple):
        return tuple(_renamed(each, redress) for each in value)
    if not isinstance(value, str):
        return value
    for before, after in redress:
        value = value.replace(before, after)
    return value


def write_config(path: Path, lines: Mapping[str, object]) -> None:
    """The operator's kliping.toml: values are written as JSON, which TOML reads for texts, numbers and lists."""
    path.write_text("".join(f"{key} = {msgspec.json.encode(value).decode()}\n" for key, value in lines.items()))


def _declaration(name: str) -> tuple[str, str, Outlet]:
    """-> the module that declares an outlet, the name that it has there, the outlet."""
    for package in DEFAULT_MODULES:
        module = importlib.import_module(f"{package}.{name}")
        for value, outlet in vars(module).items():
            if isinstance(outlet, Outlet) and outlet.name == name:
                return module.__name__, value, outlet
    raise UsageError(f"no module of {', '.join(DEFAULT_MODULES)} declares {name}")
