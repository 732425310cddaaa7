"""Articles of several pages: fetched as their pagers say, joined, or told to be incomplete."""

from __future__ import annotations

from pathlib import Path

import pytest

from archiver.catalog import Catalog
from tests.crawling.support import (
    SITE,
    ledger_of,
    outcomes,
    redirect,
    run_replay,
    story,
    write_warc,
)

pytestmark = pytest.mark.usefixtures("no_network")


def test_pages_are_joined_and_end_as_their_article(tmp_path: Path) -> None:
    pager = ("/read/1?page=2", "/read/1?page=3")
    fixture = write_warc(
        tmp_path / "in",
        {
            "/read/1?page=3": story("Garut", pages=("/read/1", *pager)),
            "/read/1?page=2": story("Lembang", pages=("/read/1", *pager)),
            "/read/1": story("Cibodas", pages=pager),
        },
    )
    archive = tmp_path / "archive"
    result = run_replay(archive, fixture)
    lines = ledger_of(archive, result.account.run)
    assert {line.outcome for line in lines.values()} == {"saved"}
    assert lines[f"{SITE}/read/1?page=3"].target == f"{SITE}/read/1"
    with Catalog(archive / "catalog.db", read_only=True) as catalog:
        assert catalog.counts() == (3, 1)
        article = catalog.article(f"{SITE}/read/1?page=2")
    assert article is not None
    assert article.pages == (f"{SITE}/read/1", f"{SITE}/read/1?page=2", f"{SITE}/read/1?page=3")
    assert article.complete
    assert [word for word in ("Cibodas", "Lembang", "Garut") if word in article.text] == ["Cibodas", "Lembang", "Garut"]


def test_a_missing_page_is_told_and_the_article_is_incomplete(tmp_path: Path) -> None:
    pager = ("/read/1?page=2", "/read/1?page=3")
    fixture = write_warc(
        tmp_path / "in",
        {"/read/1": story("Cibodas", pages=pager), "/read/1?page=2": story("Lembang", pages=pager)},
    )
    archive = tmp_path / "archive"
    result = run_replay(archive, fixture)
    assert result.account.counts == {"saved": 2, "missing_page": 1}
    missing = ledger_of(archive, result.account.run)[f"{SITE}/read/1?page=3"]
    assert (missing.target, missing.evidence) == (f"{SITE}/read/1", "not_archived: not in the WARC files")
    with Catalog(archive / "catalog.db", read_only=True) as catalog:
        article = catalog.article(f"{SITE}/read/1")
    assert article is not None
    assert not article.complete


def test_a_pager_that_leads_astray(tmp_path: Path) -> None:
    """One page is elsewhere, one leads back to the first, and one to another site."""
    pager = ("/read/1?page=2", "/read/1?page=3", "/read/1?page=4")
    fixture = write_warc(
        tmp_path / "in",
        {
            "/read/1": story("Cibodas", pages=pager),
            "/read/1?page=2": redirect("/read/1/2"),
            "/read/1/2": story("Lembang"),
            "/read/1?page=3": redirect("/read/1"),
            "/read/1?page=4": redirect("https://lain.example/masuk"),
        },
    )
    archive = tmp_path / "archive"
    result = run_replay(archive, fixture)
    assert outcomes(archive, result.account.run) == {
        "/read/1": "saved",
        "/read/1?page=2": "redirected",
        "/read/1/2": "saved",
        "/read/1?page=3": "redirected",
        "/read/1?page=4": "redirected",
        "https://lain.example/masuk": "not_wanted",
    }


def test_a_pager_without_end_ends(tmp_path: Path) -> None:
    answers = {f"/read/1?page={n}": story("Lembang", pages=(f"/read/1?page={n + 1}",)) for n in range(2, 60)}
    fixture = write_warc(tmp_path / "in", {"/read/1": story("Cibodas", pages=("/read/1?page=2",)), **answers})
    result = run_replay(tmp_path / "archive", fixture)
    lines = ledger_of(tmp_path / "archive", result.account.run)
    assert lines[f"{SITE}/read/1?page=2"].outcome == "saved"
    assert lines[f"{SITE}/read/1?page=3"].outcome == "duplicate"  # the same text again
