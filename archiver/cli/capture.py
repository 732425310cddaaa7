"""`kliping capture`: put single addresses into the archive, whatever they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from archiver.cli.arguments import open_file
from archiver.cli.command import Command
from archiver.cli.fetching import fetching_options
from archiver.cli.output import complain, quiet_option
from archiver.cli.running import progress, report
from archiver.crawling.frontier import normal
from archiver.errors import BadDataError, ExitCode, UsageError
from archiver.operating.after_run import write_page
from archiver.outlets import load_outlets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archiver.cli.fetching import Fetching


@click.command(
    cls=Command,
    short_help="Archive single addresses, with or without an outlet file.",
    examples=(
        "kliping capture https://www.contoh.example/read/1 --contact you@example.org",
        "kliping capture --list urls.txt --requisites --archive /srv/news",
        "grep -h ^https notes.txt | kliping capture --list -",
    ),
)
@click.argument("urls", nargs=-1, metavar="[URL...]")
@click.option("--list", "list_file", metavar="FILE", help="Addresses, one a line; # begins a comment line, - is stdin.")
@fetching_options
@quiet_option
def capture(urls: tuple[str, ...], *, list_file: str | None, fetching: Fetching) -> int:
    """Archive what is at URL... and at the addresses of a list.

    Each address is captured once, also where the archive has an older capture of it; redirects are followed. An article
    is cut out by the layout of the outlet that owns the host, else by the fallback; what holds no article is captured
    all the same. What became of each address is in the run's ledger.

    Exit codes: 0 done, 2 done in part, 65 lines of the list are no addresses (the others were captured), 66 list not
    found, 73 archive not writable, 75 another run is at it, 78 configuration.
    """
    for url in urls:
        if normal(url) is None:
            raise UsageError(f"{url!r} is no web address: write https://…")
    if not urls and list_file is None:
        raise UsageError("nothing to capture: give addresses, or a file of them with --list")
    listed = _read_list(list_file) if list_file is not None else _List("", (), ())
    wanted = (*urls, *listed.urls)
    for problem in listed.problems:
        complain(problem)
    if not wanted:
        raise BadDataError(f"{listed.name} holds no address: write one a line")
    outlets = load_outlets(fetching.config.outlets, fetching.config.outlet_dirs)
    from archiver.crawling.capture import capture as run  # noqa: PLC0415 - Scrapy is loaded when it is sure to be needed

    with progress("capture") as listener:
        result = run(
            wanted,
            fetching.config,
            outlets,
            allow_private=fetching.allow_private,
            as_of=fetching.as_of,
            listener=listener,
        )
    code = report(result, write_page(result))
    return ExitCode.BAD_DATA if listed.problems and code in {ExitCode.OK, ExitCode.PARTIAL} else code


@dataclass(frozen=True, slots=True)
class _List:
    """The addresses of a list, and what is wrong with its other lines."""

    name: str
    urls: tuple[str, ...]
    problems: tuple[str, ...]


def _read_list(name: str) -> _List:
    with open_file(name) as file:
        return _parse_list(file, "stdin" if name == "-" else name)


def _parse_list(lines: Iterable[bytes], name: str) -> _List:
    urls: list[str] = []
    problems: list[str] = []
    for number, raw in enumerate(lines, 1):
        line = raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "backslashreplace").strip()
        if not line or line.startswith("#"):
            continue
        if normal(line) is None or " " in line:
            problems.append(f"{name}, line {number}: {line[:200]!r} is no web address: write https://…")
        else:
            urls.append(line)
    return _List(name, tuple(urls), tuple(problems))
