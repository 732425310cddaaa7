"""What a run holds open: archive, locks, WARC writer, catalog, ledger; and what it says of itself in the end.

One session serves all spiders of a run. Writing may become impossible at any moment, so every write goes through
`guarded`: the first such failure is kept, the run is stopped, and all that was written before stays whole.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from archiver.archive import Archive
from archiver.catalog import Catalog
from archiver.crawling.account import SourceVisit, new_run_id, write_account
from archiver.crawling.claims import Claims
from archiver.crawling.closing import final_account, judged, settle_rest
from archiver.crawling.earlier import clock_doubt, earlier_runs, refusing_hosts
from archiver.crawling.hosts import Hosts
from archiver.crawling.ledger import Ledger, Line
from archiver.crawling.pending import Pending
from archiver.crawling.reader import Reader, is_worth_it
from archiver.crawling.recovery import as_ours, writing
from archiver.crawling.reserve import take_reserve
from archiver.crawling.writers import Writers
from archiver.drift.alarm import Alarm
from archiver.drift.quarantine import is_waiting
from archiver.errors import CannotWriteError, KlipingError
from archiver.takedown.log import TakenDown
from warc.clock import start_clock
from warc.draft import WARC_FIELDS, warc_fields
from warc.errors import WarcWriteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from scrapy import Request

    from archiver.article import Outcome
    from archiver.crawling.account import Account
    from archiver.crawling.failures import Problem
    from archiver.crawling.setup import Setup
    from warc.record import RecordRef

_LOG = logging.getLogger(__name__)


class Session:
    """A run from its first lock to its last line. Make it with `open_session`."""

    def __init__(self, setup: Setup, stack: ExitStack) -> None:
        config = setup.config
        self.setup = setup
        self.clock = start_clock(setup.as_of)
        self.archive = Archive.create(config.archive)
        self.mended = stack.enter_context(writing(self.archive, setup.outlets))
        self.taken_down = TakenDown(self.archive)
        self.catalog = stack.enter_context(Catalog(self.archive.catalog))
        self.alarm = Alarm(self.archive, self.catalog, config, setup.outlets if setup.kind == "crawl" else ())
        self._reserve = stack.enter_context(take_reserve(self.archive.root))
        started = self.clock()
        self.run = new_run_id(started, setup.label)
        self.folder = self.archive.runs / self.run
        _make(self.folder)
        self.ledger = Ledger(self.folder / "ledger.jsonl", clock=self.clock, listener=setup.listener)
        stack.callback(self.ledger.release)
        self.reader = Reader(may_part=setup.apart and is_worth_it(config.delay))
        stack.callback(self.reader.close)
        self.requisites: Ledger | None = None
        if config.requisites:
            self.requisites = Ledger(self.folder / "requisites.jsonl", clock=self.clock)
            stack.callback(self.requisites.release)
        self._before = earlier_runs(self.archive, setup.outlets)
        if not self.replays and setup.as_of is None:
            self.mended += clock_doubt(self.catalog.last_capture(), started)
        self.hosts = Hosts(config, self.clock, self.catalog.captured_since, refusing_hosts(self._before))
        self.pending: Pending | None = None
        if setup.kind == "crawl":
            self.pending = stack.enter_context(Pending(self.archive.pending))
        self.writers = Writers(setup, self.run, self.archive, self.catalog, self.clock)
        self.earlier = 0
        self.sources: list[SourceVisit] = []
        self.failure: KlipingError | None = None
        self.stopped = False
        self.leaving: dict[str, str] = {}
        self._ends = started + timedelta(seconds=config.max_time) if config.max_time else None
        self._settled: list[Callable[[Line], None]] = []
        self._stops: list[Callable[[], None]] = []
        self.claims = Claims(self.catalog, self.taken_down)
        self._account = setup.account(self.run, _iso(started))
        write_account(self.folder, self._account)

    @property
    def replays(self) -> bool:
        """Whether this run reads WARC files and not the network."""
        return self.setup.kind == "replay"

    @property
    def _ledgers(self) -> tuple[Ledger, ...]:
        return (self.ledger,) if self.requisites is None else (self.ledger, self.requisites)

    @property
    def time_is_up(self) -> bool:
        """Whether nothing new is to be begun, because the run has taken as long as it may."""
        return self._ends is not None and self.clock() >= self._ends

    def on_settled(self, listener: Callable[[Line], None]) -> None:
        """Register who is told of each outcome in the run's ledger, once it is written down."""
        self._settled.append(listener)

    def on_failure(self, stop: Callable[[], None]) -> None:
        """Register what ends a spider when the archive cannot be written any more."""
        self._stops.append(stop)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Around every write: a failure to write is noted and stops the run; then it goes on to the caller."""
        try:
            yield
        except (WarcWriteError, KlipingError, OSError) as error:
            self.fail(as_ours(error, self.archive.root))
            raise

    def fail(self, error: KlipingError) -> None:
        """Note why the run cannot go on, and stop all its spiders. The first reason counts."""
        if self.failure is not None:
            return
        _LOG.error("the run cannot go on: %s", error)
        self.failure = error
        for stop in self._stops:
            stop()

    def settle(
        self,
        url: str,
        outcome: Outcome,
        evidence: str | None = None,
        *,
        request: Request | None = None,
        target: str | None = None,
        ledger: Ledger | None = None,
    ) -> Line | None:
        """Give an open address its outcome; an address that is not open (a page already joined) keeps its own.

        `request` is what was sent for it: it knows how often, and where the response lies. `ledger` is the run's own,
        or that of the requisites.
        """
        ledger = self.ledger if ledger is None else ledger
        if not ledger.is_open(url):
            return None
        meta = request.meta if request is not None else {}
        record: RecordRef | None = meta.get("warc_record")
        if record is not None:
            self.hosts.heard(url, outcome, evidence)
        try:
            with self.guarded():
                line = ledger.settle(
                    url,
                    outcome,
                    evidence=evidence,
                    record=record.record_id if record else None,
                    target=target,
                    attempts=meta.get("retry_times", 0) + 1 if "warc_record" in meta else 0,
                )
                if ledger is self.ledger and self.pending and line.outlet is not None and self.failure is None:
                    # What waits in quarantine has been captured: its address is done with.
                    self.pending.settle(line.outlet, url, "unchanged" if is_waiting(line) else outcome)
        except CannotWriteError:
            return None  # the run ends, and says why
        if ledger is self.ledger:
            for listener in self._settled:
                listener(line)
        return line

    def note_absence(self, spider: str, url: str, problem: Problem, via: str | None = None) -> None:
        """Leave a metadata record of an address that gave no response. Replays, which asked nobody, leave none.

        `via` is the address that named this one, in the words of other archivists' crawlers.
        """
        if self.replays or self.failure is not None or problem.outcome == "deferred":
            return
        lines = [("outcome", problem.outcome), ("evidence", problem.evidence), *([("via", via)] if via else [])]
        try:
            with self.guarded():
                self.writers.of(spider).write_metadata(url, warc_fields(lines), WARC_FIELDS)
        except (WarcWriteError, KlipingError, OSError):
            _LOG.exception("no record of %s could be written", url)

    def close(self, *, inputs_damaged: bool = False) -> Account:
        """End the run: defer what is open, finish the WARC file and its index, write the account.

        Raises nothing: what could not be written, or does not add up, is in `failure` and decides the exit code.
        """
        self._stops.clear()
        self._reserve.close()
        for ledger in self._ledgers:
            settle_rest(self, ledger)
        files: tuple[Path, ...] = ()
        try:
            with self.guarded():
                files = self.writers.close()
        except (WarcWriteError, KlipingError, OSError):
            _LOG.exception("the WARC file could not be finished")
        for ledger in self._ledgers:
            try:
                ledger.close()
            except KlipingError as error:
                self.fail(error)
        account = judged(self, self._final(files, inputs_damaged=inputs_damaged))
        try:
            write_account(self.folder, account)
        except CannotWriteError as error:
            self.fail(error)
            account = self._final(files, inputs_damaged=inputs_damaged)
        return account

    def _final(self, files: tuple[Path, ...], *, inputs_damaged: bool) -> Account:
        return final_account(self, self._account, self._before, files, inputs_damaged=inputs_damaged)


@contextmanager
def open_session(setup: Setup) -> Iterator[Session]:
    """A session; its locks and its catalog are let go at the end, whatever happens.

    Raises what makes a run impossible: `LockedError`, `CannotWriteError`, `BadDataError` (no archive).
    """
    with ExitStack() as stack:
        yield Session(setup, stack)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise CannotWriteError(f"cannot make {folder}: {error.strerror}; make the archive writable") from error


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
