"""Outlet files that lie anywhere: imported without hiding anything, and what is said of a broken one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from archiver.errors import ConfigError
from archiver.outlet_files import import_folder, import_modules

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_may_have_the_name_of_any_other_module(tmp_path: Path) -> None:
    write(tmp_path / "a", "json.py", "WORD = 'a'")
    write(tmp_path / "b", "json.py", "WORD = 'b'")
    path = list(sys.path)
    words = [vars(module)["WORD"] for folder in ("a", "b") for module in import_folder(tmp_path / folder)]
    assert words == ["a", "b"]
    assert sys.path == path
    import json  # noqa: PLC0415 - what is tested is that it is still the standard library's

    assert json.loads("1") == 1


def test_a_file_may_import_its_neighbour(tmp_path: Path) -> None:
    write(tmp_path, "_shared.py", "WORD = 'shared'")
    write(tmp_path, "kabar.py", "from ._shared import WORD")
    (module,) = import_folder(tmp_path)
    assert vars(module)["WORD"] == "shared"


def test_a_folder_is_read_anew_each_time(tmp_path: Path) -> None:
    write(tmp_path, "_shared.py", "WORD = 'before'")
    write(tmp_path, "kabar.py", "from ._shared import WORD")
    list(import_folder(tmp_path))
    write(tmp_path, "_shared.py", "WORD = 'afterwards'")
    (module,) = import_folder(tmp_path)
    assert vars(module)["WORD"] == "afterwards"


def test_what_is_no_outlet_file_is_left_alone(tmp_path: Path) -> None:
    for name in ("conftest.py", "test_kabar.py", "kabar_test.py", "setup.py", "_kabar.py", "kabar.txt"):
        write(tmp_path, name, "raise RuntimeError")
    assert list(import_folder(tmp_path)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A = 1\nB = (\n", r"kabar\.py, line 2: SyntaxError: '\(' was never closed; correct the outlet file"),
        ("\nimport archiver.outlet_x", r"kabar\.py, line 2: ModuleNotFoundError: No module named 'archiver\.outlet_x'"),
        ("import re\n\nre.compile('(')", r"kabar\.py, line 3: error: missing \)"),
        ("def f():\n    return 1 / 0\n\nf()", r"kabar\.py, line 4: ZeroDivisionError"),
        ("raise SystemExit(3)", r"kabar\.py, line 1: SystemExit: 3"),
        ("from archiver.outlet import Outlet\nOutlet(name='kabar')", r"kabar\.py, line 2: TypeError: .*missing"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path, "kabar.py", text)
    with pytest.raises(ConfigError, match=said):
        list(import_folder(tmp_path))


def test_a_folder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"there is no folder .*none with outlets"):
        list(import_folder(tmp_path / "none"))


def test_a_broken_module_is_told_from_a_missing_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    write(tmp_path / "outlets_that_break", "__init__.py", "")
    write(tmp_path / "outlets_that_break", "kabar.py", "\nimport no_such_module")
    with pytest.raises(ConfigError, match=r"kabar\.py, line 2: ModuleNotFoundError: No module named 'no_such_module'"):
        list(import_modules("outlets_that_break"))
    for missing in ("no_such_outlets", "outlets_that_break.none"):
        with pytest.raises(ConfigError, match=f"there is no module '{missing}' with outlets"):
            list(import_modules(missing))
