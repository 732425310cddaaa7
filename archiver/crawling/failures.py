"""What became of a request, in the words of the ledger: from an HTTP status or an exception to an outcome."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

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
from service_identity import VerificationError
from twisted.internet.error import CertificateError, ConnectError, ConnectionClosed
from twisted.python.failure import Failure

from warc.errors import NotArchivedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.article import Outcome

_FORBIDDEN = frozenset({401, 402, 403, 407, 429, 451})
_GONE = frozenset({404, 410})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an address gave no page: its outcome, and the evidence in words."""

    outcome: Outcome
    evidence: str


class Refused(IgnoreRequest):
    """A request that is not sent, because a rule says so: robots.txt, or a target on a private network."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.evidence)
        self.problem = problem


def is_redirect(status: int) -> bool:
    """Whether the status sends the client to another address."""
    return status in _REDIRECTS


def problem_of_status(status: int) -> Problem | None:
    """None for a status that comes with the page itself (2xx)."""
    if 200 <= status < 300:
        return None
    try:
        evidence = f"HTTP {status} {HTTPStatus(status).phrase}"
    except ValueError:
        evidence = f"HTTP {status}"
    if status in _FORBIDDEN:
        return Problem("forbidden", evidence)
    if status in _GONE:
        return Problem("gone", evidence)
    if status == HTTPStatus.REQUEST_TIMEOUT:
        return Problem("timeout", evidence)
    return Problem("server_error" if status >= 500 else "error", evidence)


def problem_of_failure(failure: Failure) -> Problem:
    """The outcome of a request that an errback is told of."""
    return problem_of_exception(failure.value or Exception("no reason was given"))


def problem_of_exception(error: BaseException) -> Problem:
    """The outcome of a request that ended in an exception, here or in one of its causes."""
    evidence = "not in the WARC files" if isinstance(error, NotArchivedError) else _describe(error)
    for cause in _causes(error):
        if isinstance(cause, Refused):
            return cause.problem
        outcome = _outcome(cause)
        if outcome is not None:
            return Problem(outcome, evidence)
    return Problem("error", evidence)


def _outcome(error: BaseException) -> Outcome | None:
    match error:
        case NotArchivedError():
            return "not_archived"
        case CannotResolveHostError():
            return "dns"
        case SSL.Error() | VerificationError() | CertificateError():
            return "tls"
        case DownloadTimeoutError() | TimeoutError():
            return "timeout"
        # Scrapy says in words alone that a body was larger than DOWNLOAD_MAXSIZE.
        case DownloadCancelledError() if "max size" in str(error) or "size limit" in str(error):
            return "too_large"
        case DownloadFailedError() if _causes_within(error, SSL.Error, VerificationError, CertificateError):
            return "tls"
        case (
            DownloadConnectionRefusedError()
            | DownloadFailedError()
            | ResponseDataLossError()
            | ConnectionClosed()
            | ConnectError()
        ):
            return "server_error"
    return None


def _causes_within(error: BaseException, *kinds: type[BaseException]) -> bool:
    return any(isinstance(cause, kinds) for cause in _causes(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, then everything it came from: `raise … from`, and the reasons that Twisted collects."""
    seen: set[int] = set()
    waiting: list[BaseException] = [error]
    while waiting:
        current = waiting.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        reasons = (reason.value for reason in getattr(current, "reasons", ()) if isinstance(reason, Failure))
        waiting += [reason for reason in reasons if reason is not None]
        if current.__cause__ is not None:
            waiting.append(current.__cause__)


def _describe(error: BaseException) -> str:
    """One line: the innermost cause that has something to say says more than the wrappers around it."""
    for cause in reversed(list(_causes(error))):
        name, text = type(cause).__name__, " ".join(str(cause).split())
        if isinstance(cause, SSL.Error) and cause.args:
            return "TLS: " + ", ".join(reason for *_, reason in cause.args[0])
        if text and not name.startswith("_"):
            return f"{name}: {text}"[:500]
    return type(error).__name__
