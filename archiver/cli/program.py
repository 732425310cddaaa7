"""`kliping`: which commands there are, and how a failure ends: one line on stderr and a documented code."""

from __future__ import annotations

import importlib
import importlib.util
import io
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import click

import archiver
from archiver.cli.output import quiet_option
from archiver.errors import ConfigError, ExitCode, KlipingError
from warc.errors import NotArchivedError, WarcError, WarcReadError, WarcWriteError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (
    "crawl",
    "capture",
    "discover",
    "replay",
    "extract",
    "clean",
    "xray",
    "show",
    "why",
    "search",
    "export",
    "wacz",
    "bag",
    "verify",
    "receipt",
    "catalog",
    "reextract",
    "takedown",
    "outlets",
    "outlet",
    "fixture",
    "drift",
    "heal",
    "status",
    "simulate",
)
"""In the order in which help shows them. `archiver.cli.NAME` holds the click command `NAME`."""

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""


class LazyGroup(click.Group):
    """A group whose commands are imported one by one: cutting out an article must not wait for Scrapy."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's interface
        """All commands, in the order of their use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the same
        """The command, imported."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(f"archiver.cli.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Each command's own help has examples: kliping extract --help",
)
@click.version_option(archiver.__version__, message="kliping %(version)s")
@quiet_option
def kliping() -> None:
    """Clip news articles and keep them: clean text beside the original capture, in WARC files.

    A crawl puts every exchange into ARCHIVE/warc, byte for byte, before anyone reads it, and beside it the
    text that was cut out. The other commands find it again, show it and pass it on.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code. Prints a traceback only where KLIPING_DEBUG is set."""
    try:
        _check_packages()
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        result = kliping.main(arguments, prog_name="kliping", standalone_mode=False)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # click makes the second of the first
        return _reader_left()
    except (KeyboardInterrupt, click.Abort):
        return _failed("interrupted", INTERRUPTED)
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except (KlipingError, WarcError) as error:
        return _failed(str(error), exit_code(error))
    except Exception as error:  # noqa: BLE001 - the last resort: a fault of ours ends in one line too
        return _failed(f"internal error: {type(error).__name__}: {error}; KLIPING_DEBUG=1 shows where", 1)
    return result if isinstance(result, int) else ExitCode.OK


def exit_code(error: KlipingError | WarcError) -> ExitCode:
    """The code for an expected failure; `warc` knows nothing of exit codes."""
    match error:
        case KlipingError():
            return error.exit_code
        case WarcReadError():
            return ExitCode.BAD_DATA
        case WarcWriteError():
            return ExitCode.CANNOT_WRITE
        case NotArchivedError():
            return ExitCode.NOT_FOUND
    return ExitCode.INTERNAL


def _failed(message: str, code: int) -> int:
    if os.environ.get("KLIPING_DEBUG"):
        traceback.print_exc()
    click.echo(f"kliping: {message}", err=True)
    return code


def _reader_left() -> int:
    """`kliping export | head` is no error; Python must not try to write the rest when it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ExitCode.OK


def _check_packages() -> None:
    """Raise `ConfigError` where somebody else's package named `warc` hides ours."""
    ours = Path(archiver.__file__).parent.parent / "warc" / "__init__.py"
    found = importlib.util.find_spec("warc")
    place = Path(found.origin) if found and found.origin else None
    if place != ours:
        raise ConfigError(
            f"Python finds the package warc in {place or 'no file'}, which is not Kliping's ({ours}): "
            "install Kliping into an environment of its own"
        )
