"""`kliping xray`: see what became of every word of a page."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from archiver.article import Article
from archiver.capture import Capture
from archiver.cli.arguments import MOMENT, configured, outlets_option
from archiver.cli.command import Command
from archiver.cli.output import complain, note, quiet_option, write, write_file
from archiver.cli.pages import check_address, is_warc, read_page
from archiver.errors import ExitCode, NotFoundError, UsageError
from archiver.extraction import extract
from archiver.outlets import Outlets
from archiver.reports.xray import draw
from archiver.warcfile import WarcPages

_SHOWN = 8
"""Addresses that are listed where one of many has to be chosen."""


@click.command(
    cls=Command,
    short_help="Draw what became of every word of a page.",
    examples=(
        "kliping xray page.html --url https://tekno.tempo.co/read/897133/judul -o xray.html",
        "kliping xray crawl.warc.gz --url URL -o xray.html",
        "kliping xray page.html --captured 2021-01-13 -o - | less",
    ),
)
@click.argument("file", type=click.Path())
@click.option("--url", help="The page's address. In a WARC file: which of its articles to draw.")
@click.option("--captured", type=MOMENT, metavar="DATE", help="When a plain file was saved, as for kliping extract.")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False), help="HTML file to write; - for stdout."
)
@outlets_option
@quiet_option
def xray(file: str, url: str | None, captured: datetime | None, output: str) -> ExitCode:
    """Draw the article in FILE, a saved page or a WARC file, beside the page that it was cut out of.

    The drawing is one HTML file that loads nothing: on the left all text of the page in reading order, coloured
    by what became of it, on the right the article; above them the counts, and the facts with their evidence.
    The pages of one article are drawn together. A page that holds no article is drawn as well, with the reason.
    """
    check_address(url)
    _, outlets = configured()
    damage: list[str] = []
    if not is_warc(file):
        page = read_page(file, url, captured)
        article, captures = extract(page, outlets.for_url(page.url)), [page]
    elif captured:
        raise UsageError(f"--captured is for plain files: {file} says itself when its pages were captured")
    else:
        article, captures, damage = _from_warc(file, url, outlets)
    report = draw(article, captures).encode("utf-8", "replace")
    if output == "-":
        write(report)
    else:
        write_file(Path(output), [report])
        note(f"{output}: {article.title or article.url} ({article.outcome})")
    for message in damage:
        complain(f"{message}: the rest was used")
    return ExitCode.BAD_DATA if damage else ExitCode.OK


def _from_warc(file: str, url: str | None, outlets: Outlets) -> tuple[Article, list[Capture], list[str]]:
    """The article, its captured pages, and what of the file could not be read."""
    with TemporaryDirectory() as scratch:
        pages = WarcPages(Path(file), outlets, Path(scratch))
        article = pages.article(url) if url is not None else _only(pages, file)
        return article, [pages.capture(address) for address in article.pages], pages.damage


def _only(pages: WarcPages, file: str) -> Article:
    """The article of a WARC file that holds one."""
    articles = list(pages.articles())
    if not articles:
        raise NotFoundError(f"no captured page in {file} is an article's: name one with --url")
    if len(articles) > 1:
        urls = [article.url for article in articles[:_SHOWN]]
        more = f" and {len(articles) - _SHOWN} more" if len(articles) > _SHOWN else ""
        raise UsageError(f"{file} holds {len(articles)} articles: name one with --url: {' '.join(urls)}{more}")
    return articles[0]
