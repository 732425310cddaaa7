"""What is known of an outlet's runs: read from their accounts and ledgers, and from the catalog what they captured.

Nothing is kept of it: a capture that was read anew in the meantime counts as it is read today.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from archiver.drift.facts import Page, RunFacts, Yield, article_facts
from archiver.drift.past import Past, PastRun, pages_read
from archiver.drift.quarantine import is_waiting
from warc.errors import WarcReadError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from archiver.archive import Archive
    from archiver.article import Article
    from archiver.catalog import Catalog
    from archiver.crawling.account import Account
    from archiver.crawling.ledger import Line
    from archiver.drift.facts import ArticleFacts

_DAYS: Final = timedelta(days=14)
"""History goes back so far: two of each weekday."""

_LONGEST: Final = timedelta(days=90)
"""And so far where an outlet publishes too little for `_ENOUGH` articles in that time."""

_ENOUGH: Final = 200
_MOST: Final = 1000
"""Pages that are looked at, of the history and of a run; of more, every second or third, say, and the last ones."""

_NEWEST: Final = 100


class History:
    """The runs of one outlet in an archive. `reread` reads captures whose articles wait; without it they are unknown.

    `past` are the runs of several outlets, for whoever asks for several. Raises what the catalog raises.
    """

    def __init__(
        self,
        archive: Archive,
        catalog: Catalog,
        outlet: str,
        reread: Callable[[str, str], Article] | None = None,
        past: Past | None = None,
    ) -> None:
        self._archive = archive
        self._catalog = catalog
        self._outlet = outlet
        self._reread = reread
        self._past = past or Past(archive, (outlet,))

    def before(self, run: str | None = None) -> list[RunFacts]:
        """The runs before this one, or all, oldest first: two weeks, or as many as it takes for enough articles."""
        runs = list(self._recent(run))
        chosen = _thinned([line for found in reversed(runs) for line in self._lines(found)])
        return [self._facts(found, chosen) for found in reversed(runs)]

    def of(self, account: Account) -> RunFacts:
        """A run that has just ended; its ledger is closed, its account may not be written yet."""
        run = PastRun(account, pages_read(self._archive.runs / account.run))
        return self._facts(run, _thinned(self._lines(run)))

    def _recent(self, until: str | None) -> Iterator[PastRun]:
        """Newest first."""
        newest: datetime | None = None
        articles = 0
        for run in self._past.newest_first():
            if self._outlet not in run.account.outlets or (until is not None and run.account.run >= until):
                continue
            if run.account.days is not None:
                continue  # what was published years ago does not say what is normal today
            started = _moment(run.account.started)
            newest = newest or started
            age = newest - started
            if age > _LONGEST or (age > _DAYS and articles >= _ENOUGH):
                return
            articles += sum(line.outcome in ("saved", "updated") for line in self._lines(run))
            yield run

    def _lines(self, run: PastRun) -> Sequence[Line]:
        return run.lines.get(self._outlet, ())

    def _facts(self, run: PastRun, chosen: set[int]) -> RunFacts:
        account = run.account
        return RunFacts(
            account.run,
            _moment(account.started),
            tuple(self._page(account.run, line) for line in self._lines(run) if id(line) in chosen),
            tuple(
                Yield(visit.url, visit.record, visit.candidates)
                for visit in account.sources
                if visit.outlet == self._outlet and visit.problem is None
            ),
        )

    def _page(self, run: str, line: Line) -> Page:
        facts = self._article(line) if line.record and line.outcome in ("saved", "updated", "deferred") else None
        return Page(run, line.url, line.record, _moment(line.time), line.outcome, facts)

    def _article(self, line: Line) -> ArticleFacts | None:
        record = line.record or ""
        article = self._catalog.reading(record)
        if article is None and self._reread is not None and is_waiting(line):
            with suppress(WarcReadError, OSError):
                article = self._reread(line.url, record)
        return article_facts(article) if article is not None and article.outcome == "saved" else None


def _thinned(lines: Sequence[Line]) -> set[int]:
    """Identities of all lines, or of the last ones and evenly spread ones before them."""
    chosen: Iterable[Line] = lines
    if len(lines) > _MOST:
        earlier, last = lines[:-_NEWEST], lines[-_NEWEST:]
        step = -(-len(earlier) // (_MOST - _NEWEST))
        chosen = [*earlier[::step], *last]
    return {id(line) for line in chosen}


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
