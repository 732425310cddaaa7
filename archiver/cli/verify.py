"""`kliping verify`: check an archive, or WARC files of any origin, to the last byte."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from archiver.archive import Archive
from archiver.cli.arguments import open_archive
from archiver.cli.command import Command
from archiver.cli.output import counted, note, printable, quiet_option, say, write
from archiver.errors import ExitCode, NotFoundError
from archiver.verification import verify_archive, verify_files

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warc.read import Record
    from warc.verify import Finding


@click.command(
    cls=Command,
    short_help="Check an archive, or any WARC files, to the last byte.",
    examples=(
        "kliping verify archive",
        "kliping verify crawl-20210504.warc.gz other.warc.gz",
        "kliping verify archive --json | jq -r .code | sort | uniq -c",
    ),
)
@click.argument("paths", nargs=-1, metavar="[ARCHIVE|FILE...]")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a finding: file, offset, code, message.")
@quiet_option
def verify(paths: tuple[str, ...], *, as_json: bool) -> ExitCode:
    """Check ARCHIVE, or FILEs: every record, every digest, every link; in an archive index and catalog, too.

    Found are files that are cut or damaged, records that share a gzip member, fields that are missing or wrong,
    digests that don't fit, HTTP messages that break off, ids used twice, links that lead nowhere or to the wrong
    kind of record, and an index or a catalog that says something else than the files. One line a finding: file,
    offset in bytes, code, what is wrong. Nothing is changed.

    Exit codes: 0 no findings, 2 findings, 65 no WARC file, 66 not there.
    """
    seen: Counter[Path] = Counter()
    found = 0
    for finding in _findings(paths, seen):
        found += 1
        if as_json:
            content = {"file": str(finding.file), "offset": finding.offset}
            write(msgspec.json.encode(content | {"code": finding.code, "message": finding.message}) + b"\n")
        else:
            say(f"{finding.file}:{finding.offset}: {finding.code}: {printable(finding.message)}")
    files = counted(len(seen), "file", "files")
    records = counted(seen.total(), "record", "records")
    note(f"{files}, {records}: {counted(found, 'finding', 'findings') if found else 'no fault'}")
    return ExitCode.PARTIAL if found else ExitCode.OK


def _findings(names: tuple[str, ...], seen: Counter[Path]) -> Iterator[Finding]:
    def count(path: Path, _record: Record) -> None:
        seen[path] += 1

    places = [Path(name) for name in names]
    for path in places:
        if not path.exists():
            raise NotFoundError(f"there is no file and no folder {path}")
    archives = [Archive.open(path) for path in places if path.is_dir()] if places else [open_archive(None)]
    yield from chain.from_iterable(verify_archive(archive, on_record=count) for archive in archives)
    yield from verify_files((path for path in places if not path.is_dir()), on_record=count)
