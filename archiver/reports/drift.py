"""The alarm's page: each outlet with what is not as it was, what was laid aside, and what is normal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archiver.drift.advice import advice
from archiver.reports.templating import template

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from archiver.drift.overview import Overview

_CAPTURES: Final = 30
_VERDICTS: Final = 40
"""Rows that are shown; the reports have all."""


def draw_drift(archive: Path, found: Sequence[Overview]) -> str:
    """One HTML file that loads nothing. Outlets with an open alarm come first."""
    return template("drift.html.j2").render(
        archive=str(archive),
        outlets=sorted(found, key=lambda overview: overview.alarm is None),
        alarmed=[overview for overview in found if overview.alarm],
        advice=advice,
        captures=_CAPTURES,
        verdicts=_VERDICTS,
    )
