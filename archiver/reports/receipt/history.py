"""What the runs and the log of takedowns tell: what became of each address, and what is not there after all of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final, get_args

import msgspec

from archiver.article import Outcome
from archiver.crawling.account import Account, read_account
from archiver.crawling.gaps import Gap, gaps
from archiver.crawling.ledger import Line, read_ledger
from archiver.errors import KlipingError
from archiver.reports.receipt.values import Absence, Withdrawal
from archiver.takedown.log import read_takedowns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from archiver.archive import Archive
    from archiver.takedown.log import Takedown

ABSENT: Final[frozenset[Outcome]] = frozenset(
    {
        *("gone", "blocked_by_robots", "forbidden", "paywall", "consent_wall", "challenge", "missing_page"),
        *("deferred", "too_large", "timeout", "dns", "tls", "server_error", "not_archived", "error"),
    }
)
"""Outcomes after which an article may be missing. The others kept one, or found none where none is."""

_OUTCOMES: Final = frozenset(get_args(Outcome))
_GOT: Final = frozenset({"saved", "unchanged", "redirected"})


@dataclass(slots=True)
class History:
    """All runs in the order of their start, and the last word on each address."""

    runs: list[Account] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    requisites: int = 0
    absences: dict[str, Absence] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    sources: dict[str, Absence] = field(default_factory=dict)
    withdrawn: list[Withdrawal] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @property
    def unfinished(self) -> tuple[str, ...]:
        """Runs that were killed, or go on."""
        return tuple(run.run for run in self.runs if run.finished is None)

    @property
    def windows(self) -> tuple[Gap, ...]:
        """Windows in which nobody could look at an outlet, up to the last run: what comes after is not known here."""
        outlets = sorted({name for run in self.runs if run.kind == "crawl" for name in run.outlets})
        last = max((datetime.fromisoformat(run.started) for run in self.runs), default=None)
        return tuple(gap for outlet in outlets for gap in gaps(outlet, self.runs, last)) if last else ()


def read_history(archive: Archive) -> History:
    """Read the account and the ledger of every run. What cannot be read is noted in `unread`."""
    history = History()
    for folder in sorted(path for path in archive.runs.glob("*") if path.is_dir()):
        try:
            account = read_account(folder / "run.json")
        except (OSError, msgspec.MsgspecError) as error:
            history.unread.append(f"{folder / 'run.json'}: {error}")
            continue
        history.runs.append(account)
        _add_sources(account, history.sources)
        history.requisites += sum(count for outcome, count in account.requisites.items() if outcome not in _GOT)
        _add_ledger(folder, account, history)
    try:
        history.withdrawn += map(_withdrawal, read_takedowns(archive))
    except KlipingError as error:
        history.unread.append(str(error))
    return history


def still_absent(
    history: History, recorded: Mapping[str, Absence], known: Callable[[str], bool]
) -> tuple[Absence, ...]:
    """Addresses that gave no article, by outcome and address.

    What the ledgers say counts; where they say nothing, the records in the WARC files. `known` tells of an address
    whether the archive has an article of it: then another run brought it, earlier or later.
    """
    told = {url: absence for url, absence in recorded.items() if url not in history.settled} | history.absences
    absent = (absence for url, absence in told.items() if absence.outcome in ABSENT and not known(url))
    return tuple(sorted(absent, key=lambda absence: (absence.outcome, absence.url)))


def _add_ledger(folder: Path, account: Account, history: History) -> None:
    path = folder / "ledger.jsonl"
    try:
        for line in read_ledger(path):
            history.outcomes[line.outcome] += 1
            history.refused += line.outcome == "blocked_by_robots"
            history.absences.pop(line.url, None)
            history.settled.add(line.url)
            if line.outcome in ABSENT:
                history.absences[line.url] = _absence(line, account)
    except KlipingError as error:
        history.unread.append(str(error))


def _add_sources(account: Account, sources: dict[str, Absence]) -> None:
    for visit in account.sources:
        if visit.problem is None:
            sources.pop(visit.url, None)
            continue
        name, _, evidence = visit.problem.partition(": ")
        outcome: Outcome = msgspec.convert(name, Outcome) if name in _OUTCOMES else "error"
        sources[visit.url] = Absence(
            url=visit.url,
            outcome=outcome,
            evidence=evidence if name in _OUTCOMES else visit.problem,
            time=account.started,
            run=account.run,
        )


def _withdrawal(takedown: Takedown) -> Withdrawal:
    return Withdrawal(
        id=takedown.id,
        time=takedown.time,
        url=takedown.url,
        reason=takedown.reason,
        policy=takedown.policy,
        records=len(takedown.removed),
    )


def _absence(line: Line, account: Account) -> Absence:
    return Absence(url=line.url, outcome=line.outcome, evidence=line.evidence, time=line.time, run=account.run)
