"""What a run's account has to complain of, in lines for whoever started it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archiver.crawling.account import Account, ClosedHost, Closing
    from archiver.crawling.gaps import Gap

_NEXT: Final[Mapping[Closing, str]] = MappingProxyType(
    {
        "refused": "the next run tries one address before it goes on",
        "throttled": "the next run asks again",
        "budget": "a later run goes on",
    }
)


def complaints(account: Account) -> Iterator[str]:
    """Sources that could not be read, hosts that were not asked any more, windows in which nobody looked, drift."""
    for visit in account.sources:
        if visit.problem:
            yield f"source {visit.url}: {visit.problem}"
    for host in account.closed:
        yield _host(host)
    for gap in account.gaps:
        yield gap_in_words(gap)
    yield from account.drift


def gap_in_words(gap: Gap) -> str:
    """A gap, as a line."""
    until = f"until {gap.until}" if gap.until else "and still open"
    return f"gap of {gap.outlet} since {gap.since}, {until}: {gap.reason}"


def _host(host: ClosedHost) -> str:
    requests = "1 request" if host.deferred == 1 else f"{host.deferred or 'no'} requests"
    return f"{host.evidence}; {requests} deferred, {_NEXT[host.reason]}"
