"""The options of the commands that ask servers, `crawl` and `capture`, and what they come to."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from archiver.cli.arguments import MOMENT, outlets_option, with_outlet_dirs
from archiver.config import POLITE_DELAY, Config, load_config, with_changes
from archiver.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

_Command = TypeVar("_Command", bound="Callable[..., Any]")

_ARCHIVE = click.option("--archive", metavar="DIR", help="The archive folder; made if it is not there.")
_OPTIONS = (
    click.option(
        "--config",
        "config_file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Instead of the working directory's kliping.toml.",
    ),
    click.option("--contact", metavar="ADDRESS", help="Your mail or web address, told to the servers."),
    click.option("--delay", type=click.FloatRange(min=0), metavar="SECONDS", help="Between two requests to a host."),
    click.option("--requisites", is_flag=True, help="Capture the pages' images, styles, scripts and fonts too."),
    click.option("--allow-private", is_flag=True, help="Ask hosts in private networks and on this machine."),
    click.option("--as-of", type=MOMENT, metavar="DATE", help="Record under this date; for made-up sites."),
)


@dataclass(frozen=True, slots=True)
class Fetching:
    """How servers are asked: the configuration with the options in it, and what is no part of a configuration."""

    config: Config
    allow_private: bool
    as_of: str | None


def fetching_options(command: _Command) -> _Command:
    """Give the command these options; it gets them as one argument, `fetching`. Raises `UsageError`, `ConfigError`."""
    return _ARCHIVE(asking_options(command))


def asking_options(command: _Command) -> _Command:
    """The same without `--archive`, for what is captured to be thrown away."""

    @functools.wraps(command)
    def with_fetching(
        *arguments: Any,
        config_file: Path | None,
        delay: float | None,
        requisites: bool,
        allow_private: bool,
        as_of: datetime | None,
        contact: str | None,
        archive: str | None = None,
        **others: Any,
    ) -> Any:
        config = with_outlet_dirs(load_config(config_file))
        config = with_changes(config, archive=archive, contact=contact, delay=delay, requisites=requisites or None)
        if config.delay < POLITE_DELAY and not allow_private:
            raise UsageError(
                f"--delay {config.delay:g} is below {POLITE_DELAY:g} s: only a loopback site may be crawled so fast"
            )
        fetching = Fetching(config, allow_private, as_of.isoformat() if as_of else None)
        return command(*arguments, fetching=fetching, **others)

    optioned: Any = outlets_option(with_fetching)
    for option in reversed(_OPTIONS):
        optioned = option(optioned)
    return optioned  # type: ignore[no-any-return]  # click's decorators keep the kind of what they are given
