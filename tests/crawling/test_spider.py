"""What becomes of a response: redirects, pages that cannot be read, earlier captures and better readings."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from archiver.article import Article
from archiver.capture import Capture
from archiver.catalog import Catalog
from archiver.extraction import extract
from archiver.outlet import Outlet
from tests.crawling.support import (
    SITE,
    Answer,
    ledger_of,
    listing,
    outcomes,
    records_of,
    redirect,
    run_replay,
    story,
    write_warc,
)
from warc.read import read_records

pytestmark = pytest.mark.usefixtures("no_network")


def test_a_very_long_address_is_not_dropped(tmp_path: Path) -> None:
    path = "/read/1/" + "padi-" * 600
    result = run_replay(
        tmp_path / "archive", write_warc(tmp_path / "in", {"/index": listing(path), path: story("Garut")})
    )
    assert result.account.counts == {"saved": 1}


def test_redirects_in_a_circle_and_to_nowhere(tmp_path: Path) -> None:
    fixture = write_warc(
        tmp_path / "in",
        {
            "/read/1": redirect("/read/2"),
            "/read/2": redirect("/read/1"),
            "/read/3": redirect("/read/3"),
            "/read/4": Answer(status=302),
            "/read/5": redirect("mailto:redaksi@uji.example"),
        },
    )
    result = run_replay(tmp_path / "archive", fixture)
    assert outcomes(tmp_path / "archive", result.account.run) == {
        "/read/1": "redirected",
        "/read/2": "redirected",
        "/read/3": "error",
        "/read/4": "error",
        "/read/5": "error",
    }


def test_a_page_that_breaks_the_extraction_keeps_its_capture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("archiver.crawling.reader.extract", broken)
    fixture = write_warc(tmp_path / "in", {"/read/1": story("Cibodas")})
    archive = tmp_path / "archive"
    result = run_replay(archive, fixture)
    line = ledger_of(archive, result.account.run)[f"{SITE}/read/1"]
    assert line.outcome == "error"
    assert line.evidence == "captured, but reading it failed: ZeroDivisionError: a bug"
    assert line.record in {record.ref.record_id for record in records_of(archive)}


def test_a_better_reading_of_the_same_capture_is_an_update(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fixture = write_warc(tmp_path / "in", {"/read/1": story("Cibodas")})
    archive = tmp_path / "archive"
    run_replay(archive, fixture)

    def better(capture: Capture, outlet: Outlet | None) -> Article:
        return msgspec.structs.replace(extract(capture, outlet), title="Judul yang benar")

    monkeypatch.setattr("archiver.crawling.reader.extract", better)
    assert run_replay(archive, fixture).account.counts == {"updated": 1}
    with Catalog(archive / "catalog.db", read_only=True) as catalog:
        article = catalog.article(f"{SITE}/read/1")
    assert article is not None
    assert article.title == "Judul yang benar"
    assert article.captures[0].file in {path.name for path in (archive / "warc").iterdir()}
    assert run_replay(archive, fixture).account.files == ()


def test_every_capture_of_an_address_is_read(tmp_path: Path) -> None:
    """Three captures of one article, whose second page changes with it, and of the listing that leads to it."""
    pager = ("/read/1?page=2",)
    files = [
        write_warc(
            tmp_path / str(hour),
            {"/index": listing("/read/1"), "/read/1": story(first, pages=pager), "/read/1?page=2": story(second)},
            hour=hour,
        )
        for hour, first, second in ((0, "Cibodas", "Lembang"), (5, "Cibodas", "Lembang"), (9, "Cianjur", "Garut"))
    ]
    archive = tmp_path / "archive"
    result = run_replay(archive, *files[::-1])
    assert result.account.counts == {"saved": 2}
    assert result.account.earlier == 4
    for _ in range(2):
        with Catalog(archive / "catalog.db", read_only=True) as catalog:
            first, second = catalog.versions(f"{SITE}/read/1")
        assert (first.captured[11:13], second.captured[11:13]) == ("04", "13")
        assert ["Lembang" in first.article.text, "Garut" in second.article.text] == [True, True]
        assert "Garut" not in first.article.text
        originals = {record.ref.record_id for path in files for record in read_records(path)}
        assert originals <= {record.ref.record_id for record in records_of(archive)}
        assert run_replay(archive, *files).account.files == ()
