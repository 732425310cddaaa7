"""Arguments and options that several commands share, so that they are spelt and explained alike."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeVar

import click

from archiver.archive import Archive
from archiver.config import Config, load_config, with_changes
from archiver.errors import BadDataError, NotFoundError
from archiver.outlets import Outlets, load_outlets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_Command = TypeVar("_Command", bound="Callable[..., Any]")

_OUTLET_DIRS: Final = "kliping.outlet_dirs"


class _Moment(click.ParamType[datetime]):
    """A day or a moment in ISO 8601; without a zone it is UTC."""

    name = "date"

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no date: write 2021-01-13 or 2021-01-13T09:30:00+07:00", parameter, context)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


MOMENT = _Moment()


def _keep_folders(context: click.Context, _parameter: click.Parameter, folders: tuple[Path, ...]) -> None:
    context.meta[_OUTLET_DIRS] = folders


def outlets_option(command: _Command) -> _Command:
    """`--outlets DIR`: folders of outlet files. `with_outlet_dirs`, and so `configured`, know of them."""
    return click.option(
        "--outlets",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="DIR",
        expose_value=False,
        callback=_keep_folders,
        help="A folder with further outlet files; may be given several times.",
    )(command)


def with_outlet_dirs(config: Config) -> Config:
    """The configuration with the folders of `--outlets` after its own."""
    context = click.get_current_context(silent=True)
    folders = context.meta.get(_OUTLET_DIRS, ()) if context else ()
    return with_changes(config, outlet_dirs=(*config.outlet_dirs, *folders))


def configured(config_file: Path | None = None) -> tuple[Config, Outlets]:
    """What kliping.toml of the working directory, or the named one, says, and the outlets that it and `--outlets` name.

    Raises `ConfigError`.
    """
    config = with_outlet_dirs(load_config(config_file))
    return config, load_outlets(config.outlets, config.outlet_dirs)


def open_archive(path: str | None) -> Archive:
    """The archive named on the command line, else the configured one, else ./archive."""
    return Archive.open(path if path is not None else load_config().archive)


def take_archive(words: tuple[str, ...]) -> tuple[Archive, tuple[str, ...]]:
    """An archive that may stand before the words, and the words.

    The first word is an archive if there is a folder of that name, or if it is spelt as a path; a word that stands
    alone must be a folder that holds an archive.
    """
    first = Path(words[0])
    if len(words) > 1:
        named = first.is_dir() or ("/" in words[0] and "://" not in words[0])
    else:
        named = Archive(first).warc.is_dir()
    return (Archive.open(first), words[1:]) if named else (open_archive(None), words)


@contextmanager
def open_file(path: str) -> Iterator[BinaryIO]:
    """A file of the command line to read from; `-` is stdin.

    Raises `NotFoundError` where it cannot be read, `BadDataError` for a folder.
    """
    if path == "-":
        yield sys.stdin.buffer
        return
    try:
        with Path(path).open("rb") as file:
            yield file
    except FileNotFoundError:
        raise NotFoundError(f"there is no file {path}") from None
    except IsADirectoryError:
        raise BadDataError(f"{path} is a folder: give one of the files in it") from None
    except PermissionError as error:
        raise NotFoundError(f"cannot read {path}: {error.strerror}; make it readable") from error


def read_file(path: str) -> bytes:
    """All its bytes."""
    with open_file(path) as file:
        return file.read()


def read_start(path: str) -> bytes:
    """Its first bytes, enough to tell what it is."""
    with open_file(path) as file:
        return file.read(16)
