"""What all commands share on their way out: results to stdout, everything said about them to stderr.

stdout is UTF-8 whatever the locale says, because files are made of it.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import click

from archiver.errors import CannotWriteError

if TYPE_CHECKING:
    from pathlib import Path

_Command = TypeVar("_Command", bound=Callable[..., Any])

_QUIET = "kliping.quiet"


def _set_quiet(context: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's form
    if value:
        context.meta[_QUIET] = True


def quiet_option(command: _Command) -> _Command:
    """`--quiet`: errors alone on stderr. `is_quiet` and `note` know of it."""
    return click.option(
        "-q",
        "--quiet",
        is_flag=True,
        expose_value=False,
        callback=_set_quiet,
        help="Say nothing on stderr but errors.",
    )(command)


def is_quiet() -> bool:
    """Whether the running command was told to be quiet."""
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get(_QUIET))


def note(message: str) -> None:
    """A line on stderr, unless `--quiet`."""
    if not is_quiet():
        click.echo(message, err=True)


def write(data: bytes) -> None:
    """Bytes to stdout."""
    sys.stdout.buffer.write(data)


def say(text: str = "") -> None:
    """A line for a person to read, on stdout; styles are left out where it is no terminal."""
    click.echo(text)


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun: 1 article, 2 articles."""
    return f"{count} {one if count == 1 else many}"


def say_rows(rows: Sequence[Sequence[str]]) -> None:
    """Rows of a table on stdout: in columns on a terminal, with tabs between the cells in a pipe."""
    if not sys.stdout.isatty():
        for row in rows:
            say("\t".join(row))
        return
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        say("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())


def printable(text: str) -> str:
    """The text without control characters but line feeds and tabs: a page must not steer a terminal."""
    return "".join(character for character in text if character in "\n\t" or unicodedata.category(character) != "Cc")


def write_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Bytes into a file that is there whole or not at all. Raises `CannotWriteError`."""
    with fresh_file(path) as file:
        file.writelines(pieces)


@contextmanager
def fresh_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes its name, or another's place, when it is whole. Raises `CannotWriteError`.

    What is no file, a pipe or /dev/null say, is written to as it stands.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                yield file
            return
        with fresh.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise CannotWriteError(
            f"cannot write {path}: {error.strerror or error}; make room or name another file"
        ) from error
    finally:
        fresh.unlink(missing_ok=True)


def complain(message: str) -> None:
    """A line on stderr about what is wrong and does not stop the command; `--quiet` shows it too."""
    click.echo(f"kliping: {message}", err=True)
