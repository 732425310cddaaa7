"""`kliping outlet check`: lint outlet files against their fixtures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver.cli.arguments import outlets_option, with_outlet_dirs
from archiver.cli.command import Command
from archiver.cli.fixture.shelf import Shelf, config_option, folder_option
from archiver.cli.output import complain, counted, note, printable, quiet_option, say
from archiver.config import load_config
from archiver.errors import ExitCode, NotFoundError, UsageError
from archiver.outlets import load_outlets

if TYPE_CHECKING:
    from archiver.fixtures.store import Fixture
    from archiver.linting.findings import Finding
    from archiver.outlet import Outlet


@click.command(
    cls=Command,
    short_help="Lint outlet files against their fixtures.",
    examples=(
        "kliping outlet check",
        "kliping outlet check tempo",
        "kliping outlet check kabar --accept 'share bars that come and go; no fixture has one'",
    ),
)
@click.argument("names", nargs=-1, metavar="[OUTLET...]")
@click.option("--accept", metavar="REASON", help="Let the findings of one outlet stand, for this reason.")
@click.option("--accepted", "show_accepted", is_flag=True, help="Show what was let stand, too.")
@folder_option
@config_option
@outlets_option
@quiet_option
def check(
    names: tuple[str, ...],
    *,
    folder: Path | None,
    config_file: Path | None,
    accept: str | None,
    show_accepted: bool,
) -> ExitCode:
    """Try the selectors and the address pattern of OUTLET..., or of all outlets, on the pages of their fixtures.

    It finds selectors that are no CSS, that match nothing in any fixture (dead), or that take what a reader expects
    in the story (broad); an article_url that takes an index for an article or misses one; layouts that no fixture's
    page has; an outlet without sources, or whose host another outlet has too. What is right for all that is let stand
    with --accept: FIXTURES/OUTLET/check.toml keeps it with the reason.

    Exit codes: 0 nothing found, 2 findings, 64 unknown outlet, 65 a fixture is damaged.
    """
    config = with_outlet_dirs(load_config(config_file))
    outlets = load_outlets(config.outlets, config.outlet_dirs, unchecked=True)
    shelf = Shelf(folder or config.fixtures, outlets, config.archive)
    chosen = [shelf.outlets.get(name) for name in names] if names else list(shelf.outlets)
    if accept is not None and (len(names) != 1 or not accept.strip()):
        raise UsageError("--accept is for one outlet and wants a reason: kliping outlet check OUTLET --accept REASON")
    total = sum(_check(outlet, shelf, accept, show_accepted=show_accepted) for outlet in chosen)
    if total:
        note(f"{counted(total, 'finding', 'findings')} in {counted(len(chosen), 'outlet', 'outlets')}")
        return ExitCode.PARTIAL
    note(f"nothing found in {counted(len(chosen), 'outlet', 'outlets')}")
    return ExitCode.OK


def _check(outlet: Outlet, shelf: Shelf, accept: str | None, *, show_accepted: bool) -> int:
    """Tell the findings of an outlet, or accept them; returns how many are open."""
    from archiver.linting import accepted  # noqa: PLC0415 - parsers are slow to import
    from archiver.linting.findings import find  # noqa: PLC0415 - the same
    from archiver.linting.pages import tried_pages  # noqa: PLC0415 - the same

    file = shelf.folder / outlet.name / accepted.FILE_NAME
    pages = tried_pages(outlet, fixtures_of(shelf, outlet.name))
    result = accepted.sort(find(outlet, pages, shelf.outlets), accepted.read_accepted(file))
    for key in result.gone:
        complain(f"{file}: {key!r} is not found any more: take it out")
    if accept is not None and result.open:
        accepted.accept(file, result.open, accept.strip())
        note(f"{file}: {counted(len(result.open), 'finding', 'findings')} let stand")
        return 0
    for finding in result.open:
        say(_line(outlet, finding))
    if show_accepted:
        for finding, reason in result.accepted:
            say(f"{_line(outlet, finding)} (let stand: {reason})")
    elif result.accepted:
        note(f"{outlet.name}: {counted(len(result.accepted), 'finding', 'findings')} let stand, see {file}")
    return len(result.open)


def fixtures_of(shelf: Shelf, name: str) -> tuple[Fixture, ...]:
    """The outlet's fixtures; none where it has none yet, which is a finding and no error."""
    try:
        return shelf.all([name])
    except (UsageError, NotFoundError):
        return ()


def _line(outlet: Outlet, finding: Finding) -> str:
    return printable(f"{outlet.name}: {finding.rule}: {finding.place}: {finding.words}")
