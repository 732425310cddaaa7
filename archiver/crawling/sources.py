"""Reading an outlet's sources: sitemaps, feeds and listings, with what they lead on to."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from scrapy import Request

from archiver.crawling.account import SourceVisit
from archiver.crawling.failures import Problem, problem_of_failure, problem_of_status
from archiver.crawling.frontier import Frontier, newest_first, normal
from archiver.crawling.responses import capture_of, record_of
from archiver.discovery import discover
from archiver.outlet import Listing, Outlet, Source
from warc.record import parse_warc_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from archiver.crawling.session import Session
    from warc.index import WarcIndex

_LOG = logging.getLogger(__name__)

_BEFORE_ARTICLES = 100


class SourceReader:
    """The sources of one outlet in one run. `open` counts the requests whose answer is still to be read.

    In a replay (`index`) only documents are asked for that the WARC files hold, each as often as they hold it.
    """

    def __init__(
        self,
        session: Session,
        outlet: Outlet,
        frontier: Frontier,
        article: Callable[[str], Request],
        index: WarcIndex | None = None,
    ) -> None:
        self.open = 0
        self._session = session
        self._outlet = outlet
        self._frontier = frontier
        self._article = article
        self._index = index
        self._visited: set[str] = set()
        self._left = {source.url: session.setup.config.source_pages for source in outlet.sources}

    def requests(self) -> Iterator[Request]:
        """One request for each source of the outlet."""
        for source in self._outlet.sources:
            yield from self._request(source, source.url)

    def _request(self, source: Source, origin: str) -> Iterator[Request]:
        url = normal(source.url)
        if url is None or url in self._visited or self._left[origin] == 0:
            return
        self._visited.add(url)
        self._left[origin] -= 1
        meta = {"download_maxsize": self._session.setup.config.max_source_bytes}
        request = Request(
            url,
            callback=self._read,
            errback=self._failed,
            cb_kwargs={"source": source, "origin": origin},
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

    def _read(self, response: Response, source: Source, origin: str) -> Iterator[Request]:
        try:
            problem = problem_of_status(response.status)
            if problem is not None:
                self._note(source.url, problem, response)
                return
            yield from self._candidates(response, source, origin)
        except Exception as error:  # noqa: BLE001 - told in the account, and the run goes on
            _LOG.exception("%s was captured, but reading it failed", source.url)
            self._note(source.url, Problem("error", f"reading it failed: {error!r}"), response)
        finally:
            self.open -= 1

    def _candidates(self, response: Response, source: Source, origin: str) -> Iterator[Request]:
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
            url = self._frontier.admit(candidate.url, source.url)
            if url is not None:
                fresh = True
                yield self._article(url)
        # A listing without anything new has nothing new behind it either; some repeat their last page for ever.
        if self._frontier.exhausted or (isinstance(source, Listing) and not fresh):
            return
        for further in found.more:
            yield from self._request(further, origin)

    def _failed(self, failure: Failure) -> None:
        self.open -= 1
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy puts it there
        problem = problem_of_failure(failure)
        self._note(request.url, problem, None)
        self._session.note_absence(self._outlet.name, request.url, problem)

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
