"""What `crawl`, `capture` and `replay` show: progress while they run, and the account of the run at its end.

On a terminal the progress is one line that moves; in a pipe it is a plain line for each address that was read.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from archiver.cli.output import complain, is_quiet, note, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import NoReturn

    from tqdm import tqdm

    from archiver.article import Outcome
    from archiver.crawling.account import Account
    from archiver.crawling.ledger import Line
    from archiver.crawling.run import RunResult

_WORDS: dict[Outcome, str] = {
    "saved": "saved: new articles, and the pages that belong to them",
    "updated": "updated: articles that have changed",
    "unchanged": "unchanged: in the archive just so",
    "known": "known: in the archive, not fetched again",
    "deferred": "deferred: left for another run",
    "not_wanted": "not wanted: another site, no article's address, or taken down",
    "redirected": "redirected: their targets are counted on their own",
    "duplicate": "duplicates: the same article under another address",
    "not_article": "no articles: index, search or other pages",
    "paywall": "behind a paywall",
    "consent_wall": "behind a consent wall",
    "challenge": "answered with a challenge instead of a page",
    "soft_404": "not found, though the server said OK",
    "hijacked": "taken over by spam",
    "empty": "empty pages",
    "missing_page": "missing: further pages of an article",
    "gone": "gone: the server no longer has them",
    "blocked_by_robots": "not asked for: robots.txt forbids it",
    "forbidden": "refused",
    "too_large": "too large",
    "timeout": "timed out",
    "dns": "hosts whose name does not resolve",
    "tls": "TLS errors: certificate or encryption",
    "server_error": "server errors and lost connections",
    "not_archived": "not in the WARC files",
    "error": "errors: see the ledger",
}
_UNSHOWN = frozenset({"known", "not_wanted", "deferred"})
"""Outcomes of addresses that nobody asked for: not worth a line each."""


@contextmanager
def progress(what: str) -> Iterator[Callable[[Line], None] | None]:
    """A listener for the run's ledger that shows how far it is; None under `--quiet`."""
    if is_quiet():
        yield None
    elif sys.stderr.isatty():
        import tqdm  # noqa: PLC0415 - only a terminal needs it

        with tqdm.tqdm(desc=what, unit=" addresses", leave=False, file=sys.stderr) as bar:
            yield lambda line: _advance(bar, line)
    else:
        yield _print_line


def report(result: RunResult, afterwards: Iterable[str] = ()) -> int:
    """Tell how the run ended, and what went wrong `afterwards`; returns the run's exit code."""
    account = result.account
    for problem in (*result.problems, *afterwards):
        complain(problem)
    if is_quiet():
        return result.exit_code
    say(f"{account.kind} of {', '.join(account.outlets)}: {_counted(account.discovered, 'address', 'addresses')}")
    for outcome, words in _WORDS.items():
        if count := account.counts.get(outcome, 0):
            say(f"{count:7}  {words}")
    _say_requisites(account)
    if account.pending:
        say(f"{account.pending:7}  wait for the next run")
    if account.earlier:
        say(f"{account.earlier:7}  earlier captures of the same addresses")
    say(f"archive  {result.archive}")
    for name in account.files:
        say(f"WARC     {result.archive / 'warc' / name}")
    if not account.files:
        say("WARC     nothing new to write")
    folder = result.archive / "runs" / account.run
    say(f"ledger   {folder / 'ledger.jsonl'}")
    if (folder / "index.html").exists():
        say(f"page     {folder / 'index.html'}")
    return result.exit_code


def _say_requisites(account: Account) -> None:
    if account.requisites:
        counts = ", ".join(f"{account.requisites[word]} {word}" for word in _WORDS if word in account.requisites)
        say(f"{sum(account.requisites.values()):7}  requisites of pages: {counts}")


def _print_line(line: Line) -> None:
    if line.outcome not in _UNSHOWN:
        note(f"{line.outcome:<12} {line.url}" + (f" -> {line.target}" if line.target else ""))


def _advance(bar: tqdm[NoReturn], line: Line) -> None:
    bar.update()
    if line.outcome not in _UNSHOWN:
        bar.set_postfix_str(f"{line.outcome} {line.url}"[-80:])


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
