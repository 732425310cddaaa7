"""How the files that declare outlets are imported: modules by name, and the files of folders that lie anywhere.

A folder's files get module names of their own, so that a folder can hold a `tempo.py` or a `json.py` without hiding
any other module; nothing is added to `sys.path`. An outlet file may import its neighbours: `from ._shared import X`.
A file that cannot be imported is a `ConfigError` that names file and line.
"""

from __future__ import annotations

import fnmatch
import importlib
import importlib.util
import pkgutil
import sys
import traceback
from hashlib import sha256
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from archiver.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

_PACKAGE: Final = "_kliping_outlets_"
_NO_OUTLETS: Final = ("_*", ".*", "test_*", "*_test.py", "conftest.py", "setup.py", "noxfile.py")
"""Files that lie beside outlets and are none."""


def import_modules(name: str) -> Iterator[ModuleType]:
    """The module of that name and all modules below it. Raises `ConfigError`."""
    try:
        module = importlib.import_module(name)
        below = [info.name for info in pkgutil.iter_modules(getattr(module, "__path__", ()), f"{name}.")]
    except ModuleNotFoundError as error:
        if error.name is None or not f"{name}.".startswith(f"{error.name}."):
            raise _broken(error, f"the outlets of {name!r}") from error
        raise ConfigError(
            f"there is no module {name!r} with outlets: check `outlets` in kliping.toml; "
            "a folder of outlet files is named by `outlet_dirs` or --outlets"
        ) from error
    except (Exception, SystemExit) as error:  # whatever a file of somebody else's raises
        raise _broken(error, f"the outlets of {name!r}") from error
    yield module
    for submodule in below:
        yield from import_modules(submodule)


def import_folder(folder: Path) -> Iterator[ModuleType]:
    """The outlet files of the folder, anew each time, in the order of their names.

    Files that begin with `_` or `.` are left out, tests and `conftest.py` too. Raises `ConfigError`, also where there
    is no such folder.
    """
    place = folder.resolve()
    if not place.is_dir():
        raise ConfigError(
            f"there is no folder {folder} with outlets: name the one that holds the outlet files "
            "(--outlets DIR, or `outlet_dirs` in kliping.toml)"
        )
    package = _PACKAGE + sha256(str(place).encode()).hexdigest()[:16]
    for name in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
        del sys.modules[name]
    spec = ModuleSpec(package, None, is_package=True)
    spec.submodule_search_locations = [str(place)]
    sys.modules[package] = importlib.util.module_from_spec(spec)
    importlib.invalidate_caches()
    for path in sorted(place.glob("*.py")):
        if not any(fnmatch.fnmatch(path.name, pattern) for pattern in _NO_OUTLETS):
            yield _import_file(path, f"{package}.{path.stem}")


def _import_file(path: Path, name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except (Exception, SystemExit) as error:  # whatever a file of somebody else's raises
        raise _broken(error, str(path)) from error


def _broken(error: BaseException, what: str) -> ConfigError:
    """Where the import failed, and why: the innermost line that stands at the top level of a file."""
    if isinstance(error, SyntaxError) and error.filename:
        place, message = f"{error.filename}, line {error.lineno}", error.msg
    else:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.name == "<module>"]
        place = f"{frames[-1].filename}, line {frames[-1].lineno}" if frames else what
        message = str(error)
    return ConfigError(f"{place}: {type(error).__name__}: {message}; correct the outlet file")
