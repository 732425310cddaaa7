"""`kliping outlet`: make an outlet file, lint it, and tell what is known of an outlet."""

from __future__ import annotations

import click

from archiver.cli.outlet_check import check
from archiver.cli.outlet_new import new
from archiver.cli.outlet_passport import passport


@click.group(short_help="Draft an outlet file, lint it, tell what is known of it.")
def outlet() -> None:
    """Draft an outlet file from captures, lint its selectors, and tell what is known of an outlet."""


for command in (new, check, passport):
    outlet.add_command(command)
