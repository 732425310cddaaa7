"""docs/commands.md, made of the commands themselves: `python -m archiver.cli.reference > docs/commands.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from archiver.cli.program import INTERRUPTED, kliping
from archiver.errors import ExitCode

WIDTH = 100
"""Columns of the help texts."""

_INTRODUCTION = """\
Results go to stdout, in UTF-8; everything said about them goes to stderr. Commands that read an archive take its
folder first, those that write take `--archive DIR`; without one it is the `archive` of `kliping.toml`, else
`./archive`."""

_MEANINGS = {
    ExitCode.OK: "done",
    ExitCode.INTERNAL: "a fault of the program; `KLIPING_DEBUG=1` shows where",
    ExitCode.PARTIAL: "done in part: some addresses or files gave nothing, the rest is kept",
    ExitCode.DRIFT: "an outlet's pages or sources are not what they used to be: see `kliping drift`",
    ExitCode.USAGE: "the command line asks for what does not exist: an unknown option, an unknown outlet",
    ExitCode.BAD_DATA: "an input file is damaged, or something else than it should be",
    ExitCode.NOT_FOUND: "a file, an archive or an address in it is not there",
    ExitCode.CANNOT_WRITE: "a folder is read-only, a disk full",
    ExitCode.LOCKED: "another run is at it",
    ExitCode.CONFIG: "`kliping.toml` or a setting is wrong or missing",
}


def reference() -> str:
    """The whole page in Markdown."""
    parts = [
        "# Commands",
        "This page is made of the commands' own help: `python -m archiver.cli.reference > docs/commands.md`.",
        _INTRODUCTION,
        *(_section(path, command) for path, command in _commands()),
        "## Exit codes",
        "\n".join(
            [
                "| code | meaning |",
                "| --- | --- |",
                *(f"| {int(code)} | {meaning} |" for code, meaning in _MEANINGS.items()),
                f"| {INTERRUPTED} | interrupted with Ctrl-C |",
            ]
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _commands() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """The program, its commands and their commands, each with the words that call it."""
    queue: list[tuple[tuple[str, ...], click.Command]] = [(("kliping",), kliping)]
    while queue:
        path, command = queue.pop(0)
        yield path, command
        if isinstance(command, click.Group):
            context = click.Context(command)
            found = ((name, command.get_command(context, name)) for name in command.list_commands(context))
            queue[:0] = [((*path, name), sub) for name, sub in found if sub is not None]


def _section(path: tuple[str, ...], command: click.Command) -> str:
    context = click.Context(
        command,
        info_name=" ".join(path),
        terminal_width=WIDTH,
        max_content_width=WIDTH,
        help_option_names=["-h", "--help"],
    )
    lines = [line.rstrip() for line in command.get_help(context).splitlines()]
    return "\n".join([f"## {' '.join(path)}", "", "```text", *lines, "```"])


if __name__ == "__main__":
    sys.stdout.buffer.write(reference().encode())
