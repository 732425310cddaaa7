"""`kliping heal`: a layout for the pages that an outlet's layouts do not fit any more."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from archiver.cli.arguments import MOMENT, configured, outlets_option
from archiver.cli.command import Command
from archiver.cli.output import complain, note, quiet_option, write, write_file
from archiver.errors import BadDataError, ExitCode, NotFoundError, UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from archiver.healing import Healing, Sample
    from archiver.healing.source import Edit
    from archiver.outlet import Outlet

LIMIT = 60
"""Captures that are read, the newest ones: a layout shows on a few."""


@click.command(
    cls=Command,
    short_help="Propose a layout for an outlet that was rebuilt.",
    examples=(
        "kliping heal tempo --from archive -o tempo.patch --xray tempo.html",
        "kliping heal tempo --from after.warc.gz --good before.warc.gz | patch -p1",
        "kliping heal mine --outlets outlets --from archive --since 2026-03-01 --apply",
    ),
)
@click.argument("name")
@click.option(
    "--from",
    "sources",
    multiple=True,
    required=True,
    metavar="WARC|ARCHIVE",
    help="Captures, the broken ones among them; a file, a folder of files or an archive. May be given several times.",
)
@click.option(
    "--good",
    multiple=True,
    metavar="WARC|ARCHIVE",
    help="Captures from before that are read as they should be. Default: the outlet's fixtures, where there are any.",
)
@click.option("--since", type=MOMENT, metavar="DATE", help="Take captures before this date for good ones.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=LIMIT,
    show_default=True,
    help="Read so many captures of --from at most, the newest.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write the patch to this file. Default: stdout.")
@click.option("--xray", type=click.Path(dir_okay=False), help="Write a page that shows captures before and after.")
@click.option("--apply", is_flag=True, help="Change the outlet's file, in place of printing the patch.")
@outlets_option
@quiet_option
def heal(
    name: str,
    sources: tuple[str, ...],
    good: tuple[str, ...],
    since: datetime | None,
    limit: int,
    output: str | None,
    xray: str | None,
    *,
    apply: bool,
) -> ExitCode:
    """Find out why captures of the outlet NAME are not read as they should be, and propose the layout that reads them.

    What a page must give is known from an earlier capture of the same address, else from the page's own metadata and
    from what is found without a layout. Containers and fields are looked for by that, and named by selectors that are
    right on as many of the captures as can be; new junk among the paragraphs becomes drop rules. The account of it,
    with the count for each selector, goes to stderr.

    The proposal is a patch of the outlet's file: a new layout before the others, the old ones as they were. Nothing
    is changed without --apply. The exit code is 0 where the proposal reads everything, or where nothing is broken, 2
    where something is still wrong with it, 3 where captures are broken and nothing can be proposed for them.
    """
    from archiver.healing import heal as find_proposal  # noqa: PLC0415 - the help must not wait for the extraction

    if apply and output:
        raise UsageError("--apply changes the outlet's file, -o writes a patch of it: give one of the two")
    _, outlets = configured()
    outlet, file = outlets.get(name), outlets.file(name)
    samples, before = _samples(outlet, sources, good or _fixtures(name, file), since, limit)
    healing = find_proposal(outlet, samples, before)
    _tell(healing)
    change, failure = None, None
    try:
        change = _edit(file, outlet, healing)
    except BadDataError as error:  # the account and the drawing are of use all the same
        failure = error
    patch = change.patch(_root(change.path)) if change else None
    if xray and healing.broken:
        from archiver.reports.healing import draw_healing  # noqa: PLC0415 - it brings the templates

        write_file(Path(xray), [draw_healing(healing, patch).encode("utf-8", "replace")])
        note(f"{xray}: captures before and after")
    if failure is not None:
        raise failure
    if change and patch:
        _hand_over(change, patch, output, apply=apply)
    return _code(healing)


def _samples(
    outlet: Outlet, sources: tuple[str, ...], good: tuple[str, ...], since: datetime | None, limit: int
) -> tuple[list[Sample], list[Sample]]:
    """The captures to examine, and those that are taken for good."""
    from archiver.crawling.inputs import find_warcs  # noqa: PLC0415 - as above
    from archiver.healing import read_samples  # noqa: PLC0415 - the same

    with TemporaryDirectory() as first, TemporaryDirectory() as second:
        read = read_samples(find_warcs(sources), outlet, Path(first), limit=limit)
        before = read_samples(find_warcs(good), outlet, Path(second), limit=limit) if good else None
    for damage in (*read.damage, *(before.damage if before else ())):
        complain(f"{damage}: the rest was used")
    if not read.samples:
        raise NotFoundError(f"there is no captured article page of {outlet.name} in {', '.join(sources)}")
    if read.left_out:
        note(f"{read.left_out} older captures were left out: --limit {limit}")
    old = [sample for sample in read.samples if since is not None and sample.date < since]
    fresh = [sample for sample in read.samples if since is None or sample.date >= since]
    if not fresh:
        raise NotFoundError(f"all captures of {outlet.name} in {', '.join(sources)} are older than --since")
    known = {sample.capture.ref.record_id for sample in fresh if sample.capture.ref}
    others = [sample for sample in (before.samples if before else ()) if _id(sample) not in known]
    return fresh, [*others, *old]


def _id(sample: Sample) -> str | None:
    return sample.capture.ref.record_id if sample.capture.ref else None


def _fixtures(name: str, file: Path | None) -> tuple[str, ...]:
    """The outlet's fixtures: in the working directory, or beside its file's folder."""
    folders = [Path("fixtures")]
    if file is not None:
        folders += [file.parent / "fixtures", file.parent.parent / "fixtures"]
    found = next((folder / name for folder in folders if any((folder / name).glob("*.warc*"))), None)
    return (str(found),) if found else ()


def _tell(healing: Healing) -> None:
    from archiver.healing.words import lines_of  # noqa: PLC0415 - as above

    for line in lines_of(healing):
        note(line)


def _edit(file: Path | None, outlet: Outlet, healing: Healing) -> Edit | None:
    from archiver.healing.source import edit  # noqa: PLC0415 - as above

    if not healing.proposals:
        return None
    if file is None:
        raise BadDataError(f"the file that declares {outlet.name} is not known: there is nothing to write a patch for")
    return edit(file, outlet, [proposal.draft for proposal in healing.proposals])


def _root(file: Path) -> Path:
    """Where a patch of this file is applied: in the working directory, else the repository's folder, else its own."""
    here = Path.cwd()
    if file.is_relative_to(here):
        return here
    return next((folder for folder in file.parents if (folder / ".git").exists()), file.parent)


def _hand_over(change: Edit, patch: str, output: str | None, *, apply: bool) -> None:
    if apply:
        write_file(change.path, [change.after.encode()])
        note(f"{change.path}: changed; look at it, and at the fixtures: kliping fixture check")
        return
    root = _root(change.path)
    where = "" if root == Path.cwd() else f" -d {root}"
    if output is None or output == "-":
        write(patch.encode())
    else:
        write_file(Path(output), [patch.encode()])
        note(f"{output}: apply it with patch -p1{where} < {output}")


def _code(healing: Healing) -> ExitCode:
    if not healing.broken:
        return ExitCode.OK
    if not healing.proposals:
        return ExitCode.DRIFT
    whole = not healing.refused and not any(page.left for each in healing.proposals for page in each.pages)
    return ExitCode.OK if whole and not any(each.changed for each in healing.proposals) else ExitCode.PARTIAL
