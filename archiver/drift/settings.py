"""The table `[drift]` of kliping.toml: whether there is an alarm, and how easily it goes off."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct


class Drift(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[drift]`: the alarm when an outlet's pages change."""

    enabled: bool = True
    tolerance: Annotated[float, Meta(ge=2, le=8)] = 4.0
    """How far from its outlet's history a run may be, in standard deviations; a lower number alarms earlier."""
    quarantine_after: Annotated[int, Meta(ge=0)] = 3
    """After so many alarms in a row captures go on and their articles wait; 0 never lets them wait."""
