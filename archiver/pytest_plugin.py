"""Fixtures as tests: `pytest` replays them, one test a field.

The plugin works where a `kliping.toml` lies in pytest's root folder, or where the ini option `kliping_fixtures` names
folders; elsewhere it costs a look for that file. A fixture is a `.json` with a `.warc.gz` beside it:

    fixtures/tempo/kebun-kopi.json::title

Outlets are those of the root folder's `kliping.toml`, the built-in ones among them unless it says otherwise.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _pytest._code.code import TerminalRepr, TracebackStyle

    from archiver.fixtures.checks import Finding
    from archiver.fixtures.trial import Trial
    from archiver.outlets import Outlets

INI: Final = "kliping_fixtures"
MARKER: Final = "kliping"
_CONFIG: Final = "kliping.toml"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The ini option; without it the folder is that of `fixtures` in kliping.toml."""
    parser.addini(INI, "folders of Kliping's fixtures, relative to the root folder", type="paths", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Look whether there are fixtures at all; only then anything else happens."""
    config.addinivalue_line("markers", f"{MARKER}: a field of a fixture of Kliping, replayed offline")
    folders = _folders(config)
    if not folders:
        return
    config.pluginmanager.register(_Collector(config, folders), "kliping-fixtures")
    source, here = config.args_source, config.invocation_params.dir
    if source == pytest.Config.ArgsSource.TESTPATHS or (
        source == pytest.Config.ArgsSource.INVOCATION_DIR and here == config.rootpath
    ):
        walked = [(here / argument).resolve() for argument in config.args]
        config.args += [str(folder) for folder in folders if not any(map(folder.is_relative_to, walked))]


def _folders(config: pytest.Config) -> list[Path]:
    named: list[Path] = config.getini(INI)
    for folder in named:
        if not folder.is_dir():
            raise pytest.UsageError(f"{INI}: there is no folder {folder}")
    if named:
        return [folder.resolve() for folder in named]
    try:
        told = tomllib.loads((config.rootpath / _CONFIG).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise pytest.UsageError(f"{config.rootpath / _CONFIG}: {error}") from error
    folder = config.rootpath / str(told.get("fixtures", "fixtures"))
    return [folder.resolve()] if folder.is_dir() else []


class _Collector:
    """Takes the files of fixtures in some folders for tests."""

    def __init__(self, config: pytest.Config, folders: list[Path]) -> None:
        self.folders = folders
        self._root = config.rootpath

    @cached_property
    def outlets(self) -> Outlets:
        """Loaded when the first fixture is collected."""
        from archiver.config import load_config  # noqa: PLC0415 - only where there are fixtures
        from archiver.outlets import load_outlets  # noqa: PLC0415 - the same

        path = self._root / _CONFIG
        if not path.is_file():
            return load_outlets()
        config = load_config(path)
        return load_outlets(config.outlets, config.outlet_dirs)

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """What pytest calls for each file."""
        if file_path.suffix != ".json" or not file_path.with_suffix(".warc.gz").is_file():
            return None
        folder = next((folder for folder in self.folders if file_path.is_relative_to(folder)), None)
        if folder is None:
            return None
        file: FixtureFile = FixtureFile.from_parent(parent, path=file_path)
        file.folder, file.collector = folder, self
        return file


class FixtureFile(pytest.File):
    """An expectation and its recording; its tests share one replay."""

    folder: Path
    collector: _Collector

    @cached_property
    def trial(self) -> Trial:
        """Reads the expectation; replays when it is asked for what came."""
        from archiver.fixtures.store import Fixture  # noqa: PLC0415 - only where there are fixtures
        from archiver.fixtures.trial import Trial  # noqa: PLC0415 - the same

        fixture = Fixture(self.path.with_suffix(".warc.gz"))
        return Trial(fixture, fixture.expectation(), self.collector.outlets)

    def collect(self) -> Iterator[pytest.Item]:
        """A test for each check of the expectation."""
        from archiver.fixtures.checks import check_names  # noqa: PLC0415 - only where there are fixtures

        for name in check_names(self.trial):
            item: FieldItem = FieldItem.from_parent(self, name=name)
            item.file = self
            item.add_marker(MARKER)
            yield item

    def repr_failure(
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: TracebackStyle | None = None,  # noqa: ARG002 - pytest's signature
    ) -> str | TerminalRepr:
        """What is wrong with the file, without a traceback."""
        return str(excinfo.value) if _is_mistake(excinfo.value) else super().repr_failure(excinfo)


class FieldItem(pytest.Item):
    """One field of an expectation."""

    file: FixtureFile

    def runtest(self) -> None:
        """Compare. The first test of a fixture replays it."""
        from archiver.fixtures.checks import check  # noqa: PLC0415 - only where there are fixtures

        finding = check(self.name, self.file.trial)
        if finding is not None:
            raise NotAsExpected(finding)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The headline of a failure: outlet, case and field."""
        return self.path, None, f"{self.file.trial.fixture.name}: {self.name}"

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: TracebackStyle | None = None
    ) -> str | TerminalRepr:
        """The difference in words, or what made a replay impossible."""
        error = excinfo.value
        if isinstance(error, NotAsExpected):
            return _Told(str(error), tuple(self._lines(error.finding)))  # type: ignore[return-value]  # it draws itself
        if _is_mistake(error):
            return _Told(str(error), (str(error),))  # type: ignore[return-value]  # the same
        return super().repr_failure(excinfo, style)

    def _lines(self, finding: Finding) -> Iterator[str]:
        from archiver.fixtures.words import see, told  # noqa: PLC0415 - only where there are fixtures

        fixture, expectation = self.file.trial.fixture, self.file.trial.expectation
        yield f"outlet    {fixture.outlet}"
        yield f"case      {fixture.case}, captured {expectation.captured or 'at an unknown time'}"
        yield f"page      {expectation.url}"
        yield f"field     {finding.field}"
        yield from told(finding)
        yield f"X-ray     {see(fixture, self.file.folder)}"


class NotAsExpected(Exception):  # noqa: N818 - it is a finding
    """A check failed."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(f"expected {finding.expected}, got {finding.got}")
        self.finding = finding


@dataclass(frozen=True, slots=True)
class _Crash:
    """The one line of a failure that pytest puts into its summary."""

    message: str

    def __str__(self) -> str:
        return self.message


class _Told:
    """A failure as lines; pytest asks it to draw itself, and for what to say in the summary."""

    def __init__(self, summary: str, lines: tuple[str, ...]) -> None:
        self.reprcrash = _Crash(summary)
        self._lines = lines

    def __str__(self) -> str:
        return "\n".join(self._lines)

    def toterminal(self, writer: Any) -> None:
        """What pytest calls. Lines that tell of a difference are coloured where the terminal is."""
        for line in self._lines:
            mark = line.strip()[:1]
            colours = {"-": {"red": True}, "+": {"green": True}} if line.startswith("  ") else {}
            writer.line(line, **colours.get(mark, {}))


def _is_mistake(error: BaseException) -> bool:
    """Whether something is wrong with a file or the configuration: told without a traceback."""
    from archiver.errors import KlipingError  # noqa: PLC0415 - only where there are fixtures

    return isinstance(error, KlipingError)
