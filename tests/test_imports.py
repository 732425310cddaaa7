"""The direction of imports: spiders → archiver → warc, never back; and what must not load Scrapy does not."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import archiver
import spiders
import warc

ROOT = Path(__file__).parent.parent
PACKAGES = ("spiders", "archiver", "warc")

FORBIDDEN = {"warc": {"archiver", "spiders"}, "archiver": {"spiders"}, "spiders": set[str]()}
"""Which of our packages each one must not import."""

WITHOUT_SCRAPY = (
    "archiver/extraction",
    "archiver/discovery",
    "archiver/catalog",
    "archiver/article.py",
    "archiver/capture.py",
    "archiver/outlet.py",
    "archiver/warcfile.py",
    "archiver/captures.py",
    "archiver/reextraction",
    "archiver/drift",
    "archiver/operating",
    "archiver/takedown",
    "warc/read.py",
    "warc/write.py",
    "warc/index.py",
)
"""Modules in which no import of Scrapy or Twisted may stand, not even in a function."""


def imported(path: Path) -> set[str]:
    """Top-level names that a module imports, anywhere in it."""
    names = set[str]()
    for node in ast.walk(ast.parse(path.read_bytes(), path)):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides where it leads"
            names.add((node.module or "").partition(".")[0])
    return names


def modules(place: str) -> list[Path]:
    path = ROOT / place
    found = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    assert found
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_no_package_imports_one_above_it(package: str) -> None:
    back = {
        str(path.relative_to(ROOT)): names
        for path in modules(package)
        if (names := imported(path) & FORBIDDEN[package])
    }
    assert back == {}


@pytest.mark.parametrize("place", WITHOUT_SCRAPY)
def test_what_works_without_scrapy_does_not_import_it(place: str) -> None:
    for path in modules(place):
        assert not imported(path) & {"scrapy", "twisted"}, path


def loaded(code: str, *arguments: str) -> set[str]:
    """Top-level modules that are loaded after the code has run in a Python of its own."""
    end = "\nimport sys\nprint('\\n'.join({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    command = [sys.executable, "-c", code + end, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "module",
    [
        "archiver.extraction",
        "archiver.discovery",
        "archiver.catalog.rebuild",
        "archiver.warcfile",
        "archiver.fixtures.trial",
        "archiver.pytest_plugin",
        "archiver.cli",
        "spiders",
    ],
)
def test_importing_it_does_not_load_scrapy(module: str) -> None:
    found = loaded(f"import {module}")
    assert module.partition(".")[0] in found
    assert not found & {"scrapy", "twisted"}


COMMANDS = {
    "extract": ["extract", "{page}", "--url", "https://contoh.test/read/1"],
    "extract help": ["extract", "--help"],
    "clean": ["clean", "{text}"],
    "search": ["search", "{archive}", "pasar"],
    "show": ["show", "{archive}", "https://contoh.test/tiada"],
    "export": ["export", "{archive}"],
    "rebuild": ["catalog", "rebuild", "{archive}"],
    "reextract": ["reextract", "{archive}", "--apply"],
    "takedown": ["takedown", "{archive}", "https://contoh.test/tiada", "--reason", "x"],
    "drift": ["drift", "{archive}"],
    "outlets": ["outlets"],
    "status": ["status", "{archive}"],
    "fixture list": ["fixture", "list"],
    "fixture add": ["fixture", "add", "{archive}", "--url", "https://contoh.test/tiada"],
    "help": ["--help"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_running_it_does_not_load_scrapy(name: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<h1>Pasar pagi</h1><p>Pedagang membuka lapak.</p>")
    (tmp_path / "text.txt").write_text("Pasar pagi\n")
    (tmp_path / "archive" / "warc").mkdir(parents=True)
    places = {"page": "page.html", "text": "text.txt", "archive": "archive"}
    arguments = [
        argument.format_map({key: str(tmp_path / file) for key, file in places.items()}) for argument in COMMANDS[name]
    ]
    found = loaded("import sys\nfrom archiver.cli import main\nmain(sys.argv[1:])", *arguments)
    assert "archiver" in found
    assert not found & {"scrapy", "twisted"}


@pytest.mark.parametrize("package", [archiver, spiders, warc], ids=PACKAGES)
def test_our_packages_are_not_shadowed(package: object) -> None:
    file = getattr(package, "__file__", None)
    assert file is not None
    assert Path(file).parent.parent == ROOT


def test_what_is_imported_is_declared() -> None:
    """A package that comes along with another one may be gone with its next version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [extra for name, extra in project["optional-dependencies"].items() if name != "dev"]
    requirements = sum(extras, project["dependencies"])
    declared = {re.split(r"[^\w.\-]", requirement)[0] for requirement in requirements}
    used = set.union(*(imported(path) for package in PACKAGES for path in modules(package)))
    outside = used - set(sys.stdlib_module_names) - set(PACKAGES)
    makers = importlib.metadata.packages_distributions()
    needed = {re.sub(r"[._]", "-", maker).lower() for name in outside for maker in makers[name]}
    assert needed == declared
