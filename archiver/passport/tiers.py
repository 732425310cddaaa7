"""How far an outlet can be relied on, by written criteria: bronze, silver, gold. docs/outlets.md has them too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from archiver.passport.passport import Passport

Tier: TypeAlias = Literal["gold", "silver", "bronze", "none"]

PRINTED: Final = ("title", "published", "authors", "body")
"""What a reader looks for first: some fixture of an outlet must cover each of these."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition of a tier, in words, and its test."""

    tier: Tier
    words: str
    is_met: Callable[[Passport], bool]


CRITERIA: Final[tuple[Criterion, ...]] = (
    Criterion("bronze", "it declares a source", lambda passport: bool(passport.sources)),
    Criterion("bronze", "it has a layout and a fixture", lambda passport: bool(passport.layouts and passport.fixtures)),
    Criterion("bronze", "`kliping outlet check` finds nothing", lambda passport: not passport.findings),
    Criterion("bronze", "it is not known to be broken", lambda passport: passport.known_broken is None),
    Criterion("silver", "it has two fixtures", lambda passport: len(passport.fixtures) >= 2),
    Criterion("silver", "every layout has a fixture", lambda passport: all(one.fixtures for one in passport.layouts)),
    Criterion(
        "silver",
        "its fixtures cover title, date, byline and body",
        lambda passport: {*PRINTED} <= {field for fixture in passport.fixtures for field in fixture.covered},
    ),
    Criterion(
        "gold",
        "a reader vouches for every fixture (`kliping fixture review`)",
        lambda passport: all(fixture.attestation == "attested" for fixture in passport.fixtures),
    ),
)
"""A tier needs its own and those of the tiers before it."""


def tier_of(passport: Passport) -> tuple[Tier, tuple[str, ...]]:
    """The outlet's tier, and what the next one asks for."""
    reached: Tier = "none"
    for tier in ("bronze", "silver", "gold"):
        lacking = tuple(one.words for one in CRITERIA if one.tier == tier and not one.is_met(passport))
        if lacking:
            return reached, lacking
        reached = tier
    return reached, ()
