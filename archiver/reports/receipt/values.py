"""What a receipt says: the values behind the page, and its JSON form.

The keys are a contract: keys are added, never renamed. Dates are ISO 8601, sizes bytes, digests hexadecimal SHA-256.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from archiver.article import Outcome
from archiver.crawling.account import Account
from archiver.crawling.gaps import Gap

FORMAT = "kliping-receipt-1"

Result: TypeAlias = Literal["passed", "faults", "not run"]


class Check(Struct, frozen=True, kw_only=True):
    """What one program said of the archive. `findings` are its first ones, `faults` counts all that it names."""

    program: str
    version: str | None
    what: str
    result: Result
    faults: int = 0
    findings: tuple[str, ...] = ()
    seconds: float = 0.0


class OutletContents(Struct, frozen=True, kw_only=True):
    """The articles of one outlet. `first` and `last` are days of publication, of capture where a page names none."""

    outlet: str | None
    articles: int
    versions: int
    words: int
    first: str
    last: str


class Contents(Struct, frozen=True, kw_only=True):
    """What the archive holds. `records` counts WARC records by type; `first` and `last` are dates of captures."""

    articles: int
    versions: int
    words: int
    outlets: tuple[OutletContents, ...]
    records: dict[str, int]
    first: str | None
    last: str | None
    truncated: int
    """Captures that hold less than was sent."""
    rebuilt: int
    """Exchanges that are not byte for byte what went over the wire."""


class Origin(Struct, frozen=True, kw_only=True):
    """What WARC files say of who made them: one warcinfo record, or several that say the same of `files` files."""

    software: str
    operator: str | None
    contact: str | None
    user_agent: str | None
    robots: str | None
    settings_digest: str | None
    synthetic: bool
    files: int


class RobotsFile(Struct, frozen=True, kw_only=True):
    """The captures of one robots.txt: how many, from when to when, with which HTTP statuses."""

    url: str
    captures: int
    first: str
    last: str
    statuses: tuple[int, ...]


class Robots(Struct, frozen=True, kw_only=True):
    """What robots.txt decided. `decisions` counts articles' readings by what it said when they were captured."""

    files: tuple[RobotsFile, ...]
    decisions: dict[str, int]
    refused: int
    """Addresses that were not asked for because it forbids them."""


class Absence(Struct, frozen=True, kw_only=True):
    """An address that was looked for and gave no article; `evidence` says why, `run` is None if only a record tells."""

    url: str
    outcome: Outcome
    evidence: str | None
    time: str
    run: str | None


class IncompleteArticle(Struct, frozen=True, kw_only=True):
    """An article of which pages are missing; `pages` are those that it names and that are not there."""

    url: str
    title: str | None
    pages: tuple[str, ...]


class Withdrawal(Struct, frozen=True, kw_only=True):
    """What was taken out of the archive on purpose: see `archiver.takedown.log`. `records` counts what is gone."""

    id: str
    time: str
    url: str
    reason: str
    policy: str | None
    records: int


class Missing(Struct, frozen=True, kw_only=True):
    """What is known not to be there."""

    absences: tuple[Absence, ...]
    incomplete: tuple[IncompleteArticle, ...]
    sources: tuple[Absence, ...]
    """Sitemaps, feeds and listings that could not be read when they were last asked for."""
    withdrawn: tuple[Withdrawal, ...]
    unfinished_runs: tuple[str, ...]
    unfinished_files: tuple[str, ...]
    requisites: int
    """Images, styles, scripts and fonts of pages that were asked for and not captured."""
    unread: tuple[str, ...]
    """Parts of the archive that this receipt could not read, and why."""
    windows: tuple[Gap, ...] = ()
    """Windows of time in which nobody could look at an outlet, by outlet."""


class FileDigest(Struct, frozen=True, kw_only=True):
    """A file of the archive; `path` is relative to its folder."""

    path: str
    size: int
    sha256: str


class Receipt(Struct, frozen=True, kw_only=True):
    """All of it. `outcomes` sums the outcomes of all runs; an address that two runs looked for counts twice."""

    format: str = FORMAT
    made: str
    by: str
    archive: str
    archive_version: str | None
    contents: Contents
    origins: tuple[Origin, ...]
    runs: tuple[Account, ...]
    outcomes: dict[str, int]
    robots: Robots
    missing: Missing
    checks: tuple[Check, ...]
    files: tuple[FileDigest, ...]

    @property
    def faultless(self) -> bool:
        """Whether no check found a fault."""
        return all(check.result != "faults" for check in self.checks) and not self.missing.unread
