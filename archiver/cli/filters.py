"""`--outlet`, `--since` and `--until`: the options of all commands that choose among the articles of an archive."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import click

from archiver.catalog import Filters
from archiver.cli.arguments import MOMENT

_Result = TypeVar("_Result")


def filter_options(function: Callable[..., _Result]) -> Callable[..., _Result]:
    """The command gets them as one argument `filters`."""

    @functools.wraps(function)
    def filtered(
        *args: Any, outlet: str | None, since: datetime | None, until: datetime | None, **kwargs: Any
    ) -> _Result:
        days = (moment.date() if moment else None for moment in (since, until))
        return function(*args, filters=Filters(outlet, *days), **kwargs)

    for option in (
        click.option("--until", type=MOMENT, metavar="DATE", help="Of this day or earlier."),
        click.option(
            "--since",
            type=MOMENT,
            metavar="DATE",
            help="Of this day or later: the day of publication as printed, else that of the capture.",
        ),
        click.option("--outlet", metavar="NAME", help="Of this outlet alone; kliping outlets names them."),
    ):
        filtered = option(filtered)
    return filtered
