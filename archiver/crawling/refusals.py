"""When a host refuses us for good: so many refusals in a row, or half of what it answered lately.

A refusal is 401, 403, or a challenge in place of a page. It is never evaded: no other user agent, no proxy, no second
try. The host is not asked any more in this run, and the next run tries one address before it goes on.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Final

REFUSING: Final = frozenset({401, 403})
"""Statuses that count as refusals. 402, 407 and 451 speak of the one address, 429 of the pace."""

_ANSWERS_A_REFUSAL: Final = 4
"""Half of so many answers for each refusal that is allowed in a row are too many, too."""


@dataclass(slots=True)
class Refusals:
    """What a host answered lately. `allowed` is how many refusals in a row are too many."""

    allowed: int
    row: int = 0
    _answers: deque[bool] = field(default_factory=deque)

    def refused(self, evidence: str) -> str | None:
        """Note a refusal; why the host is not asked any more, or None while it still is."""
        self.row += 1
        self._note(refusal=True)
        if self.row >= self.allowed:
            return f"{_counted(self.row)}, the last {evidence}"
        window = self.allowed * _ANSWERS_A_REFUSAL
        refusals = sum(self._answers)
        if len(self._answers) == window and refusals * 2 >= window:
            return f"{refusals} of the last {window} answers are refusals, the last {evidence}"
        return None

    def answered(self) -> None:
        """Note an answer that is none."""
        self.row = 0
        self._note(refusal=False)

    def _note(self, *, refusal: bool) -> None:
        self._answers.append(refusal)
        if len(self._answers) > self.allowed * _ANSWERS_A_REFUSAL:
            self._answers.popleft()


def _counted(row: int) -> str:
    return "1 refusal" if row == 1 else f"{row} refusals in a row"
