"""docs/outlets.md: the supported outlets, made of their passports by `make docs`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from archiver.fixtures.store import find_fixtures
from archiver.outlets import load_outlets
from archiver.passport.passport import LayoutFacts, Passport, issue
from archiver.passport.tiers import CRITERIA

FIXTURES: Final = Path("fixtures")

_INTRODUCTION: Final = """\
# Outlets

This page is made of the outlet files and their fixtures: `make docs`. `kliping outlet passport NAME` tells more of
each, `docs/add-an-outlet.md` how to add one.

A layout is how an outlet built its pages in one era: the dates are those of the captures that its fixtures hold, or
that it is declared for; one without a fixture is in brackets. The fixtures' pages are made up, in the shape of the
outlets' own: see `fixtures/README.md`."""

_TIERS: Final = """\
## Tiers

A tier asks for all that stands under it and under those before it. It says what is proven, not how well a site is read.
"""


def page(passports: Iterable[Passport]) -> str:
    """The whole page in Markdown."""
    return "\n".join([_INTRODUCTION, "", *_rows(passports), "", _TIERS, *_criteria(), ""])


def passports(folder: Path) -> Iterator[Passport]:
    """Those of the outlets that this repository brings."""
    outlets = load_outlets()
    for outlet in outlets:
        yield issue(outlet, outlets, find_fixtures(folder, [outlet.name]), folder)


def _rows(found: Iterable[Passport]) -> Iterator[str]:
    yield "| outlet | name | hosts | found by | layouts | fixtures | vouched for | tier |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for one in found:
        attested = sum(fixture.attestation == "attested" for fixture in one.fixtures)
        name = f"{one.title} ([known to be broken]({one.known_broken}))" if one.known_broken else one.title
        cells = (
            name,
            f"`{one.name}`",
            ", ".join(f"{domain}" for domain in one.domains),
            ", ".join(dict.fromkeys(_KINDS[source.partition(" ")[0]] for source in one.sources)),
            ", ".join(map(_layout, one.layouts)),
            str(len(one.fixtures)),
            str(attested),
            one.tier,
        )
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


_KINDS: Final = {"NewsSitemap": "sitemap", "Feed": "feed", "Listing": "index", "Payload": "page data"}


def _layout(layout: LayoutFacts) -> str:
    if not layout.fixtures:
        return f"({layout.name})"
    first, last = (layout.first or "")[:4], (layout.last or "")[:4]
    return f"{layout.name} ({first})" if first == last else f"{layout.name} ({first}–{last})"


def _criteria() -> Iterator[str]:
    for tier in ("bronze", "silver", "gold"):
        words = "; ".join(one.words for one in CRITERIA if one.tier == tier)
        yield f"- **{tier}**: {words}."


if __name__ == "__main__":
    sys.stdout.buffer.write(page(passports(FIXTURES)).encode())
