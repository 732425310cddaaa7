"""What a run holds open: archive, locks, WARC writer, catalog, ledger; and what it says of itself in the end.

One session serves all spiders of a run. Writing may become impossible at any moment, so every write goes through
`guarded`: the first such failure is kept, the run is stopped, and all that was written before stays whole.
"""

from __future__ import annotations

import logging
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import msgspec

from archiver.archive import Archive
from archiver.catalog import Catalog
from archiver.crawling.account import SourceVisit, is_partial, new_run_id, write_account
from archiver.crawling.ledger import Ledger, LedgerError, Line
from archiver.crawling.recovery import as_ours, writing
from archiver.crawling.writers import Writers
from archiver.errors import CannotWriteError, ExitCode, KlipingError
from archiver.takedown.log import TakenDown
from warc.clock import start_clock
from warc.draft import WARC_FIELDS, warc_fields
from warc.errors import WarcWriteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from scrapy import Request

    from archiver.article import Article, Outcome
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
        started = self.clock()
        self.run = new_run_id(started, setup.label)
        self.folder = self.archive.runs / self.run
        _make(self.folder)
        self.ledger = Ledger(self.folder / "ledger.jsonl", clock=self.clock, listener=setup.listener)
        stack.callback(self.ledger.release)
        self.requisites: Ledger | None = None
        if config.requisites:
            self.requisites = Ledger(self.folder / "requisites.jsonl", clock=self.clock)
            stack.callback(self.requisites.release)
        self.writers = Writers(setup, self.run, self.archive, self.catalog, self.clock)
        self.earlier = 0
        self.sources: list[SourceVisit] = []
        self.failure: KlipingError | None = None
        self.stopped = False
        self._stops: list[Callable[[], None]] = []
        self._claims: dict[str, str] = {}
        self._account = setup.account(self.run, _iso(started))
        write_account(self.folder, self._account)

    @property
    def replays(self) -> bool:
        """Whether this run reads WARC files and not the network."""
        return self.setup.kind == "replay"

    @property
    def _ledgers(self) -> tuple[Ledger, ...]:
        return (self.ledger,) if self.requisites is None else (self.ledger, self.requisites)

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
        try:
            with self.guarded():
                return ledger.settle(
                    url,
                    outcome,
                    evidence=evidence,
                    record=record.record_id if record else None,
                    target=target,
                    attempts=meta.get("retry_times", 0) + 1 if "warc_record" in meta else 0,
                )
        except CannotWriteError:
            return None  # the run ends, and says why

    def note_absence(self, spider: str, url: str, problem: Problem, via: str | None = None) -> None:
        """Leave a metadata record of an address that gave no response. Replays, which asked nobody, leave none.

        `via` is the address that named this one, in the words of other archivists' crawlers.
        """
        if self.replays or self.failure is not None:
            return
        lines = [("outcome", problem.outcome), ("evidence", problem.evidence), *([("via", via)] if via else [])]
        try:
            with self.guarded():
                self.writers.of(spider).write_metadata(url, warc_fields(lines), WARC_FIELDS)
        except (WarcWriteError, KlipingError, OSError):
            _LOG.exception("no record of %s could be written", url)

    def claim(self, article: Article, record: RecordRef) -> str | None:
        """Reserve the article's addresses for it; or the address of the article that has them, in the run or catalog.

        Two addresses are one article when they name the same canonical one, or when the page at one of them is byte
        for byte that of the other: then `record`, of the article's first page, is a revisit.
        """
        addresses = [article.url] if article.canonical_url is None else [article.url, article.canonical_url]
        if record.type == "revisit" and (original := self.catalog.original(record)) and original.url:
            addresses.append(original.url)
        for address in addresses:
            owner = address if self.taken_down.why(address) else self._claims.get(address)
            if owner not in {None, article.url}:
                return owner
            versions = self.catalog.versions(address)
            if versions and versions[-1].article.url != article.url:
                return versions[-1].article.url
        self._claims.update(dict.fromkeys(addresses, article.url))
        return None

    def close(self, *, inputs_damaged: bool = False) -> Account:
        """End the run: defer what is open, finish the WARC file and its index, write the account.

        Raises nothing: what could not be written, or does not add up, is in `failure` and decides the exit code.
        """
        self._stops.clear()
        self._settle_rest()
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
        account = self._final(files, inputs_damaged=inputs_damaged)
        try:
            write_account(self.folder, account)
        except CannotWriteError as error:
            self.fail(error)
            account = self._final(files, inputs_damaged=inputs_damaged)
        return account

    def _final(self, files: tuple[Path, ...], *, inputs_damaged: bool) -> Account:
        account = msgspec.structs.replace(
            self._account,
            finished=_iso(self.clock()),
            reason=str(self.failure) if self.failure else "stopped" if self.stopped else "finished",
            discovered=self.ledger.discovered,
            counts=dict(sorted(self.ledger.counts.items())),
            earlier=self.earlier,
            sources=tuple(self.sources),
            requisites=dict(sorted(self.requisites.counts.items())) if self.requisites else {},
            files=tuple(path.name for path in files),
        )
        if self.failure is not None:
            code = self.failure.exit_code
        elif inputs_damaged:
            code = ExitCode.BAD_DATA
        else:
            code = ExitCode.PARTIAL if self.stopped or is_partial(account) else ExitCode.OK
        return msgspec.structs.replace(account, exit_code=int(code))

    def _settle_rest(self) -> None:
        """What a stopped run left is deferred. A run that came to its end may have left nothing."""
        stopped = self.stopped or self.failure is not None
        for ledger in self._ledgers:
            rest = ledger.open_urls
            for url in rest:
                if stopped:
                    self.settle(url, "deferred", "the run was stopped before its turn", ledger=ledger)
                else:
                    evidence = "the run ended without an outcome: a fault of the program"
                    self.settle(url, "error", evidence, ledger=ledger)
            if rest and not stopped:
                self.fail(LedgerError(f"{ledger.path}: {len(rest)} addresses got no outcome, first {rest[0]}"))


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
