"""A fixture of the tiny outlet in a folder of its own, with all that can lead to a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from archiver.fixtures.expectation import Expectation, write_expectation
from archiver.fixtures.store import Fixture
from archiver.fixtures.trial import Trial
from archiver.outlets import Outlets
from tests.crawling.support import SITE, Answer, listing, outlet, redirect, story, write_warc

if TYPE_CHECKING:
    from collections.abc import Mapping

ROBOTS = Answer(b"User-agent: *\nAllow: /\n", content_type="text/plain")
PAGE = f"{SITE}/read/1"
OUTLETS = Outlets([outlet()])

ANSWERS: dict[str, Answer] = {
    "/robots.txt": ROBOTS,
    "/index": listing("/read/9", more="/index?p=2"),
    "/index?p=2": listing("/r/1", "/read/01", "/read/8"),
    "/read/9": story("Garut"),
    "/read/01": redirect("/read/1"),
    "/read/1": story("Cibodas", pages=("/read/1?page=2", "/read/1?page=3")),
    "/read/1?page=2": story("Lembang"),
    "/read/1?page=3": Answer(b"tiada", 404),
    "/about": story("Bandung"),
}
"""Page 1 of the index lists another article, page 2 an address that redirects to ours, and one that is not there."""

TEXT = "Warga {0} menanam padi gogo di lereng bukit sejak musim hujan tiba pekan lalu, kata kepala desa."

EXPECTED = Expectation(
    url=PAGE,
    outlet="uji",
    captured="2021-01-13T11:00:00+07:00",
    layout="test",
    title="Panen di Cibodas",
    published="2021-01-13T10:00:00+07:00",
    pages=(PAGE, f"{PAGE}?page=2"),
    complete=False,
    body=(" ".join([TEXT.format("Cibodas")] * 3), " ".join([TEXT.format("Lembang")] * 3)),
    requests=(f"{SITE}/read/9", f"{SITE}/read/01", f"{SITE}/read/8"),
    articles=(f"{SITE}/read/9", PAGE),
)


def make_fixture(folder: Path, expected: Expectation = EXPECTED, answers: Mapping[str, Answer] = ANSWERS) -> Fixture:
    """The fixture `uji/panen` in a folder."""
    written = write_warc(folder / "draft", answers)
    fixture = Fixture(folder / "uji" / "panen.warc.gz")
    fixture.warc.parent.mkdir(parents=True, exist_ok=True)
    written.rename(fixture.warc)
    write_expectation(expected, fixture.json)
    return fixture


def trial_of(fixture: Fixture) -> Trial:
    """It, to be put to the test."""
    return Trial(fixture, fixture.expectation(), OUTLETS)
