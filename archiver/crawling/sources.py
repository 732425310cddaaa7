"""Reading an outlet's sources: sitemaps, feeds, listings and payloads, with what they lead on to."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from scrapy import Request

from archiver.catalog.content import Named
from archiver.crawling.account import SourceVisit
from archiver.crawling.failures import Problem, problem_of_failure, problem_of_status
from archiver.crawling.frontier import Frontier, newest_first, normal
from archiver.crawling.responses import capture_of, record_of
from archiver.discovery import discover
from archiver.discovery.back_catalogue import DatedSource, covers, sources_between
from archiver.outlet import Listing, Outlet, Source
from warc.record import parse_warc_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from archiver.crawling.session import Session
    from warc.index import WarcIndex

_LOG = logging.getLogger(__name__)

_BEFORE_ARTICLES = 100


class SourceReader:
    """The sources of one outlet in one run. `open` counts the requests whose answer is still to be read.

    In a crawl the frontier is offered what they name; in a replay (`index`) `article` makes a request of it at once,
    and only documents are asked for that the WARC files hold, each as often as they hold it. `changed` is told of each
    document that was read.
    """

    def __init__(
        self,
        session: Session,
        outlet: Outlet,
        frontier: Frontier,
        article: Callable[[str, Named], Request],
        index: WarcIndex | None = None,
    ) -> None:
        self.open = 0
        self.changed: Callable[[], None] = lambda: None
        self._session = session
        self._outlet = outlet
        self._frontier = frontier
        self._article = article
        self._index = index
        self._visited: set[str] = set()
        self._read_of: dict[str, int] = {}
        self._days = session.setup.days
        self._dated: Iterator[DatedSource] = iter(())
        if self._days is not None:
            self._dated = sources_between(outlet.back_catalogue, *self._days)

    def requests(self) -> Iterator[Request]:
        """One request for each source of what is new; none where days were asked for that others have all of."""
        if self._days and covers(self._outlet.back_catalogue, *self._days):
            return
        for source in self._outlet.sources:
            yield from self._request(source, source.url)

    def next_dated(self) -> Request | None:
        """The request for the next source of certain days, the newest first; None when there is none any more."""
        for dated in self._dated:
            whole = self._days is not None and dated.first >= self._days[0]
            for request in self._request(dated.source, dated.source.url, dated.last if whole else None):
                return request
        return None

    def _request(self, source: Source, origin: str, day: date | None = None) -> Iterator[Request]:
        url = normal(source.url)
        read = self._read_of.get(origin, 0)
        if url is None or url in self._visited or read == self._session.setup.config.source_pages:
            return
        self._visited.add(url)
        if reason := self._session.taken_down.why(url):
            self._session.sources.append(SourceVisit(url=url, outlet=self._outlet.name, notes=(f"{reason}: not read",)))
            return
        self._read_of[origin] = read + 1
        meta = {"download_maxsize": self._session.setup.config.max_source_bytes}
        request = Request(
            url,
            callback=self._read,
            errback=self._failed,
            cb_kwargs={"source": source, "origin": origin, "day": day},
            meta=meta,
            priority=_BEFORE_ARTICLES,
        )
        if self._index is None:
            requests = [request]
        else:
            dates = [parse_warc_date(capture.date) for capture in self._index.captures(url)]
            requests = [request.replace(meta=meta | {"replay_date": date}) for date in reversed(dates)]
        self.open += len(requests)
        yield from requests

    def _read(self, response: Response, source: Source, origin: str, day: date | None) -> Iterator[Request]:
        try:
            problem = problem_of_status(response.status)
            if problem is not None:
                self._note(source.url, problem, response)
                return
            yield from self._candidates(response, source, origin, day)
        except Exception as error:  # noqa: BLE001 - told in the account, and the run goes on
            _LOG.exception("%s was captured, but reading it failed", source.url)
            self._note(source.url, Problem("error", f"reading it failed: {error!r}"), response)
        finally:
            self._close_one()

    def _candidates(self, response: Response, source: Source, origin: str, day: date | None) -> Iterator[Request]:
        found = discover(source, capture_of(response), zone=self._outlet.zone)
        record = record_of(response)
        self._session.sources.append(
            SourceVisit(
                url=source.url,
                outlet=self._outlet.name,
                candidates=len(found.candidates),
                notes=found.notes,
                record=record.record_id if record else None,
            )
        )
        fresh = False
        for candidate in newest_first(found.candidates):
            if self._index is None:
                offered = self._frontier.offer(candidate, day)
                # Of the days that were asked for a killed run may have known the first page and not the second.
                fresh |= offered == "new" if self._days is None else offered != "seen"
            elif (url := self._frontier.admit(candidate.url, source.url)) is not None:
                fresh = True
                yield self._article(url, Named(candidate.source_url, candidate.title, candidate.published))
        self._frontier.wait()
        # A listing without anything new has nothing new behind it either; some repeat their last page for ever.
        if (isinstance(source, Listing) and not fresh) or self._session.time_is_up:
            return
        for further in found.more:
            yield from self._request(further, origin, day)

    def _failed(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy puts it there
        problem = problem_of_failure(failure)
        self._note(request.url, problem, None)
        self._session.note_absence(self._outlet.name, request.url, problem)
        self._close_one()

    def _close_one(self) -> None:
        self.open -= 1
        self.changed()

    def _note(self, url: str, problem: Problem, response: Response | None) -> None:
        record = record_of(response) if response else None
        self._session.sources.append(
            SourceVisit(
                url=url,
                outlet=self._outlet.name,
                problem=f"{problem.outcome}: {problem.evidence}",
                record=record.record_id if record else None,
            )
        )
