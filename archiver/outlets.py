"""The outlets that are installed: found by name in the configured modules, never imported by this package."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from types import ModuleType

from archiver.errors import ConfigError, UsageError
from archiver.outlet import Outlet

DEFAULT_MODULES = ("spiders",)


class Outlets:
    """A set of outlets, by name and by host."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self._by_name = {outlet.name: outlet for outlet in outlets}

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self._by_name.values())

    def __len__(self) -> int:
        return len(self._by_name)

    def get(self, name: str) -> Outlet:
        """The outlet of that name; raises `UsageError` with the known names."""
        try:
            return self._by_name[name]
        except KeyError:
            known = ", ".join(sorted(self._by_name))
            raise UsageError(f"unknown outlet {name!r}: the outlets are {known}") from None

    def for_url(self, url: str) -> Outlet | None:
        """The outlet on whose hosts the address lies, if there is one."""
        return next((outlet for outlet in self if outlet.owns(url)), None)


def load_outlets(modules: Iterable[str] = DEFAULT_MODULES) -> Outlets:
    """All `Outlet` values at the top level of these modules and of their submodules, sorted by name.

    Raises `ConfigError` where a module cannot be imported.
    """
    found: dict[str, Outlet] = {}
    for name in modules:
        for module in _walk(name):
            for value in vars(module).values():
                if isinstance(value, Outlet):
                    found[value.name] = value
    return Outlets(found[name] for name in sorted(found))


def _walk(name: str) -> Iterator[ModuleType]:
    try:
        module = importlib.import_module(name)
        yield module
        for info in pkgutil.iter_modules(getattr(module, "__path__", ())):
            yield from _walk(f"{name}.{info.name}")
    except ImportError as error:
        raise ConfigError(f"cannot import the outlets of {name!r}: {error}; check `outlets` in kliping.toml") from error
