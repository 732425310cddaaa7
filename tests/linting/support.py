"""A tiny outlet with two fixtures, as its file and its folder would hold them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from archiver.fixtures.expectation import Expectation, write_expectation
from archiver.fixtures.store import Fixture, find_fixtures
from archiver.linting.findings import Finding, find
from archiver.linting.pages import tried_pages
from archiver.outlet import Layout, Outlet
from tests.crawling.support import SITE, Answer, listing, outlet, write_warc

BODY = (
    "Warga menanam padi gogo di lereng bukit sejak musim hujan tiba pekan lalu, kata kepala desa.",
    "Baca juga aturan yang dibacakan kepala desa kepada semua petani di balai pertemuan.",
)


def page(*, extra: str = "") -> Answer:
    """An article with the lines of `BODY`."""
    lines = f"<p>{BODY[0] * 3}</p><div class=kotak><p>{BODY[1]}</p></div>"
    return Answer(
        f"<html><head><title>Panen</title></head><body><article class=a><h1>Panen Raya</h1>"
        f"<div class=body>{lines}{extra}</div></article></body></html>".encode()
    )


def fixtures(folder: Path) -> tuple[Fixture, ...]:
    """Two cases of the outlet `uji`: an article, and one with its index."""
    place = folder / "fixtures" / "uji"
    place.mkdir(parents=True)
    answers = {"satu": {"/read/1": page()}, "dua": {"/index": listing("/read/2"), "/read/2": page(extra="<i>x</i>")}}
    for hour, (case, answer) in enumerate(answers.items()):
        write_warc(folder / case, answer, hour=hour).rename(place / f"{case}.warc.gz")
        expected = Expectation(
            url=f"{SITE}/read/{hour + 1}",
            outlet="uji",
            captured="2021-01-13T11:00:00+07:00",
            layout="test",
            title="Panen Raya",
            body=(BODY[0] * 3, BODY[1]),
        )
        write_expectation(expected, place / f"{case}.json")
    return find_fixtures(folder / "fixtures", ["uji"])


def changed(**changes: object) -> Outlet:
    """The outlet with another layout."""
    layout = Layout(name="test", body="div.body", title=("h1",))
    return dataclasses.replace(outlet(), layouts=(dataclasses.replace(layout, **changes),))  # type: ignore[arg-type]


def found(outlet: Outlet, cases: tuple[Fixture, ...], *others: Outlet) -> list[Finding]:
    """What the linter says of it."""
    return find(outlet, tried_pages(outlet, cases), others)
