"""The plugin in a repository of somebody else, run as they would: plain `pytest`."""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from archiver.fixtures.store import Fixture
from tests.cli.test_fixture import OUTLET_FILE, change
from tests.fixtures_room.support import make_fixture


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """An outlet in a folder, kliping.toml, a fixture and a test of its own."""
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets" / "uji.py").write_text(OUTLET_FILE)
    (tmp_path / "kliping.toml").write_text('outlets = []\noutlet_dirs = ["outlets"]\n')
    (tmp_path / "test_own.py").write_text("def test_own():\n    assert True\n")
    make_fixture(tmp_path / "fixtures")
    return tmp_path


OPTIONS = ("-p", "no:cacheprovider", "-p", "no:faulthandler", "--capture=no", "--import-mode=importlib", "-W", "error")


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(folder: Path, *arguments: str) -> Done:
    """Run pytest there, in this process: another one takes its time to load everything anew."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(folder)
        patch.setenv("COLUMNS", "200")
        code = pytest.main([*OPTIONS, *arguments])
    return Done(int(code), out.getvalue(), err.getvalue())


def fixture_in(folder: Path) -> Fixture:
    return Fixture(folder / "fixtures" / "uji" / "panen.warc.gz")


def test_each_field_is_a_test(repository: Path) -> None:
    done = run(repository, "-v", "--strict-markers")
    assert done.returncode == 0, done.stdout
    assert "fixtures/uji/panen.json::title PASSED" in done.stdout
    assert "20 passed" in done.stdout
    done = run(repository, "-q", "fixtures/uji/panen.json::outcome")
    assert "1 passed" in done.stdout
    done = run(repository, "-q", "-m", "not kliping")
    assert "1 passed, 19 deselected" in done.stdout


def test_a_failure_is_read_without_a_traceback(repository: Path) -> None:
    change(fixture_in(repository), title="Panen raya di Cibodas")
    done = run(repository, "-q")
    assert done.returncode == 1
    _, _, failure = done.stdout.partition("uji/panen: title")
    lines = [line for line in failure.splitlines() if not line.startswith(("_", "="))]
    assert lines[1:12] == [
        "outlet    uji",
        "case      panen, captured 2021-01-13T11:00:00+07:00",
        "page      https://uji.example/read/1",
        "field     title",
        'expected  "Panen raya di Cibodas"',
        'got       "Panen di Cibodas"',
        "differs   - expected, + got, within a line [-expected-]{+got+}",
        "  ~ Panen[- raya-] di Cibodas",
        "X-ray     kliping fixture review uji/panen",
        'FAILED fixtures/uji/panen.json::title - expected "Panen raya di Cibodas", got "Panen di Cibodas"',
        "1 failed, 19 passed in " + lines[11].rpartition(" in ")[2],
    ]


def test_a_mistake_in_the_file_is_told_at_collection(repository: Path) -> None:
    change(fixture_in(repository), titel="Panen")
    done = run(repository)
    assert done.returncode == 2
    assert "panen.json: unknown key 'titel'; did you mean title?" in done.stdout
    assert "Traceback" not in done.stdout
    assert "checks.py" not in done.stdout


def test_a_damaged_recording_is_one_line_a_test(repository: Path) -> None:
    fixture = fixture_in(repository)
    fixture.warc.write_bytes(fixture.warc.read_bytes()[:-30])
    done = run(repository, "-q", "-k", "title or lead")
    assert "2 failed" in done.stdout
    assert done.stdout.count("panen.warc.gz: byte ") == 4  # in the report and in the summary
    assert "checks.py" not in done.stdout


def test_another_folder_is_named_in_the_ini_file(repository: Path) -> None:
    (repository / "fixtures").rename(repository / "rekaman")
    (repository / "suite").mkdir()
    (repository / "test_own.py").rename(repository / "suite" / "test_own.py")
    (repository / "pytest.ini").write_text("[pytest]\ntestpaths = suite\nkliping_fixtures = rekaman\n")
    assert "20 passed" in run(repository, "-q").stdout
    assert "1 passed" in run(repository, "-q", "suite").stdout
    change(Fixture(repository / "rekaman" / "uji" / "panen.warc.gz"), lead="Padi.")
    assert "kliping fixture review uji/panen --fixtures " in run(repository, "-q").stdout


def test_a_folder_that_is_not_there_is_told(repository: Path) -> None:
    (repository / "pytest.ini").write_text("[pytest]\nkliping_fixtures = rekaman\n")
    done = run(repository)
    assert done.returncode == 4
    assert "kliping_fixtures: there is no folder " in done.stderr


def test_json_files_without_a_recording_are_left_alone(repository: Path) -> None:
    (repository / "fixtures" / "uji" / "catatan.json").write_text("{}")
    (repository / "lain.json").write_text("{}")
    (repository / "lain.warc.gz").write_bytes(b"")
    assert "20 passed" in run(repository, "-q").stdout


def test_where_there_are_no_fixtures_nothing_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "test_own.py").write_text(
        "import sys\n\n\ndef test_own():\n"
        "    loaded = {name for name in sys.modules if name.startswith('archiver')}\n"
        "    assert loaded == {'archiver', 'archiver.pytest_plugin'}\n"
        "    assert not {'scrapy', 'msgspec', 'click', 'lxml'} & sys.modules.keys()\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", *OPTIONS]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "1 passed" in done.stdout, done.stdout
