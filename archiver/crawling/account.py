"""run.json: what a run was, what it did and how it ended, for whoever looks at it later."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec
from msgspec import Struct

from archiver.crawling.gaps import Gap
from archiver.errors import CannotWriteError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from archiver.article import Outcome

Kind: TypeAlias = Literal["crawl", "capture", "replay"]
Closing: TypeAlias = Literal["refused", "throttled", "budget"]


INCOMPLETE: frozenset[Outcome] = frozenset(
    {
        "missing_page",
        "forbidden",
        "too_large",
        "timeout",
        "dns",
        "tls",
        "server_error",
        "not_archived",
        "error",
    }
)
"""Outcomes that leave something behind which was to be had: a run with one of them ends in exit code 2."""


class SourceVisit(Struct, frozen=True, kw_only=True):
    """One document of a source that a run asked for: a sitemap, a feed, a listing page.

    `candidates` counts the addresses that it names. `problem` is an outcome's name and the evidence, None if the
    document could be read. `notes` say what was odd about it. `record` is the id of its response record.
    """

    url: str
    outlet: str
    candidates: int = 0
    problem: str | None = None
    notes: tuple[str, ...] = ()
    record: str | None = None


class ClosedHost(Struct, frozen=True):
    """A host that a run stopped asking: it refused us, wanted too long pauses, or its hourly budget was spent.

    `time` is ISO 8601; `deferred` counts the requests that were not sent because of it.
    """

    host: str
    reason: Closing
    evidence: str
    time: str
    deferred: int = 0


class Account(Struct, frozen=True, kw_only=True):
    """The run.json of a run. `finished` and `exit_code` are null while it goes on, and for ever if it was killed."""

    run: str
    kind: Kind
    outlets: tuple[str, ...]
    started: str
    version: str
    settings_digest: str
    inputs: tuple[str, ...] = ()
    """The WARC files that a replay was given."""
    days: tuple[str, str] | None = None
    """The first and the last day (YYYY-MM-DD) whose articles were looked for; null where it was what is new."""
    finished: str | None = None
    reason: str | None = None
    """Why it ended: finished, stopped by a signal, or what made it impossible to go on."""
    discovered: int = 0
    counts: dict[str, int] = {}
    pending: int = 0
    """Addresses that wait for the next run, those that this one `deferred` among them."""
    earlier: int = 0
    """Captures that a replay has read besides the newest of each address."""
    sources: tuple[SourceVisit, ...] = ()
    requisites: dict[str, int] = {}
    """How many of the addresses that pages need to be shown ended in each outcome: see `crawling.requisites_fetch`.

    They are no part of `discovered` and `counts`, and they don't decide the exit code.
    """
    closed: tuple[ClosedHost, ...] = ()
    """Hosts that the run stopped asking."""
    gaps: tuple[Gap, ...] = ()
    """Windows before this run, or open at its end, in which nobody could look at an outlet."""
    drift: tuple[str, ...] = ()
    """What the alarm says, a line for each outlet: see `archiver.drift`."""
    files: tuple[str, ...] = ()
    """Names of the WARC files that the run wrote."""
    exit_code: int | None = None


def is_partial(account: Account) -> bool:
    """Whether the run left something behind which was to be had."""
    return (
        not INCOMPLETE.isdisjoint(account.counts)
        or any(visit.problem for visit in account.sources)
        or any(host.reason != "budget" for host in account.closed)
    )


def new_run_id(moment: datetime, label: str) -> str:
    """`YYYYmmddTHHMMSSZ-LABEL-xxxx`: sorts by time; the label is the outlet's name, or what was done."""
    return f"{moment:%Y%m%dT%H%M%SZ}-{label}-{secrets.token_hex(2)}"


def write_account(folder: Path, account: Account) -> None:
    """Write run.json into the run's folder; a reader sees the old file or the new one, never half of one."""
    path = folder / "run.json"
    draft = folder / "run.json.draft"
    try:
        with draft.open("wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(account), indent=2) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise CannotWriteError(f"cannot write {path}: {error.strerror}; make room or the folder writable") from error


def read_account(path: Path) -> Account:
    """The account in a run.json."""
    return msgspec.json.decode(path.read_bytes(), type=Account)
