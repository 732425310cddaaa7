"""How an outlet goes in an archive: the runs that ended well, and what the drift alarm takes for normal."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.passport.practice import practice
from tests.crawling.conftest import LiveSite
from tests.crawling.support import kliping, listing, project, story

LIVE = ("--allow-private", "--delay", "0", "--archive", "archive")


@pytest.fixture
def crawled(site: LiveSite, tmp_path: Path) -> Archive:
    """An archive after a crawl of two stories."""
    site.answers = {"/index": listing("/read/1", "/read/2"), "/read/1": story("kopi"), "/read/2": story("teh")}
    ran = kliping(project(tmp_path, site.url), "crawl", "uji", *LIVE)
    assert ran.returncode == 0, ran.stderr
    return Archive.open(tmp_path / "archive")


def test_a_good_run_and_what_it_teaches(crawled: Archive) -> None:
    found = practice(crawled, "uji")
    assert found.last_good_run is not None
    assert found.last_good_run.counts["saved"] == 2
    assert (found.condition, found.since) == ("normal", None)
    assert found.baseline is not None
    assert (found.baseline.runs, found.baseline.articles) == (1, 2)
    assert found.baseline.layouts == {"test": 1.0}
    assert (found.baseline.fields["title"], found.baseline.fields["authors"]) == (1.0, 0.0)
    assert found.baseline.characters > 100


def test_an_outlet_that_was_never_crawled(crawled: Archive) -> None:
    found = practice(crawled, "lain")
    assert (found.last_good_run, found.baseline, found.condition) == (None, None, "unknown")
