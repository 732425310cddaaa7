"""What every command does alike: help, version, and one line and a documented code for every failure."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest

from archiver.cli.program import COMMANDS, exit_code
from archiver.cli.program import kliping as program
from archiver.errors import ExitCode, LockedError
from warc.errors import NotArchivedError, WarcError, WarcReadError, WarcWriteError

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.errors import KlipingError
    from tests.cli.conftest import Done

    Kliping = Callable[..., Done]


def leaves() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name in COMMANDS:
        command = program.get_command(click.Context(program), name)
        subcommands = command.commands if isinstance(command, click.Group) else {}
        found += [(name, sub) for sub in subcommands] or [(name,)]
    return found


def test_version(kliping: Kliping) -> None:
    done = kliping("--version")
    assert done.code == 0
    assert done.out.startswith("kliping 0.")


@pytest.mark.parametrize("command", leaves(), ids=" ".join)
def test_every_command_has_help_with_examples(kliping: Kliping, command: tuple[str, ...]) -> None:
    done = kliping(*command, "--help")
    assert done.code == 0
    assert "Examples:\n" in done.out
    assert f"  kliping {' '.join(command)} " in done.out.partition("Examples:")[2]
    assert "\\b" not in done.out
    assert "--quiet" in done.out


def test_without_a_command_help_is_shown(kliping: Kliping) -> None:
    done = kliping()
    assert done.code == ExitCode.USAGE
    assert "Commands:" in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["menari"],
        ["extract"],
        ["extract", "a.html", "--format", "pdf"],
        ["extract", "a.html", "--captured", "kemarin"],
        ["search", "--limit", "0", "x"],
        ["export", "--since", "2021-13-01"],
        ["clean", "--tiada"],
    ],
)
def test_a_wrong_command_line(kliping: Kliping, arguments: list[str]) -> None:
    done = kliping(*arguments)
    assert done.code == ExitCode.USAGE
    assert done.out == ""
    assert "Usage: kliping" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (LockedError("x"), ExitCode.LOCKED),
        (WarcReadError("a.warc", 0, "x"), ExitCode.BAD_DATA),
        (WarcWriteError("a.warc", "x"), ExitCode.CANNOT_WRITE),
        (NotArchivedError("GET", "https://contoh.test/"), ExitCode.NOT_FOUND),
        (WarcError("x"), ExitCode.INTERNAL),
    ],
)
def test_the_code_of_an_error(error: KlipingError | WarcError, code: ExitCode) -> None:
    assert exit_code(error) is code


def test_a_wrong_kliping_toml(kliping: Kliping) -> None:
    with open("kliping.toml", "w") as file:  # noqa: PTH123 - in the working directory
        file.write("kontak = 1\n")
    done = kliping("outlets")
    assert done.code == ExitCode.CONFIG
    assert "kliping.toml: unknown key 'kontak'" in done.err


def fail(error: BaseException) -> Callable[..., None]:
    def failing(*_: object, **__: object) -> None:
        raise error

    return failing


def test_a_fault_of_the_program_is_one_line(kliping: Kliping, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.cli.outlets.configured", fail(ZeroDivisionError("nol")))
    done = kliping("outlets")
    assert done.code == ExitCode.INTERNAL
    assert done.err == "kliping: internal error: ZeroDivisionError: nol; KLIPING_DEBUG=1 shows where\n"
    monkeypatch.setenv("KLIPING_DEBUG", "1")
    assert "Traceback" in kliping("outlets").err


def test_an_interruption(kliping: Kliping, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.cli.outlets.configured", fail(KeyboardInterrupt()))
    done = kliping("outlets")
    assert (done.code, done.err) == (130, "\nkliping: interrupted\n")


def test_a_reader_that_leaves_is_no_error() -> None:
    code = "import sys; from archiver.cli import main; sys.exit(main(['outlets']))"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        error = process.stderr.read()
    assert (process.returncode, error) == (0, b"")


def test_a_foreign_warc_package_is_named(kliping: Kliping, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.cli.program.importlib.util.find_spec", lambda _name: None)
    done = kliping("outlets")
    assert done.code == ExitCode.CONFIG
    assert "environment of its own" in done.err
