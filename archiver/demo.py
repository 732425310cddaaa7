"""`make demo`: replay all fixtures offline through the real spiders and show what came out.

    python -m archiver.demo [FIXTURES [ARCHIVE]]

It makes ARCHIVE anew, prints one article of each outlet with what was kept, re-routed and removed, and says where
everything lies.
"""

from __future__ import annotations

import shutil
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import click

from archiver.archive import Archive
from archiver.article import Article
from archiver.catalog import Catalog
from archiver.config import Config
from archiver.crawling.run import RunResult, replay
from archiver.errors import ExitCode, KlipingError, UsageError
from archiver.outlets import load_outlets

WIDTH = 100


class _Piece(Protocol):
    @property
    def kind(self) -> str: ...

    @property
    def text(self) -> str: ...


def main(fixtures: str = "fixtures", archive: str = "demo-archive") -> int:
    """Run the demo; returns its exit code."""
    target = Path(archive)
    try:
        _clear(target)
        began = time.monotonic()
        result = replay([fixtures], Config(archive=target), load_outlets())
        elapsed = time.monotonic() - began
    except KlipingError as error:
        click.echo(f"demo: {error}", err=True)
        return error.exit_code
    _show(result, elapsed)
    # Some fixtures are of pages that were refused, or gone: told in the summary, and no failure of the demo.
    return 0 if result.exit_code == ExitCode.PARTIAL else result.exit_code


def _clear(target: Path) -> None:
    """Remove what an earlier demo left; anything that is no archive stays."""
    if not target.exists():
        return
    if not (target / "archive.toml").is_file():
        raise UsageError(f"{target} is there and is no archive: move it away, or name another folder")
    shutil.rmtree(target)


def _show(result: RunResult, elapsed: float) -> None:
    archive = Archive.open(result.archive)
    with Catalog(archive.catalog, read_only=True) as catalog:
        articles = [entry.article for entry in catalog.articles()]
    shown: dict[str | None, Article] = {}
    for article in sorted(articles, key=lambda item: (len(item.pages), len(item.removed)), reverse=True):
        shown.setdefault(article.outlet, article)
    for _, article in sorted(shown.items(), key=lambda item: item[0] or ""):
        for line in _clipping(article):
            click.echo(line)
    for line in _summary(result, archive, articles, elapsed):
        click.echo(line)


def _clipping(article: Article) -> Iterator[str]:
    """One article as a reader would want to meet it, and what was cut away around it."""
    facts = (article.published, ", ".join(article.authors), article.dateline, _pages(article))
    yield click.style(f"── {article.outlet} · layout {article.layout} ".ljust(WIDTH, "─"), dim=True)
    yield from (click.style(line, bold=True) for line in textwrap.wrap(article.title or "(no title)", WIDTH))
    yield click.style(" · ".join(fact for fact in facts if fact), dim=True)
    yield click.style(article.url, dim=True)
    first = article.lead or (article.blocks[0].text if article.blocks else "")
    yield from textwrap.wrap(
        first, WIDTH - 2, max_lines=3, placeholder=" …", initial_indent="  ", subsequent_indent="  "
    )
    yield ""
    yield _row("kept", "green", [f"{len(article.text.split())} words", *_counted(article.blocks)])
    yield _row("re-routed", "yellow", _counted(article.rerouted))
    yield _row("removed", "red", _counted(article.removed))
    for removal in article.removed:
        if removal.kind in ("related_inline", "promo", "editor_mark", "poll", "comments"):
            text = textwrap.shorten(removal.text.replace("\n", " / "), WIDTH - 34, placeholder=" …")
            yield f"      {removal.kind:<16}{text}"
    yield ""


def _pages(article: Article) -> str:
    count = len(article.pages)
    return "" if count < 2 else f"joined from {count} pages" + ("" if article.complete else ", not all of them")


def _row(name: str, colour: str, parts: Iterable[str]) -> str:
    return f"  {click.style(f'{name:<10}', fg=colour, bold=True)} {', '.join(parts) or 'nothing'}"


def _counted(pieces: Iterable[_Piece]) -> list[str]:
    counts = Counter(piece.kind for piece in pieces)
    return [f"{count} {kind.replace('_', ' ')}" for kind, count in counts.most_common()]


def _summary(result: RunResult, archive: Archive, articles: list[Article], elapsed: float) -> Iterator[str]:
    outlets = len({article.outlet for article in articles})
    kept = sum(len(article.text.split()) for article in articles)
    removed = sum(len(removal.text.split()) for article in articles for removal in article.removed)
    warcs = archive.warc_files()
    size = sum(path.stat().st_size for path in warcs)
    outcomes = Counter(result.account.counts)
    yield "─" * WIDTH
    yield click.style(
        f"{len(articles)} articles of {outlets} outlets, {kept:,} words kept and {removed:,} cut away, "
        f"in {elapsed:.1f} seconds, without a network.",
        bold=True,
    )
    ends = ", ".join(f"{count} {outcome.replace('_', ' ')}" for outcome, count in outcomes.most_common() if count)
    yield f"Every one of the {result.account.discovered} addresses has its end: {ends}."
    yield ""
    files = "one WARC file" if len(warcs) == 1 else f"{len(warcs)} WARC files"
    yield f"  {archive.warc}/   {files}, {size / 1024:,.0f} kB: captures as they came, clean text beside them"
    yield f"  {archive.index}/  CDXJ, for replay tools"
    yield f"  {archive.catalog}   titles, texts and facts, to be searched; made anew by `kliping catalog rebuild`"
    yield f"  {archive.runs}/   what became of each address, and the log"
    yield ""
    yield "Go on with:"
    sample = articles[0].title.split()[0] if articles and articles[0].title else "WORDS"
    yield f"  .venv/bin/kliping search {archive.root} {sample}"
    if articles:
        yield f"  .venv/bin/kliping show {archive.root} '{articles[0].url}'"
    yield f"  .venv/bin/kliping export {archive.root} --format csv -o articles.csv"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
