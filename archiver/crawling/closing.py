"""How a run ends: an outcome for what was left, the account of all of it, and what the drift alarm says."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import msgspec

from archiver.crawling.account import is_partial
from archiver.crawling.gaps import declared
from archiver.crawling.ledger import Ledger, LedgerError
from archiver.errors import ExitCode, KlipingError
from warc.errors import WarcWriteError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from archiver.crawling.account import Account
    from archiver.crawling.session import Session

_LOG = logging.getLogger(__name__)

_AT_ONCE: Final = 1000
"""Addresses that are taken out of the ledger together."""


def settle_rest(session: Session, ledger: Ledger) -> None:
    """Defer what a run left that was stopped, or came to a bound. Any other may have left nothing."""
    lost: list[str] = []
    while rest := ledger.open_urls(_AT_ONCE):
        before = ledger.pending
        for url, outlet in rest:
            if (reason := _reason(session, url, outlet)) is not None:
                session.settle(url, "deferred", reason, ledger=ledger)
            else:
                lost.append(url)
                evidence = "the run ended without an outcome: a fault of the program"
                session.settle(url, "error", evidence, ledger=ledger)
        if ledger.pending == before:
            break  # nothing can be settled any more: closing the ledger says so
    if lost:
        session.fail(LedgerError(f"{ledger.path}: {len(lost)} addresses got no outcome, first {lost[0]}"))


def final_account(
    session: Session, begun: Account, before: Iterable[Account], files: Iterable[Path], *, inputs_damaged: bool
) -> Account:
    """What run.json says in the end; `begun` is what it said at the start, `before` are earlier runs."""
    account = msgspec.structs.replace(
        begun,
        finished=session.clock().isoformat(timespec="seconds"),
        reason=str(session.failure) if session.failure else "stopped" if session.stopped else "finished",
        discovered=session.ledger.discovered,
        counts=dict(sorted(session.ledger.counts.items())),
        earlier=session.earlier,
        sources=tuple(session.sources),
        requisites=dict(sorted(session.requisites.counts.items())) if session.requisites else {},
        pending=_waiting(session),
        closed=session.hosts.closed(),
        files=tuple(path.name for path in files),
    )
    account = msgspec.structs.replace(account, gaps=declared(account, before))
    if session.failure is not None:
        code = session.failure.exit_code
    elif inputs_damaged:
        code = ExitCode.BAD_DATA
    else:
        code = ExitCode.PARTIAL if session.stopped or is_partial(account) else ExitCode.OK
    return msgspec.structs.replace(account, exit_code=int(code))


def judged(session: Session, account: Account) -> Account:
    """The account with what the drift alarm says of a run that could do its work."""
    if session.failure is not None:
        return account
    try:
        raised = session.alarm.judge(account, account.finished or account.started)
    except (WarcWriteError, KlipingError, OSError) as error:
        _LOG.exception("the run could not be judged")
        return msgspec.structs.replace(account, drift=(f"the run could not be compared with others: {error}",))
    drifts = raised.is_alarm and account.exit_code in (ExitCode.OK, ExitCode.PARTIAL)
    return msgspec.structs.replace(
        account,
        drift=raised.words,
        files=(*account.files, *(path.name for path in raised.files)),
        exit_code=int(ExitCode.DRIFT) if drifts else account.exit_code,
    )


def _reason(session: Session, url: str, outlet: str | None) -> str | None:
    """Why an address has no outcome; None where there is no good reason."""
    if session.stopped or session.failure is not None:
        return "the run was stopped before its turn"
    if outlet in session.leaving and session.pending is not None and session.pending.waits(outlet, url):
        return session.leaving[outlet]
    return None


def _waiting(session: Session) -> int:
    """How many addresses wait for the next run; 0 where nobody can tell any more."""
    try:
        return sum(map(session.pending.count, session.setup.outlets)) if session.pending else 0
    except KlipingError:
        _LOG.exception("what waits could not be counted")
        return 0
