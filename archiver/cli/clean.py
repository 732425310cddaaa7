"""`kliping clean`: junk out of text that another program extracted."""

from __future__ import annotations

import sys

import click
import msgspec

from archiver.cli.arguments import configured, open_file, read_file
from archiver.cli.command import Command
from archiver.cli.output import complain, counted, note, quiet_option, write
from archiver.errors import BadDataError, ExitCode, UsageError
from archiver.extraction.clean import Cleaned, Failure, clean_jsonl
from archiver.extraction.clean import clean as clean_text
from archiver.outlets import Outlets


@click.command(
    cls=Command,
    short_help="Take the junk out of text that was extracted elsewhere.",
    examples=(
        "kliping clean article.txt > clean.txt",
        "kliping clean --outlet tempo a.txt b.txt",
        "kliping clean --json article.txt | jq .removed",
        "kliping clean --jsonl articles.jsonl > answers.jsonl",
    ),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@click.option("--url", help="Address that the text came from; it names the outlet.")
@click.option("--outlet", metavar="NAME", help="The outlet, whose brand words open datelines.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file: kept, removed, rerouted.")
@click.option(
    "--jsonl",
    is_flag=True,
    help='FILE has one JSON object a line with "id", "text" and maybe "url"; so has the answer.',
)
@quiet_option
def clean(files: tuple[str, ...], url: str | None, outlet: str | None, *, as_json: bool, jsonl: bool) -> int:
    """Print the story that is in FILE, a text that another program extracted; - is stdin.

    Kept are title, lead and body, whole lines in their order. Bylines, dates, captions, credits, sources and
    sign-offs are re-routed, junk is removed; what the text alone can't tell is kept. Counts go to stderr, --json
    shows every line with its kind and the rule that took it.

    With --jsonl, each line is answered in its turn with "id", "kept", "removed" and "rerouted", a bad one with
    "id" and "error"; then the exit code is 65.
    """
    _, outlets = configured()
    if jsonl:
        if url or outlet:
            raise UsageError('--url and --outlet are for plain text: a JSON line names its own "url"')
        return _clean_jsonl(files, outlets)
    brands = _brands(outlets, url, outlet)
    for number, file in enumerate(files):
        text = _decode(file, read_file(file))
        cleaned = clean_text(text, brands=brands)
        if as_json:
            write(msgspec.json.encode({"file": file, **msgspec.structs.asdict(cleaned)}) + b"\n")
            continue
        if len(files) > 1:
            blank = "\n" if number else ""
            write(f"{blank}==> {file} <==\n".encode())
        _print(text, cleaned)
        kept = counted(len(cleaned.kept), "line", "lines")
        note(f"{file}: {kept} kept, {len(cleaned.rerouted)} re-routed, {len(cleaned.removed)} removed")
    return ExitCode.OK


def _print(text: str, cleaned: Cleaned) -> None:
    """Blank lines stand between the kept ones where the text has them between most of its own."""
    lines = [line.strip() for line in text.strip().split("\n")]
    gap = "\n\n" if lines.count("") * 3 > len(lines) else "\n"
    if cleaned.kept:
        write(gap.join(cleaned.kept).encode() + b"\n")


def _clean_jsonl(files: tuple[str, ...], outlets: Outlets) -> int:
    bad = 0
    for file in files:
        with open_file(file) as lines:
            for answer in clean_jsonl(lines, brands_of=lambda url: _brands(outlets, url, None)):
                bad += isinstance(answer, Failure)
                write(msgspec.json.encode(answer) + b"\n")
                sys.stdout.buffer.flush()  # whoever waits for this answer may send the next line only then
    if bad:
        complain(f"{counted(bad, 'bad line', 'bad lines')}: the answer says what is wrong")
        return ExitCode.BAD_DATA
    return ExitCode.OK


def _brands(outlets: Outlets, url: str | None, name: str | None) -> tuple[str, ...]:
    outlet = outlets.get(name) if name else outlets.for_url(url) if url else None
    return outlet.brand if outlet else ()


def _decode(file: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadDataError(
            f"{file} is no UTF-8 text (byte {error.start}): convert it first; for a web page use kliping extract"
        ) from error
