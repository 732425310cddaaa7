"""`--since` and `--until` of the commands that look for articles of certain days at an outlet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from archiver.cli.arguments import MOMENT
from archiver.duration import parse_duration

if TYPE_CHECKING:
    from collections.abc import Callable

_Command = TypeVar("_Command", bound="Callable[..., Any]")


class _Duration(click.ParamType[float]):
    """A span of time, in seconds."""

    name = "duration"

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> float:
        try:
            seconds = parse_duration(str(value))
        except ValueError as error:
            self.fail(str(error), parameter, context)
        if seconds <= 0:
            self.fail(f"{value} is no time at all", parameter, context)
        return seconds


DURATION = _Duration()


def days_options(command: _Command) -> _Command:
    """Give the command `since` and `until`; `archiver.crawling.days` makes days of them."""
    until = click.option("--until", type=MOMENT, metavar="DATE", help="The last of these days.  [default: today]")
    since = click.option("--since", type=MOMENT, metavar="DATE", help="Articles of this day and later ones instead.")
    return since(until(command))
