"""From statuses and exceptions to outcomes."""

from __future__ import annotations

import pytest
from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from archiver.article import Outcome
from archiver.crawling.failures import Problem, Refused, problem_of_exception, problem_of_failure, problem_of_status
from warc.errors import NotArchivedError


def failure(error: Exception) -> Failure:
    return Failure(error)  # type: ignore[no-untyped-call]  # Twisted's


def failed(*reasons: Exception) -> DownloadFailedError:
    """As Scrapy wraps what Twisted gives."""
    error = DownloadFailedError("[<twisted.python.failure.Failure>]")
    error.__cause__ = ResponseFailed([failure(reason) for reason in reasons])  # type: ignore[no-untyped-call]  # Twisted's
    return error


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (401, "forbidden"),
        (403, "forbidden"),
        (429, "forbidden"),
        (451, "forbidden"),
        (404, "gone"),
        (410, "gone"),
        (408, "timeout"),
        (500, "server_error"),
        (503, "server_error"),
        (599, "server_error"),
        (304, "error"),
        (418, "error"),
    ],
)
def test_statuses(status: int, outcome: Outcome) -> None:
    problem = problem_of_status(status)
    assert problem is not None
    assert problem.outcome == outcome
    assert problem.evidence.startswith(f"HTTP {status}")


@pytest.mark.parametrize("status", [200, 203])
def test_a_page_is_no_problem(status: int) -> None:
    assert problem_of_status(status) is None


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (NotArchivedError("GET", "https://uji.example/"), "not_archived"),
        (CannotResolveHostError("DNS lookup failed"), "dns"),
        (DownloadTimeoutError("took longer than 2 seconds"), "timeout"),
        (TimeoutError(), "timeout"),
        (DownloadConnectionRefusedError("refused"), "server_error"),
        (ResponseDataLossError(), "server_error"),
        (failed(ConnectionResetError("reset")), "server_error"),
        (failed(SSL.Error([("SSL routines", "", "certificate verify failed")])), "tls"),
        (DownloadCancelledError("Received 9 bytes which is larger than download max size (1)"), "too_large"),
        (DownloadCancelledError("was cut at the size limit when it was captured"), "too_large"),
        (DownloadCancelledError(""), "error"),
        (IgnoreRequest("max redirections reached"), "error"),
        (Refused(Problem("blocked_by_robots", "robots.txt forbids it")), "blocked_by_robots"),
        (ValueError("whatever"), "error"),
    ],
)
def test_exceptions(error: Exception, outcome: Outcome) -> None:
    assert problem_of_exception(error).outcome == outcome


def test_the_evidence_is_what_the_innermost_cause_says() -> None:
    error = failed(SSL.Error([("SSL routines", "", "certificate verify failed")]))
    assert problem_of_exception(error).evidence == "TLS: certificate verify failed"
    assert problem_of_exception(ResponseDataLossError()).evidence == "ResponseDataLossError"


def test_a_failure_of_an_errback() -> None:
    assert problem_of_failure(failure(DownloadTimeoutError("slow"))) == Problem("timeout", "DownloadTimeoutError: slow")


def test_causes_in_a_circle() -> None:
    first, second = ValueError("one"), ValueError("two")
    first.__cause__, second.__cause__ = second, first
    assert problem_of_exception(first).outcome == "error"
