"""Where outlets are looked for, and what happens when two have one name."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

import pytest

from archiver.errors import ConfigError, UsageError
from archiver.outlets import ENTRY_POINTS, Outlets, load_outlets

OUTLET = """\
import re
from archiver.outlet import Outlet

KABAR = Outlet(name="{name}", title="Kabar", domains=("{name}.example",), article_url=re.compile("/a/"))
"""


def write(folder: Path, name: str, file: str | None = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (file or f"{name}.py")
    path.write_text(OUTLET.format(name=name), encoding="utf-8")
    return path


def names(outlets: Outlets) -> list[str]:
    return [outlet.name for outlet in outlets]


def test_the_outlets_of_folders_join_those_of_modules(tmp_path: Path) -> None:
    path = write(tmp_path, "kabar")
    outlets = load_outlets(directories=[tmp_path])
    assert {"kabar", "tempo"} <= set(names(outlets))
    assert names(outlets) == sorted(names(outlets))
    assert outlets.file("kabar") == path
    assert outlets.file("tempo") == Path(__file__).parents[1] / "spiders" / "tempo.py"
    found = outlets.for_url("https://www.kabar.example/a/1")
    assert found is not None
    assert found.name == "kabar"


def test_a_folder_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, "kabar")
    assert names(load_outlets((), [tmp_path, tmp_path / ".." / tmp_path.name])) == ["kabar"]


def test_two_outlets_of_one_name_are_told_with_their_files(tmp_path: Path) -> None:
    write(tmp_path, "kabar", "satu.py")
    write(tmp_path, "kabar", "dua.py")
    with pytest.raises(ConfigError, match=r"two files declare an outlet named 'kabar': .*dua\.py and .*satu\.py"):
        load_outlets((), [tmp_path])


def test_the_name_of_a_built_in_outlet_is_taken(tmp_path: Path) -> None:
    write(tmp_path, "tempo", "own.py")
    with pytest.raises(ConfigError, match=r"'tempo': .*spiders/tempo\.py and .*own\.py"):
        load_outlets(directories=[tmp_path])


def test_an_outlet_that_is_imported_elsewhere_is_no_second_one(tmp_path: Path) -> None:
    path = write(tmp_path, "kabar")
    (tmp_path / "again.py").write_text("from .kabar import KABAR\n", encoding="utf-8")
    outlets = load_outlets((), [tmp_path])
    assert names(outlets) == ["kabar"]
    assert outlets.file("kabar") == path


def test_an_installed_package_brings_its_outlets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "kabar", "outlets_of_a_package.py")
    info = tmp_path / "kabar_outlets-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: kabar-outlets\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{ENTRY_POINTS}]\nkabar = outlets_of_a_package\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert [point.module for point in importlib.metadata.entry_points(group=ENTRY_POINTS)] == ["outlets_of_a_package"]
    assert names(load_outlets(())) == ["kabar"]


def test_an_unknown_name_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    write(tmp_path, "kabar")
    with pytest.raises(UsageError, match="unknown outlet 'x': the outlets are kabar"):
        load_outlets((), [tmp_path]).get("x")
    with pytest.raises(UsageError, match="the outlets are none: see `outlets`"):
        load_outlets(()).get("x")


def test_a_selector_that_is_no_css_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "kabar")
    layouts = 'layouts=(\n        Layout(name="a", body="#isi", drop={"ad": (".iklan", "div..x")}),\n    ))'
    text = path.read_text(encoding="utf-8").replace("import Outlet", "import Layout, Outlet")
    path.write_text(text.replace('"/a/"))', f'"/a/"), {layouts}'), encoding="utf-8")
    with pytest.raises(
        ConfigError, match=r"kabar\.py, line 5: the layout 'a' has in drop ad 'div\.\.x', which is no CSS"
    ):
        load_outlets((), [tmp_path])
    assert names(load_outlets((), [tmp_path], unchecked=True)) == ["kabar"]
