"""`kliping receipt`: a datasheet of an archive, for whoever relies on it."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from archiver.cli.arguments import open_archive
from archiver.cli.command import Command
from archiver.cli.output import complain, counted, note, quiet_option, write, write_file
from archiver.errors import ExitCode, UsageError


@click.command(
    cls=Command,
    short_help="Check an archive and say what is in it and what is missing.",
    examples=(
        "kliping receipt archive",
        "kliping receipt archive -o berita-2021.html --json berita-2021.json",
        "kliping receipt archive --json - | jq .missing",
    ),
)
@click.argument("archive", required=False, type=click.Path())
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    help="HTML file to write, - for stdout; receipt.html where neither this nor --json is given.",
)
@click.option("--json", "json_file", metavar="FILE", help="JSON file to write with the same, - for stdout.")
@quiet_option
def receipt(archive: str | None, output: str | None, json_file: str | None) -> ExitCode:
    """Check ARCHIVE with every validator that is installed, and write a page about it in plain language.

    The page is one HTML file that loads nothing: what the archive holds, who made it when and with which settings,
    what became of each address, what robots.txt decided, what is known to be missing, and the SHA-256 of all
    files. Attach it to whatever is built on the archive.

    Exit codes: 0 no check found a fault, 2 a check did; the receipt is written all the same.
    """
    if output is None and json_file is None:
        output = "receipt.html"
    if output == json_file == "-":
        raise UsageError("page and JSON cannot both go to stdout: name a file for one of them")
    place = open_archive(archive)
    from archiver.reports.receipt import compose, draw  # noqa: PLC0415 - help must not wait for it

    made = compose(place, on_step=lambda step: note(f"{place.root}: {step}"))
    if output is not None:
        _put(output, draw(made).encode("utf-8", "replace"))
    if json_file is not None:
        _put(json_file, msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n")
    for check in made.checks:
        note(f"{check.program}: {counted(check.faults, 'fault', 'faults') if check.faults else check.result}")
    for line in made.missing.unread:
        complain(line)
    files = ", ".join(name for name in (output, json_file) if name not in (None, "-"))
    note(f"{files or place.root}: {'no fault found' if made.faultless else 'faults found'}")
    return ExitCode.OK if made.faultless else ExitCode.PARTIAL


def _put(name: str, data: bytes) -> None:
    if name == "-":
        write(data)
    else:
        write_file(Path(name), [data])
