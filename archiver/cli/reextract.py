"""`kliping reextract`: read what was captured again, with what Kliping knows today."""

from __future__ import annotations

import os
import re
import signal
import sys
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from archiver.archive import Archive
from archiver.cli.arguments import configured, open_archive, outlets_option
from archiver.cli.command import Command
from archiver.cli.output import complain, counted, is_quiet, note, printable, quiet_option, say, say_rows
from archiver.crawling.recovery import writing
from archiver.errors import ExitCode
from archiver.reextraction.run import Keeper, Tally
from archiver.reextraction.run import reextract as read_again
from archiver.reports.changes import changes, summary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import NoReturn

    from tqdm import tqdm

    from archiver.reextraction.findings import Finding

_WORD = re.compile(r"\[-.*?-\]|\{\+.*?\+\}")
_COLOURS = {"-": "red", "+": "green"}
_COLUMNS: tuple[str, ...] = (
    *("outlet", "captures", "as before", "no article"),
    *("changed articles", "new articles", "no longer articles"),
)


@click.command(
    cls=Command,
    short_help="Read all captures again, and see what changes.",
    examples=(
        "kliping reextract archive",
        "kliping reextract archive --outlet tempo --diff | less -R",
        "kliping reextract archive --apply",
    ),
)
@click.argument("archive", required=False, type=click.Path())
@click.option("--outlet", metavar="NAME", help="Captures of this outlet alone; kliping outlets names them.")
@click.option("--diff", "as_diff", is_flag=True, help="Show what differs in each article.")
@click.option("--apply", "keep", is_flag=True, help="Keep the new readings in the archive.")
@click.option(
    "--workers", type=click.IntRange(min=1), metavar="N", help="Processes at work; one a processor if not given."
)
@outlets_option
@quiet_option
def reextract(archive: str | None, *, outlet: str | None, as_diff: bool, keep: bool, workers: int | None) -> ExitCode:
    """Cut the articles out of all captures of ARCHIVE again, and tell for each outlet how many come out otherwise.

    Captures that gave no article are read too. Nothing is fetched, and without --apply nothing is written. With it,
    each new reading goes into a WARC file of its own as a text and a metadata record, and takes the place of the one
    before it in the catalog; the records that were there stay. An article that is read as none any more stays too.

    Exit codes: 0 done, 2 some captures could not be read, 3 articles are read as none any more, 73 archive not
    writable, 75 another one writes to it.
    """
    config, outlets = configured()
    only = outlets.get(outlet).name if outlet else None
    place = open_archive(archive)
    tally = Tally()
    kept = 0
    with ExitStack() as stack:
        keeper = None
        if keep:
            place = Archive.create(place.root)
            for message in stack.enter_context(writing(place, ["reextract"])):
                note(message)
            keeper = stack.enter_context(Keeper(place, config))
        scratch = Path(stack.enter_context(TemporaryDirectory(prefix="kliping-")))
        files = len(place.warc_files())
        executor = stack.enter_context(_executor(min(workers or os.cpu_count() or 1, files)))
        on_file = stack.enter_context(_progress(files))
        for finding in read_again(place, config, executor, scratch, tally, only=only, on_file=on_file):
            if as_diff:
                _show(finding)
            kept += keeper is not None and keeper.keep(finding)
    for problem in tally.problems:
        complain(problem)
    _report(tally)
    if keeper is not None:
        note(f"{counted(kept, 'reading', 'readings')} kept" + "".join(f", in {path}" for path in keeper.files))
    elif tally.total("changed") or tally.total("appeared"):
        hint = "" if as_diff else "--diff shows what differs, "
        note(f"nothing was written: {hint}--apply keeps the new readings")
    if tally.total("vanished"):
        return ExitCode.DRIFT
    return ExitCode.PARTIAL if tally.problems else ExitCode.OK


@contextmanager
def _executor(workers: int) -> Iterator[Executor]:
    """Processes that have loaded what they need once for all of them; a single worker needs none."""
    if workers < 2:
        executor: Executor = ThreadPoolExecutor(1)
    else:
        context = get_context("forkserver")
        context.set_forkserver_preload(["__main__", "archiver.reextraction.task"])
        ignore = (signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for this process to answer
        executor = ProcessPoolExecutor(workers, context, signal.signal, ignore)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


@contextmanager
def _progress(files: int) -> Iterator[Callable[[Path], None]]:
    """A line that moves on a terminal, else a plain line a file; nothing under `--quiet`."""
    if sys.stderr.isatty() and not is_quiet():
        from tqdm import tqdm  # noqa: PLC0415 - only a terminal needs it

        with tqdm(total=files, desc="reextract", unit=" files", leave=False, file=sys.stderr) as bar:
            yield lambda path: _advance(bar, path)
    else:
        yield lambda path: note(f"read {path.name}")


def _advance(bar: tqdm[NoReturn], path: Path) -> None:
    bar.update()
    bar.set_postfix_str(path.name)


def _report(tally: Tally) -> None:
    rows = [_COLUMNS]
    for outlet in sorted(tally.captures, key=lambda name: (name is None, name or "")):
        counts = tally.captures[outlet]
        articles = (str(tally.count(verdict, outlet)) for verdict in ("changed", "appeared", "vanished"))
        rows.append((outlet or "-", str(counts.total), str(counts.same), str(counts.nothing), *articles))
    if len(rows) == 1:
        note("there is no capture of an article")
    else:
        say_rows(rows)


def _show(finding: Finding) -> None:
    """The article's head, then what differs, coloured on a terminal."""
    before, after = finding.before, finding.after
    say(click.style(f"{finding.verdict}  {printable(after.outlet or '-')}  {printable(after.url)}", bold=True))
    if finding.verdict == "vanished" and before is not None:
        say(f"  now {after.outcome}: {printable(after.evidence.get('outcome', ''))}")
        lines = [f"- {line}" for line in summary(before)]
    elif before is None:
        lines = [f"+ {line}" for line in summary(after)]
    else:
        lines = list(changes(before, after))
    for line in lines:
        say(_coloured(printable(line)))
    say()


def _coloured(line: str) -> str:
    mark = line[:2].rstrip()
    if mark in {"-", "+"}:
        return f"    {click.style(line, fg=_COLOURS[mark])}"
    if mark == "~":
        return "    " + _WORD.sub(lambda found: click.style(found[0], fg=_COLOURS[found[0][1]]), line)
    return f"    {line}" if line.startswith(" ") else f"  {line}"
