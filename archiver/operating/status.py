"""How the outlets of an archive stand: read from runs, catalog, alarms, what waits, locks and disk."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from archiver.catalog.tally import Tally, tally
from archiver.crawling.account import INCOMPLETE
from archiver.crawling.gaps import gaps
from archiver.crawling.ledger import read_ledger
from archiver.crawling.pending import Pending
from archiver.drift.report import ALARMS, reports
from archiver.errors import KlipingError, NotFoundError
from archiver.operating.history import newest_by_outlet
from archiver.operating.measure import disk, lock_holders, warc_bytes
from archiver.operating.standing import standing
from archiver.operating.values import DriftState, LastRun, OutletStatus, State, Status
from warc.record import warc_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archiver.archive import Archive
    from archiver.crawling.gaps import Gap
    from archiver.drift.report import DriftReport
    from archiver.operating.history import Run

_WEEK: Final = timedelta(days=7)

_RUNS: Final = 40
"""Of each outlet, the last ones: they tell how often it is looked at, and when it was not."""


@dataclass(frozen=True, slots=True)
class _Sources:
    """What is read once for all outlets."""

    now: datetime
    runs: dict[str, list[Run]]
    pending: Counter[str]
    tallies: dict[str, Tally] | None
    alarms: dict[str, DriftState]
    holders: dict[str, int] | None
    sizes: Counter[str]
    unread: list[str] = field(default_factory=list)


def status(archive: Archive, names: Iterable[str], now: datetime) -> Status:
    """How these outlets stand at `now`, and all others that have articles in the archive or an alarm."""
    unread: list[str] = []
    tallies = _tallies(archive, now, unread)
    alarms = _alarms(archive, unread)
    wanted = sorted({*names, *alarms, *(name for name in tallies or () if name)})
    sources = _Sources(
        now,
        newest_by_outlet(archive, wanted, _RUNS, on_unread=unread.append),
        _pending(archive, wanted, unread),
        tallies,
        alarms,
        lock_holders(archive),
        warc_bytes(archive),
        unread,
    )
    return Status(
        archive=str(archive.root),
        time=now.isoformat(timespec="seconds"),
        outlets=tuple(_outlet(name, sources) for name in wanted),
        disk=disk(archive),
        unread=tuple(unread),
    )


def _outlet(name: str, sources: _Sources) -> OutletStatus:
    runs = sources.runs[name]
    run = runs[0] if runs else None
    last = None if run is None else _last(name, run, sources.unread.append)
    holders = sources.holders
    own = None if sources.tallies is None else sources.tallies.get(name)
    missing = None if sources.tallies is None else 0
    return OutletStatus(
        outlet=name,
        state=_state(name, last, run, holders, alarmed=name in sources.alarms),
        last=last,
        locked_by=(holders or {}).get(name),
        drift=sources.alarms.get(name),
        gaps=tuple(_recent(gaps(name, (run.account for run in runs), sources.now), sources.now)),
        pending=sources.pending[name],
        articles=own.articles if own else missing,
        new_day=own.new_day if own else missing,
        new_week=own.new_week if own else missing,
        oldest=own.oldest if own else None,
        newest=own.newest if own else None,
        warc_bytes=sources.sizes[name],
    )


def _state(name: str, last: LastRun | None, run: Run | None, holders: dict[str, int] | None, *, alarmed: bool) -> State:
    if run is None or last is None:
        return "never"
    if last.finished is None:
        return "running" if holders is None or name in holders else "killed"
    whole = standing(run.account)
    if whole in {"failure", "well"} or last.reason != "finished":
        return whole
    if alarmed:
        return "drift"
    return "partial" if last.problems or not INCOMPLETE.isdisjoint(last.counts) else "well"


def _last(name: str, run: Run, on_unread: Callable[[str], None]) -> LastRun:
    account = run.account
    counts, new = Counter[str](), 0
    try:
        for line in read_ledger(run.folder / "ledger.jsonl"):
            if line.outlet == name or account.outlets == (name,):
                counts[line.outcome] += 1
                new += line.outcome == "saved" and line.target is None
    except KlipingError as error:
        on_unread(str(error))
    seconds = None
    if account.finished is not None:
        taken = datetime.fromisoformat(account.finished) - datetime.fromisoformat(account.started)
        seconds = taken.total_seconds()
    return LastRun(
        run=account.run,
        started=account.started,
        finished=account.finished,
        seconds=seconds,
        exit_code=account.exit_code,
        reason=account.reason,
        counts=dict(sorted(counts.items())),
        new=new,
        problems=tuple(
            f"{visit.url}: {visit.problem}" for visit in account.sources if visit.problem and visit.outlet == name
        ),
    )


def _tallies(archive: Archive, now: datetime, unread: list[str]) -> dict[str, Tally] | None:
    try:
        return tally(archive.catalog, day=warc_date(now - timedelta(days=1)), week=warc_date(now - _WEEK))
    except NotFoundError as error:
        if archive.warc_files():
            unread.append(str(error))
            return None
        return {}
    except KlipingError as error:
        unread.append(str(error))
        return None


def _recent(found: Iterable[Gap], now: datetime) -> Iterator[Gap]:
    for gap in found:
        if gap.until is None or now - datetime.fromisoformat(gap.until) <= _WEEK:
            yield gap


def _pending(archive: Archive, names: Iterable[str], unread: list[str]) -> Counter[str]:
    if not archive.pending.exists():
        return Counter()
    try:
        with Pending(archive.pending, read_only=True) as pending:
            return Counter({name: pending.count(name) for name in names})
    except KlipingError as error:
        unread.append(str(error))
        return Counter()


def _alarms(archive: Archive, unread: list[str]) -> dict[str, DriftState]:
    """The outlets whose newest verdict is an alarm."""
    try:
        found = reports(archive)
    except KlipingError as error:
        unread.append(str(error))
        return {}
    streaks: dict[str, list[DriftReport]] = {}
    for report in found:
        streak = streaks.setdefault(report.outlet, [])
        if report.state in ALARMS:
            streak.append(report)
        else:
            streak.clear()
    return {
        name: DriftState(
            state=streak[-1].state,
            since=streak[0].time,
            alarms=len(streak),
            words=tuple(breach.words for breach in streak[-1].breaches),
            waiting=streak[-1].waiting,
        )
        for name, streak in streaks.items()
        if streak
    }
