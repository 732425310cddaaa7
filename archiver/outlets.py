"""The outlets that are installed: found by name in modules and folders, never imported by this package.

Where they are looked for: the modules that `outlets` in kliping.toml names, the modules that installed packages name
as entry points of the group `kliping.outlets`, and the folders of `outlet_dirs` and `--outlets`.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Final

from archiver.errors import ConfigError, UsageError
from archiver.outlet import Outlet
from archiver.outlet_files import import_folder, import_modules

DEFAULT_MODULES: Final = ("spiders",)
ENTRY_POINTS: Final = "kliping.outlets"
"""An installed package names its module of outlets so: `[project.entry-points."kliping.outlets"]`, `mine = "mine"`."""


class Outlets:
    """A set of outlets, by name and by host; `files` says where those that were loaded are declared."""

    def __init__(self, outlets: Iterable[Outlet], files: Mapping[str, Path] | None = None) -> None:
        self._by_name = {outlet.name: outlet for outlet in outlets}
        self._files = dict(files or {})

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self._by_name.values())

    def __len__(self) -> int:
        return len(self._by_name)

    def get(self, name: str) -> Outlet:
        """The outlet of that name; raises `UsageError` with the known names."""
        try:
            return self._by_name[name]
        except KeyError:
            known = ", ".join(sorted(self._by_name)) or "none: see `outlets` and `outlet_dirs` in kliping.toml"
            raise UsageError(f"unknown outlet {name!r}: the outlets are {known}") from None

    def for_url(self, url: str) -> Outlet | None:
        """The outlet on whose hosts the address lies, if there is one."""
        return next((outlet for outlet in self if outlet.owns(url)), None)

    def file(self, name: str) -> Path | None:
        """The file that declares the outlet, where that is known."""
        return self._files.get(name)


def load_outlets(
    modules: Iterable[str] = DEFAULT_MODULES, directories: Iterable[Path] = (), *, unchecked: bool = False
) -> Outlets:
    """All `Outlet` values at the top level of these modules, of their submodules and of the folders' files, by name.

    The modules of entry points are among them. Raises `ConfigError` where a file cannot be imported, where two declare
    an outlet of the same name, and, unless `unchecked`, where a selector is no CSS.
    """
    found: dict[str, Outlet] = {}
    files: dict[str, Path] = {}
    for module in _all_modules(modules, directories):
        place = Path(module.__file__ or module.__name__)
        for value in vars(module).values():
            if not isinstance(value, Outlet):
                continue
            if found.setdefault(value.name, value) is not value:
                raise ConfigError(
                    f"two files declare an outlet named {value.name!r}: {files[value.name]} and {place}; "
                    "give one of them another name, or leave it out of `outlets` or `outlet_dirs`"
                )
            files[value.name] = place
    if not unchecked:
        for name, outlet in found.items():
            _check_selectors(outlet, files[name])
    return Outlets((found[name] for name in sorted(found)), files)


def _check_selectors(outlet: Outlet, file: Path) -> None:
    """No page could be read with a selector that the parser does not know."""
    from archiver.linting.selectors import unknown, uses  # noqa: PLC0415 - the parser is for those who load outlets

    for layout in outlet.layouts:
        for use in uses(layout):
            if unknown(use.query):
                raise ConfigError(
                    f"{file}{_line(file, use.query)}: the layout {layout.name!r} has in {use.key} {use.query!r}, "
                    f"which is no CSS; correct the outlet file (kliping outlet check {outlet.name} tells more)"
                )


def _line(file: Path, text: str) -> str:
    """Where the text stands in the file, if it does so on one line."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    return next((f", line {number}" for number, line in enumerate(lines, 1) if text in line), "")


def _all_modules(modules: Iterable[str], directories: Iterable[Path]) -> Iterator[ModuleType]:
    installed = sorted(point.module for point in importlib.metadata.entry_points(group=ENTRY_POINTS))
    for name in dict.fromkeys((*modules, *installed)):
        yield from import_modules(name)
    for folder in dict.fromkeys(directory.resolve() for directory in directories):
        yield from import_folder(folder)
