"""What a careful reader takes from a case: the expectation beside its fixture, as JSON.

It is made from the story and from the reading noted in the case, never from what the extractor gave. `attested_by`
is null until a person has compared it with the page; that mark is kept when the file is written anew, as long as
nothing else in it has changed.
"""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

import msgspec

from archiver.article import Image
from archiver.fixtures import expectation as file
from archiver.fixtures.attestation import unattested
from archiver.fixtures.expectation import MAKE_ARTICLES, Expectation
from archiver.simulation.pages import page_url
from archiver.simulation.story import Case

TOLD = MAKE_ARTICLES | {"paywall"}
"""Outcomes of pages that tell a story, or the beginning of one; of the others nothing but the outcome is expected."""


def expectation(case: Case) -> Expectation:
    """The expected article of a case."""
    reading = case.reading
    page = Expectation(
        url=case.url,
        outlet=case.outlet,
        captured=case.as_of,
        outcome=reading.outcome,
        requests=(case.listed,),
        articles=(case.url,) if reading.outcome in MAKE_ARTICLES else (),
        sources=reading.sources,
        must_not=reading.must_not,
    )
    if reading.outcome not in TOLD:
        return page
    return msgspec.structs.replace(
        page,
        layout=reading.layout,
        title=case.title,
        lead=reading.lead,
        authors=case.authors,
        editors=case.editors,
        published=case.published,
        modified=reading.modified,
        dateline=case.dateline,
        section=reading.section,
        tags=case.tags,
        source=reading.source,
        images=tuple(Image(picture.url, picture.caption, picture.credit) for picture in case.pictures),
        pages=tuple(page_url(case, page) for page in case.pages if page.status == HTTPStatus.OK),
        complete=all(page.status == HTTPStatus.OK for page in case.pages),
        body=tuple(case.kept()),
        entries=tuple(case.entries()),
        rerouted=reading.rerouted,
        removed=reading.removed,
    )


def write_expectation(case: Case, target: Path) -> None:
    """Write the expectation of a case; an attestation that still holds stays."""
    written = expectation(case)
    if target.exists():
        before = file.read_expectation(target)
        if unattested(before) == written:
            written = before
    file.write_expectation(written, target)
