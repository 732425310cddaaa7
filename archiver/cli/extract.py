"""`kliping extract`: the article in a saved page or a WARC file, without an archive and without Scrapy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import msgspec

from archiver.article import Article, clean_text
from archiver.capture import Capture
from archiver.cli.arguments import MOMENT, configured, outlets_option
from archiver.cli.command import Command
from archiver.cli.output import complain, note, quiet_option, write
from archiver.cli.pages import check_address, is_warc, read_page
from archiver.errors import ExitCode, UsageError
from archiver.extraction import extract as extract_article
from archiver.extraction.offsets import offsets as find_offsets
from archiver.outlets import Outlets


@click.command(
    cls=Command,
    short_help="Cut the article out of a saved page or a WARC file.",
    examples=(
        "kliping extract page.html --url https://tekno.tempo.co/read/897133/judul",
        "kliping extract page.html --url URL --captured 2021-01-13 --format text",
        "kliping extract crawl.warc.gz > articles.jsonl",
        "kliping extract crawl.warc.gz --url URL",
        "kliping extract page.html --url URL --offsets | jq .offsets.blocks",
    ),
)
@click.argument("file", type=click.Path())
@click.option("--url", help="The page's address. In a WARC file: this page, with those that continue it.")
@click.option(
    "--captured",
    type=MOMENT,
    metavar="DATE",
    help="When a plain file was saved; it helps to choose the layout. Its time stamp on disk is never used.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "text"]),
    default="json",
    show_default=True,
    help="The whole article as JSON, or title, lead and body as text.",
)
@click.option(
    "--offsets",
    is_flag=True,
    help="Add a key that says where title, lead, blocks, re-routed and removed parts stand in the page.",
)
@outlets_option
@quiet_option
def extract(file: str, url: str | None, captured: datetime | None, form: str, *, offsets: bool) -> ExitCode:
    """Cut the article out of FILE, a saved page or a WARC file, and print it.

    A page gives one indented JSON object, also where it holds no article: then `outcome` says why not.
    A WARC file gives JSON Lines: one object for each captured address that is an article of a known outlet,
    and, on hosts of no known outlet, for each HTML page; pages of one article are joined. FILE may be - for
    stdin.

    With --offsets the object has a key more, `offsets`: title, lead, and lists as long as `blocks`, `rerouted` and
    `removed`. Each entry is a list of ranges [start, end) of characters (Unicode code points) in the page as
    decoded with `charset.used`, a byte order mark left out; null where a part's place is not certain.
    """
    check_address(url)
    if offsets and form != "json":
        raise UsageError("--offsets is for --format json: text has no room for them")
    _, outlets = configured()
    if is_warc(file):
        if captured:
            raise UsageError(f"--captured is for plain files: {file} says itself when its pages were captured")
        return _extract_warc(file, url, form, outlets, offsets=offsets)
    page = read_page(file, url, captured)
    article = extract_article(page, outlets.for_url(page.url))
    _print(article, form, [page] if offsets else None)
    return ExitCode.OK


def _extract_warc(file: str, url: str | None, form: str, outlets: Outlets, *, offsets: bool) -> ExitCode:
    from archiver.warcfile import WarcPages  # noqa: PLC0415 - a page must not wait for it

    with TemporaryDirectory() as scratch:
        pages = WarcPages(Path(file), outlets, Path(scratch))

        def captures(article: Article) -> list[Capture] | None:
            return [pages.capture(address) for address in article.pages] if offsets else None

        try:
            if url is not None:
                article = pages.article(url)
                _print(article, form, captures(article))
            else:
                _print_rows(((article, captures(article)) for article in pages.articles()), form)
        finally:
            for damage in pages.damage:
                complain(f"{damage}: the rest was used")
        return ExitCode.BAD_DATA if pages.damage else ExitCode.OK


def _print_rows(articles: Iterable[tuple[Article, Sequence[Capture] | None]], form: str) -> None:
    count = 0
    for article, captures in articles:
        if form == "json":
            write(_encode(article, captures) + b"\n")
        else:
            write(f"==> {article.url} <==\n\n{clean_text(article)}\n\n".encode("utf-8", "replace"))
        count += 1
    if not count:
        note("no captured page is an article's: see kliping extract --help for which are taken")


def _print(article: Article, form: str, captures: Sequence[Capture] | None) -> None:
    if form == "json":
        write(msgspec.json.format(_encode(article, captures), indent=2) + b"\n")
        return
    text = clean_text(article)
    if text:
        write(f"{text}\n".encode("utf-8", "replace"))
    if article.outcome != "saved":
        note(f"this is no article: {article.outcome} ({article.evidence.get('outcome', 'no evidence')})")


def _encode(article: Article, captures: Sequence[Capture] | None) -> bytes:
    """The article as JSON; with its captures, also where its parts stand in them."""
    if captures is None:
        return msgspec.json.encode(article)
    return msgspec.json.encode({**msgspec.structs.asdict(article), "offsets": find_offsets(article, captures)})
