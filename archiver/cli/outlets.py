"""`kliping outlets`: what can be crawled."""

from __future__ import annotations

import click

from archiver.cli.arguments import configured, outlets_option
from archiver.cli.command import Command
from archiver.cli.output import quiet_option, say_rows


@click.command(
    cls=Command,
    short_help="List what can be crawled.",
    examples=(
        "kliping outlets",
        "kliping outlets | cut -f1",
    ),
)
@outlets_option
@quiet_option
def outlets() -> None:
    """List the outlets: name, title, hosts, and what layouts of their pages are known."""
    _, known = configured()
    say_rows(
        [
            (
                outlet.name,
                outlet.title,
                ", ".join(outlet.domains),
                ", ".join(layout.name for layout in outlet.layouts) or "no layout: by the fallback",
            )
            for outlet in known
        ]
    )
