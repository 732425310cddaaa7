"""`kliping clean`: junk out of text that another program extracted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import click
import msgspec

from archiver.cli.arguments import configured, open_file, outlets_option, read_file
from archiver.cli.command import Command
from archiver.cli.output import complain, counted, fresh_file, note, quiet_option, write
from archiver.errors import BadDataError, ConfigError, ExitCode, UsageError
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
        "kliping clean --parquet articles.parquet -o answers.parquet",
        "kliping clean --parquet crawl.parquet --text-column content --id-column url -o answers.parquet",
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
@click.option("--parquet", is_flag=True, help="FILE is a Parquet file with a column of texts; so is the answer.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT",
    help="Where the answers to --parquet go.",
)
@click.option("--text-column", metavar="NAME", help="The Parquet column of texts.  [default: text]")
@click.option("--id-column", metavar="NAME", help="That of ids.  [default: id, if there is one, else row numbers]")
@click.option("--url-column", metavar="NAME", help="That of addresses.  [default: url, if there is one]")
@outlets_option
@quiet_option
def clean(
    files: tuple[str, ...],
    url: str | None,
    outlet: str | None,
    output: Path | None,
    *,
    as_json: bool,
    jsonl: bool,
    parquet: bool,
    **columns: str | None,
) -> int:
    """Print the story that is in FILE, a text that another program extracted; - is stdin.

    Kept are title, lead and body, whole lines in their order. Bylines, dates, captions, credits, sources and
    sign-offs are re-routed, junk is removed; what the text alone can't tell is kept. Counts go to stderr, --json
    shows every line with its kind and the rule that took it.

    With --jsonl, each line is answered in its turn with "id", "kept", "removed" and "rerouted", a bad one with
    "id" and "error"; then the exit code is 65. With --parquet, so is each row of FILE by a row of OUT, with null in
    the columns that do not apply; it needs pyarrow, Kliping's extra [parquet].
    """
    _, outlets = configured()
    if sum((as_json, jsonl, parquet)) > 1:
        raise UsageError("--json, --jsonl and --parquet are three forms of answer: choose one")
    if (jsonl or parquet) and (url or outlet):
        raise UsageError('--url and --outlet are for plain text: a line or row of a corpus names its own "url"')
    if not parquet and (output or any(columns.values())):
        raise UsageError("-o and the names of columns are for --parquet: other answers go to stdout")
    if jsonl:
        return _clean_jsonl(files, outlets)
    if parquet:
        return _clean_parquet(files, output, columns, outlets)
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
            for answer in clean_jsonl(lines, brands_of=_brands_by_host(outlets)):
                bad += isinstance(answer, Failure)
                write(msgspec.json.encode(answer) + b"\n")
                sys.stdout.buffer.flush()  # whoever waits for this answer may send the next line only then
    if bad:
        complain(f"{counted(bad, 'bad line', 'bad lines')}: the answer says what is wrong")
        return ExitCode.BAD_DATA
    return ExitCode.OK


def _clean_parquet(
    files: tuple[str, ...], output: Path | None, columns: Mapping[str, str | None], outlets: Outlets
) -> int:
    if len(files) != 1 or files[0] == "-" or output is None:
        raise UsageError("--parquet reads one file, not stdin, and writes another: kliping clean --parquet FILE -o OUT")
    file = Path(files[0])
    if output.exists() and file.exists() and output.samefile(file):
        raise UsageError(f"{output} is the file that is read: name another for the answers")
    try:
        from archiver.parquet import Columns, clean_parquet  # noqa: PLC0415 - an extra, and slow to import
    except ModuleNotFoundError as error:
        raise ConfigError(
            "--parquet needs pyarrow, which is not installed: install Kliping with its extra [parquet]"
        ) from error
    wanted = Columns(columns["text_column"] or "text", columns["id_column"], columns["url_column"])
    with fresh_file(output) as out:
        counts = clean_parquet(file, out, wanted, brands_of=_brands_by_host(outlets))
    note(f"{output}: {counted(counts.rows, 'row', 'rows')} answered")
    if counts.bad:
        complain(f'{counted(counts.bad, "bad row", "bad rows")}: the column "error" says what is wrong')
        return ExitCode.BAD_DATA
    return ExitCode.OK


def _brands(outlets: Outlets, url: str | None, name: str | None) -> tuple[str, ...]:
    outlet = outlets.get(name) if name else outlets.for_url(url) if url else None
    return outlet.brand if outlet else ()


def _brands_by_host(outlets: Outlets) -> Callable[[str], tuple[str, ...]]:
    """`_brands` for a corpus, in which many addresses are of few hosts."""

    @lru_cache(maxsize=1024)
    def of_host(start: str) -> tuple[str, ...]:
        return _brands(outlets, start, None)

    return lambda url: of_host("/".join(url.split("/", 3)[:3]))


def _decode(file: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadDataError(
            f"{file} is no UTF-8 text (byte {error.start}): convert it first; for a web page use kliping extract"
        ) from error
