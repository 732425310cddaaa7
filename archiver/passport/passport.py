"""The passport of an outlet, as it is shown and as JSON: all of it is read from files, nothing is kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from archiver.fixtures.attestation import Standing, standing
from archiver.fixtures.recording import open_recording
from archiver.linting import accepted
from archiver.linting.findings import find
from archiver.linting.pages import tried_pages
from archiver.passport.practice import Practice
from archiver.passport.tiers import Tier, tier_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from archiver.fixtures.store import Fixture
    from archiver.linting.pages import TriedPage
    from archiver.outlet import Outlet
    from archiver.outlets import Outlets


class LayoutFacts(Struct, frozen=True, kw_only=True):
    """A layout: the capture dates that it is for, the fixtures whose pages it reads, and their first and last dates."""

    name: str
    since: date | None
    until: date | None
    fixtures: tuple[str, ...]
    first: str | None
    last: str | None


class FixtureFacts(Struct, frozen=True, kw_only=True):
    """A fixture: when it was captured, what it expects, who vouches for it, its size in bytes."""

    name: str
    captured: str | None
    layout: str | None
    covered: tuple[str, ...]
    attestation: Standing
    attested_by: str | None
    attested_on: str | None
    bytes: int


class Passport(Struct, frozen=True, kw_only=True):
    """What is known of an outlet. `practice` is how it goes in an archive; None where none was looked into.

    `findings` are open ones of `kliping outlet check`, `let_stand` the number of those with a reason. `next_tier` says
    what the next tier asks for.
    """

    name: str
    title: str
    file: str | None
    domains: tuple[str, ...]
    sources: tuple[str, ...]
    known_broken: str | None
    layouts: tuple[LayoutFacts, ...]
    fixtures: tuple[FixtureFacts, ...]
    findings: tuple[str, ...]
    let_stand: int
    tier: Tier = "none"
    next_tier: tuple[str, ...] = ()
    practice: Practice | None = None


def issue(outlet: Outlet, outlets: Outlets, fixtures: Sequence[Fixture], folder: Path) -> Passport:
    """The passport of an outlet with these fixtures, which lie in `folder`. Raises `NotFoundError`, `BadDataError`."""
    known = accepted.read_accepted(folder / outlet.name / accepted.FILE_NAME)
    found = accepted.sort(find(outlet, tried_pages(outlet, fixtures), outlets), known)
    pages = [] if any(finding.rule == "invalid" for finding in found.open) else list(tried_pages(outlet, fixtures))
    file = outlets.file(outlet.name)
    passport = Passport(
        name=outlet.name,
        title=outlet.title,
        file=str(file) if file else None,
        domains=outlet.domains,
        sources=tuple(f"{type(source).__name__} {source.url}" for source in outlet.sources),
        known_broken=outlet.known_broken,
        layouts=tuple(_layout(layout.name, layout.since, layout.until, pages) for layout in outlet.layouts),
        fixtures=tuple(_facts(fixture) for fixture in fixtures),
        findings=tuple(finding.key for finding in found.open),
        let_stand=len(found.accepted),
    )
    tier, lacking = tier_of(passport)
    return msgspec.structs.replace(passport, tier=tier, next_tier=lacking)


def _layout(name: str, since: date | None, until: date | None, pages: Iterable[TriedPage]) -> LayoutFacts:
    read = [tried for tried in pages if tried.article.layout == name]
    days = sorted(tried.capture.date.date().isoformat() for tried in read if tried.capture.date)
    return LayoutFacts(
        name=name,
        since=since,
        until=until,
        fixtures=tuple(dict.fromkeys(tried.fixture for tried in read)),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def _facts(fixture: Fixture) -> FixtureFacts:
    expectation = fixture.expectation()
    return FixtureFacts(
        name=fixture.name,
        captured=expectation.captured,
        layout=expectation.layout,
        covered=expectation.covered,
        attestation=standing(expectation, open_recording(fixture)),
        attested_by=expectation.attested_by,
        attested_on=expectation.attested_on,
        bytes=fixture.size,
    )
