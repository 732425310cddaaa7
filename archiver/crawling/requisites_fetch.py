"""Capturing what pages need to be shown, so that they look right in a replay.

Each address is asked for once in a run, through the same guard, robots.txt, delay and recorder as a page, wherever it
lies: pictures and fonts are often on hosts of their own. It follows its page at once, before the next page.

Requisites have a ledger of their own, `requisites.jsonl` beside `ledger.jsonl`: the run's own tells of the addresses
that were looked for, and hundreds of pictures must not hide them. The words are the same: `saved` is captured,
`unchanged` is captured and the same bytes as before (a revisit), `deferred` is left by a bound or a stop. run.json
has the sums. A picture that is gone makes no run partial, so these outcomes don't decide the exit code.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scrapy import Request

from archiver.crawling.failures import is_redirect, problem_of_failure, problem_of_status
from archiver.crawling.requisites import page_requisites, stylesheet_requisites
from archiver.crawling.responses import capture_of, media_type, record_of, redirect_target, request_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from archiver.article import Outcome
    from archiver.capture import Capture
    from archiver.crawling.ledger import Line
    from archiver.crawling.session import Session

_LOG = logging.getLogger(__name__)

MAX_REQUISITES: Final = 250
"""Requests for one page, those for its stylesheets' own requisites and for redirects among them."""

_BEFORE_PAGES: Final = 10


@dataclass(slots=True)
class _Budget:
    """How many requests are `left` for the requisites of a page."""

    left: int = MAX_REQUISITES


class RequisiteCollector:
    """Asks for the requisites of captured pages, if the run is told to."""

    def __init__(self, crawler: Crawler, spider: str, session: Session) -> None:
        self._crawler = crawler
        self._spider = spider
        self._session = session

    def collect(self, response: Response) -> None:
        """Ask for all that a page names. Raises nothing: the page is captured, whatever is wrong with it."""
        if self._session.requisites is not None:
            self._ask_for(page_requisites, response, _Budget())

    def _ask_for(self, find: Callable[[Capture], Iterable[str]], response: Response, budget: _Budget) -> None:
        try:
            urls = find(capture_of(response))
        except Exception:  # noqa: BLE001 - the capture is what counts, and it is there
            _LOG.exception("what %s needs could not be read from it", response.url)
        else:
            self._ask(urls, response.url, budget)

    def _ask(self, urls: Iterable[str], origin: str, budget: _Budget) -> None:
        for url in urls:
            ledger = self._session.requisites
            if ledger is None or url in self._session.ledger or not ledger.discover(url, origin):
                continue
            if taken_down := self._session.taken_down.why(url):
                self._settle(url, "not_wanted", taken_down)
            elif budget.left == 0:
                self._settle(url, "deferred", f"more than {MAX_REQUISITES} requisites of one page")
            elif self._crawler.crawling:  # else it is deferred when the run ends
                budget.left -= 1
                self._crawler.engine.crawl(self._request(url, budget))

    def _request(self, url: str, budget: _Budget) -> Request:
        return Request(
            url,
            headers={"Accept": "*/*"},
            callback=self._read,
            errback=self._failed,
            cb_kwargs={"budget": budget},
            meta={"dont_redirect": True},
            priority=_BEFORE_PAGES,
        )

    def _read(self, response: Response, budget: _Budget) -> None:
        request = request_of(response)
        record = record_of(response)
        problem = problem_of_status(response.status)
        if is_redirect(response.status) and (target := redirect_target(response)) is not None:
            self._settle(request.url, "redirected", f"HTTP {response.status}", request, target)
            self._ask([target], request.url, budget)
        elif problem is not None:
            self._settle(request.url, problem.outcome, problem.evidence, request)
        elif record is None:
            self._settle(request.url, "error", "it could not be recorded", request)
        else:
            self._settle(request.url, "unchanged" if record.type == "revisit" else "saved", None, request)
            if media_type(response) == "text/css":
                self._ask_for(stylesheet_requisites, response, budget)

    def _failed(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy puts it there
        problem = problem_of_failure(failure)
        line = self._settle(request.url, problem.outcome, problem.evidence, request)
        if line is not None and line.record is None:
            self._session.note_absence(self._spider, line.url, problem, line.discovered_from)

    def _settle(
        self,
        url: str,
        outcome: Outcome,
        evidence: str | None = None,
        request: Request | None = None,
        target: str | None = None,
    ) -> Line | None:
        return self._session.settle(
            url, outcome, evidence, request=request, target=target, ledger=self._session.requisites
        )
