"""One thing that the judge looks at, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Verdict = Literal["ok", "FAILED", "not tried"]


@dataclass(frozen=True, slots=True)
class Check:
    """A claim about the crawl, how many cases of it were looked at, and those that speak against it.

    A claim without a case is "not tried", never "ok". `note` says what was left out of account.
    """

    claim: str
    cases: int
    failures: tuple[str, ...]
    note: str = ""

    @property
    def verdict(self) -> Verdict:
        """What came of it."""
        if self.failures:
            return "FAILED"
        return "ok" if self.cases else "not tried"


def tally(claim: str, findings: Iterable[str | None], note: str = "") -> Check:
    """A check out of one finding for each case: None where all is well, else what is wrong."""
    found = list(findings)
    return Check(claim, len(found), tuple(finding for finding in found if finding is not None), note)
