"""Which of the addresses that a run comes upon are fetched: the ledger's first word on each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

from w3lib.url import safe_url_string

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archiver.crawling.session import Session
    from archiver.discovery import Candidate
    from archiver.outlet import Outlet


class Frontier:
    """Sorts addresses into those to fetch and those whose outcome is clear already.

    Without an outlet (pages of unknown hosts, in a replay) every address is wanted.
    """

    def __init__(self, session: Session, outlet: Outlet | None, limit: int | None) -> None:
        self._session = session
        self._outlet = outlet
        self._left = limit

    @property
    def exhausted(self) -> bool:
        """Whether the limit of articles is reached: what comes now is deferred."""
        return self._left == 0

    def admit(self, url: str, discovered_from: str | None, *, counts: bool = True) -> str | None:
        """Note the address in the ledger; returns its normal form if it is to be fetched, else None.

        `counts` is False for an address that stands for one which was fetched: the limit is not lowered again.
        """
        session, name = self._session, self._outlet.name if self._outlet else None
        sent = normal(url)
        url = sent or url.encode("ascii", "backslashreplace").decode()
        if not session.ledger.discover(url, discovered_from, outlet=name):
            return None
        if sent is None:
            session.settle(url, "not_wanted", "nothing that can be asked for over HTTP")
        elif self._outlet is not None and not self._outlet.wants(url):
            reason = "no article address" if self._outlet.owns(url) else "another site"
            session.settle(url, "not_wanted", reason)
        elif taken_down := session.taken_down.why(url):
            session.settle(url, "not_wanted", taken_down)
        elif not session.replays and session.catalog.known(url):
            session.settle(url, "known")
        elif session.failure is not None or session.stopped:
            session.settle(url, "deferred", "the run was stopped before its turn")
        elif self.exhausted and counts:
            session.settle(url, "deferred", "the limit of articles was reached")
        else:
            if self._left is not None and counts:
                self._left -= 1
            return url
        return None


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
    if published is None:
        return 0.0
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return 0.0
    return -(moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
