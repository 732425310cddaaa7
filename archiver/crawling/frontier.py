"""Which of the addresses that a run comes upon are fetched: the ledger's first word on each.

What sources name is `offer`ed: it waits, with what other sources and earlier runs have left, until the feeder takes it
up, the newest first. What a redirect leads to is `admit`ted and fetched at once, and so is everything in a replay.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, Literal, TypeAlias
from urllib.parse import urldefrag, urlsplit

from w3lib.url import safe_url_string

from archiver.crawling.pending import Waiting, seconds
from archiver.crawling.schedule import Schedule
from archiver.discovery.addresses import first_page, main_address, untracked
from warc.record import warc_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, timezone

    from archiver.catalog import Visit
    from archiver.crawling.session import Session
    from archiver.discovery import Candidate
    from archiver.outlet import Outlet

Offered: TypeAlias = Literal["new", "due", "known", "refused", "seen"]
"""What became of an address that a source names: it waits, for its first visit or another one; it is in the archive and
not due; it is not wanted; this run knows it already, or the article that its form tells it to be of."""

_UNDATED: Final = timedelta(days=1)
"""An address without a date counts as so old when it is found: older than today's news, newer than what was left."""


class Frontier:
    """Sorts addresses into those to fetch and those whose outcome is clear already.

    Without an outlet (pages of unknown hosts, in a replay) every address is wanted.
    """

    def __init__(self, session: Session, outlet: Outlet | None) -> None:
        self._session = session
        self._outlet = outlet
        self._schedule = Schedule.of_seconds(session.setup.config.revisits)
        self._coming: list[Waiting] = []

    def admit(self, url: str, discovered_from: str | None) -> str | None:
        """Note the address in the ledger; returns its normal form if it is to be fetched at once, else None."""
        session = self._session
        sent = normal(url)
        url = sent or _printable(url)
        if not session.ledger.discover(url, discovered_from, outlet=self._name):
            return None
        if reason := self._refusal(url, sent):
            session.settle(url, "not_wanted", reason)
        elif not session.replays and (visit := session.catalog.visit(url)) and not self._is_due(visit):
            session.settle(url, "known", target=visit.url if visit.url != url else None)
        elif session.failure is not None or session.stopped:
            session.settle(url, "deferred", "the run was stopped before its turn")
        else:
            return url
        return None

    def offer(self, candidate: Candidate, day: date | None = None) -> Offered:
        """Note what a source names; if it is to be fetched, `wait` lets it wait. `day` is that of a source with one."""
        session, pending, outlet = self._session, self._session.pending, self._outlet
        if pending is None or outlet is None:
            raise ValueError("only the crawl of an outlet has addresses that wait")
        sent = normal(candidate.url)
        url = untracked(sent) if sent else _printable(candidate.url)
        if url in session.ledger:
            return "seen"
        reason = self._refusal(url, sent) or self._out_of_range(candidate, day)
        main = main_address(url, outlet)
        holder = session.ledger.holder(main)
        visit = None if reason or holder else session.catalog.visit(url, *{main} - {url})
        due = visit is None or self._is_wanted(visit, begun=pending.is_begun(outlet.name, visit.url))
        fetched = visit.url if visit else first_page(url, outlet)
        stands_for_itself = not (reason or holder) and fetched == url
        session.ledger.discover(url, candidate.source_url, outlet=outlet.name, main=main if stands_for_itself else None)
        if reason:
            session.settle(url, "not_wanted", reason)
            return "refused"
        if holder:
            session.settle(url, "duplicate", "the same article, as its address tells", target=holder)
            return "seen"
        if not due:
            session.settle(url, "known", target=fetched if fetched != url else None)
            return "known"
        if fetched != url:
            session.settle(url, "duplicate", "the same article, as its address tells", target=fetched)
            if not session.ledger.discover(fetched, candidate.source_url, outlet=outlet.name, main=main):
                return "seen"
        moment = self._moment(candidate.published, day)
        self._come(fetched, moment, candidate.title, candidate.published, candidate.source_url)
        return "due" if visit else "new"

    def look_back(self) -> None:
        """Let wait what the catalog says is due and no source has named; older articles only where one does."""
        session, outlet = self._session, self._outlet
        now = session.clock()
        if outlet is None or not self._schedule.spans:
            return
        for dated in session.catalog.visits_since(warc_date(self._schedule.horizon(now))):
            url, visit = dated.visit.url, dated.visit
            if url in session.ledger or not outlet.wants(url) or not self._schedule.is_due(visit, now):
                continue
            if (dated.day and self._schedule.is_stale(dated.day, visit)) or session.taken_down.why(url):
                continue
            if session.ledger.discover(url, outlet=outlet.name):
                self._come(url, seconds(datetime.fromisoformat(visit.first)))
        self.wait()

    def wait(self) -> None:
        """Write down what was offered and is to be fetched; raises what makes the archive unwritable."""
        coming, self._coming = self._coming, []
        if coming and self._session.pending is not None:
            with self._session.guarded():
                self._session.pending.add(coming)

    def settled_meanwhile(self, waiting: Waiting) -> bool:
        """Whether an address that has waited is not to be fetched any more; then it has its outcome."""
        session, outlet, url = self._session, self._outlet, waiting.url
        if outlet is not None and url not in session.ledger:  # an earlier run left it
            main = main_address(url, outlet)
            holder = session.ledger.holder(main)
            session.ledger.discover(url, waiting.via, outlet=outlet.name, main=None if holder else main)
            if holder:
                session.settle(url, "duplicate", "the same article, as its address tells", target=holder)
        if not session.ledger.is_open(url):
            return True
        if reason := self._refusal(url, url):
            session.settle(url, "not_wanted", reason)
        elif (visit := session.catalog.visit(url)) and not self._is_wanted(visit, begun=waiting.begun):
            session.settle(url, "known", target=visit.url if visit.url != url else None)
        return not session.ledger.is_open(url)

    @property
    def _name(self) -> str | None:
        return self._outlet.name if self._outlet else None

    def _refusal(self, url: str, sent: str | None) -> str | None:
        """Why the address is not wanted; None if it is."""
        if sent is None:
            return "nothing that can be asked for over HTTP"
        if self._outlet is not None and not self._outlet.wants(url):
            return "no article address" if self._outlet.owns(url) else "another site"
        return self._session.taken_down.why(url)

    def _out_of_range(self, candidate: Candidate, day: date | None) -> str | None:
        """Why it is no article of the days that were asked for; None if it is, or if none were."""
        days, outlet = self._session.setup.days, self._outlet
        if days is None or outlet is None:
            return None
        moment = _instant(candidate.published, outlet.zone)
        published = moment.astimezone(outlet.zone).date() if moment else day
        if published is None:
            return "its source tells no date, and only articles of certain days were asked for"
        if days[0] <= published <= days[1]:
            return None
        return f"published on {published}, which is not among the days that were asked for"

    def _moment(self, published: str | None, day: date | None) -> int:
        zone = self._outlet.zone if self._outlet else UTC
        if (moment := _instant(published, zone)) is not None:
            return seconds(moment)
        if day is not None:
            return seconds(datetime.combine(day, time(12), zone))
        return seconds(self._session.clock() - _UNDATED)

    def _come(
        self, url: str, moment: int, title: str | None = None, published: str | None = None, via: str | None = None
    ) -> None:
        if self._outlet is not None:
            found = self._session.clock().isoformat(timespec="seconds")
            self._coming.append(Waiting(self._outlet.name, url, moment, title, published, via, found))

    def _is_wanted(self, visit: Visit, *, begun: bool) -> bool:
        """Whether what was captured is due; or was captured by a run that did not come to its end, and not kept."""
        return self._is_due(visit) or (begun and not self._session.catalog.is_read(visit.url))

    def _is_due(self, visit: Visit) -> bool:
        return self._schedule.is_due(visit, self._session.clock())


def normal(url: str) -> str | None:
    """The address as it is sent: escaped, without its fragment. This is how the ledger knows it.

    None for what cannot be asked for over HTTP.
    """
    try:
        sent = urldefrag(safe_url_string(url.strip())).url.strip()
        parts = urlsplit(sent)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return sent if usable else None


def newest_first(candidates: Iterable[Candidate]) -> list[Candidate]:
    """By what the source says of their dates; those without one keep their place at the end."""
    return sorted(candidates, key=lambda candidate: _age(candidate.published))


def _age(published: str | None) -> float:
    moment = _instant(published)
    return -moment.timestamp() if moment else 0.0


def _instant(published: str | None, zone: timezone = UTC) -> datetime | None:
    """What a source says of a date, aware, a day as its beginning; None where it says none, or what is none."""
    try:
        moment = datetime.fromisoformat(published) if published else None
    except ValueError:
        return None
    return moment.replace(tzinfo=zone) if moment and moment.tzinfo is None else moment


def _printable(url: str) -> str:
    return url.encode("ascii", "backslashreplace").decode()
