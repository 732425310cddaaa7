"""The page of a run, `runs/RUN/index.html`: one file that loads nothing, with what went wrong before all else.

It is made of run.json, the ledger, the drift alarm's verdicts, and the catalog for the articles' titles.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from archiver.catalog import Catalog
from archiver.crawling.account import read_account
from archiver.crawling.ledger import read_ledger
from archiver.drift.report import folder as drift_folder
from archiver.drift.report import read_report
from archiver.duration import in_words
from archiver.errors import CannotWriteError, ExitCode, KlipingError
from archiver.operating.words import size
from archiver.reports.receipt.words import MEANINGS, grouped, spoken
from archiver.reports.templating import template

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archiver.archive import Archive
    from archiver.article import Outcome
    from archiver.crawling.account import Account
    from archiver.crawling.ledger import Line
    from archiver.drift.report import DriftReport

NAME: Final = "index.html"

SHOWN: Final = 100
"""Addresses that the page lists of one outcome; the ledger has all."""

_KEPT: Final[tuple[Outcome, ...]] = ("saved", "updated")

_QUIET: Final[frozenset[Outcome]] = frozenset({"blocked_by_robots", "deferred"})
"""Not obtained, and no fault: decided by the site or by a limit."""


@dataclass(slots=True)
class _Outlet:
    """The part of one outlet in the run. `named` are the addresses that its sources name."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    new: int = 0
    named: int = 0
    problems: int = 0


@dataclass(slots=True)
class _Ledger:
    """What the ledger says: counts, and the first lines of each outcome. `unread` is why it could not be read."""

    outlets: dict[str, _Outlet]
    counts: Counter[Outcome] = field(default_factory=Counter)
    lines: dict[Outcome, list[Line]] = field(default_factory=dict)
    unread: str | None = None


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of an outcome that the page lists, and how many there are in all."""

    outcome: str
    meaning: str
    count: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the run: its name, what it is, a relative link, and its size in bytes, None where it is not there."""

    name: str
    what: str
    link: str
    size: int | None


def write_run_page(archive: Archive, run: str) -> Path:
    """Write the page beside the run's run.json, and return its path.

    Raises `CannotWriteError`, and `OSError` where there is no run.json.
    """
    folder = archive.runs / run
    path, draft = folder / NAME, folder / f"{NAME}.draft"
    page = draw(archive, read_account(folder / "run.json"))
    try:
        draft.write_text(page, encoding="utf-8", errors="replace")
        draft.replace(path)
    except OSError as error:
        raise CannotWriteError(f"cannot write {path}: {error.strerror}; make room or the folder writable") from error
    return path


def draw(archive: Archive, account: Account) -> str:
    """The page."""
    ledger = _read_ledger(archive, account)
    reports = tuple(_reports(archive, account))
    counts: Counter[str] = Counter(account.counts) or Counter({str(key): value for key, value in ledger.counts.items()})
    failed = tuple(_groups(ledger, ("removed", "rerouted")))
    return template("run.html.j2").render(
        account=account,
        state=_state(account),
        seconds=_seconds(account),
        outlets=tuple(ledger.outlets.values()),
        outcomes=tuple(grouped(counts)),
        discovered=account.discovered or sum(counts.values()),
        new=sum(outlet.new for outlet in ledger.outlets.values()),
        reports=reports,
        failed=tuple(group for group in failed if group.outcome not in map(spoken, _QUIET)),
        left=tuple(group for group in failed if group.outcome in map(spoken, _QUIET)),
        unread_sources=tuple(visit for visit in account.sources if visit.problem),
        kept=tuple((name, ledger.counts[name], ledger.lines[name]) for name in _KEPT if name in ledger.lines),
        titles=_titles(archive, ledger),
        files=tuple(_files(archive, account)),
        unread=ledger.unread,
        in_words=in_words,
        in_size=size,
        spoken=spoken,
    )


def _state(account: Account) -> tuple[str, bool]:
    """How it ended, in words, and whether that is well."""
    match account.exit_code:
        case None:
            return "not finished: it goes on, or was killed", False
        case ExitCode.OK:
            return "done", True
        case ExitCode.PARTIAL:
            return "stopped" if account.reason == "stopped" else "done in part", False
        case ExitCode.DRIFT:
            return "done, but pages no longer look as they used to", False
    return "failed", False


def _seconds(account: Account) -> float | None:
    if account.finished is None:
        return None
    return (datetime.fromisoformat(account.finished) - datetime.fromisoformat(account.started)).total_seconds()


def _read_ledger(archive: Archive, account: Account) -> _Ledger:
    found = _Ledger({name: _Outlet(name) for name in account.outlets})
    only = account.outlets[0] if len(account.outlets) == 1 else None
    try:
        for line in read_ledger(archive.runs / account.run / "ledger.jsonl"):
            name = line.outlet or only or "other hosts"
            outlet = found.outlets.setdefault(name, _Outlet(name))
            outlet.counts[line.outcome] += 1
            outlet.new += line.outcome == "saved" and line.target is None
            found.counts[line.outcome] += 1
            lines = found.lines.setdefault(line.outcome, [])
            if len(lines) < SHOWN and (line.outcome not in _KEPT or line.target is None):
                lines.append(line)
    except KlipingError as error:
        found.unread = str(error)
    for visit in account.sources:
        outlet = found.outlets.setdefault(visit.outlet, _Outlet(visit.outlet))
        outlet.named += visit.candidates
        outlet.problems += visit.problem is not None
    return found


def _groups(ledger: _Ledger, fates: tuple[str, ...]) -> Iterator[_Lines]:
    """The outcomes of these fates, the worst first."""
    for fate in fates:
        for outcome, (of, meaning) in MEANINGS.items():
            if of == fate and ledger.counts[outcome]:
                yield _Lines(spoken(outcome), meaning, ledger.counts[outcome], tuple(ledger.lines[outcome]))


def _reports(archive: Archive, account: Account) -> Iterator[DriftReport]:
    for path in sorted(drift_folder(archive).glob(f"{account.run}-*.json")):
        try:
            yield read_report(path)
        except KlipingError:
            continue  # `kliping status` tells of it


def _titles(archive: Archive, ledger: _Ledger) -> dict[str, str]:
    """The titles of the articles that the run brought, as they are today."""
    found: dict[str, str] = {}
    try:
        with Catalog(archive.catalog, read_only=True) as catalog:
            for outcome in _KEPT:
                for line in ledger.lines.get(outcome, ()):
                    article = catalog.article(line.url)
                    if article is not None and article.title:
                        found[line.url] = article.title
    except KlipingError:
        pass  # the addresses alone tell, too
    return found


def _files(archive: Archive, account: Account) -> Iterator[_File]:
    for name in account.files:
        yield _File(name, "WARC file", f"../../warc/{name}", _size(archive.warc / name))
    folder = archive.runs / account.run
    for name, what in (
        ("ledger.jsonl", "what became of each address"),
        ("requisites.jsonl", "what became of images, styles, scripts and fonts"),
        ("run.json", "this account, for programs"),
        ("log.txt", "the log"),
        ("log.jsonl", "the log"),
    ):
        if (folder / name).exists():
            yield _File(name, what, name, _size(folder / name))


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
