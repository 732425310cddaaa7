"""Keeping articles: both records and the catalog's row, or nothing; and no text beside a revisit."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from scrapy import Request

from archiver.article import Article
from archiver.catalog import Catalog, Saved
from archiver.catalog.content import Permission
from archiver.crawling.clipping import Clipping, capture_ref, keep
from archiver.crawling.session import Session, open_session
from archiver.errors import CannotWriteError
from tests.catalog.support import article
from tests.crawling.support import records_of
from tests.crawling.test_writers import capture, setup
from tests.warc.samples import PAGE, exchange, message
from warc.read import Record
from warc.record import Exchange, RecordRef
from warc.verify import verify

URL = "https://www.example.com/a"
OTHER = message(PAGE.replace(b"pagi", b"sore"))


@dataclass(frozen=True)
class Step:
    """A capture and what is read in it."""

    captured: Exchange
    read: Article


def clip(session: Session, captured: Exchange, read: Article) -> tuple[Saved, RecordRef]:
    ref = capture(session, captured)
    read = msgspec.structs.replace(read, url=captured.url, captures=(capture_ref(ref),))
    request = Request(captured.url, meta={"robots": Permission("allowed", "<urn:uuid:robots>")})
    return keep(session, "uji", Clipping(read, {captured.url: ref}, {captured.url: request})), ref


def runs(folder: Path, *steps: Step) -> list[tuple[Saved, RecordRef]]:
    """Each step is a run of its own."""
    kept = []
    for step in steps:
        with open_session(setup(folder)) as session:
            kept.append(clip(session, step.captured, step.read))
            assert session.close().reason == "finished"
    return kept


def derived(folder: Path) -> tuple[list[Record], list[Record]]:
    """All conversion and all metadata records, after all files were checked."""
    warcs = sorted((folder / "archive/warc").iterdir())
    assert list(verify(warcs, index_directory=folder / "archive/index")) == []
    records = records_of(folder / "archive")
    return (
        [record for record in records if record.ref.type == "conversion"],
        [record for record in records if record.ref.type == "metadata"],
    )


def test_an_article_is_written_with_what_permitted_it(tmp_path: Path) -> None:
    ((outcome, ref),) = runs(tmp_path, Step(exchange(), article()))
    ((conversion,), (metadata,)) = derived(tmp_path)
    told = json.loads(metadata.block)
    assert outcome == "saved"
    assert told["records"] == {
        "responses": [ref.record_id],
        "conversion": conversion.ref.record_id,
        "robots": "<urn:uuid:robots>",
        "ai_txt": None,
    }
    assert told["permission"] == {"robots": "allowed"}


def test_a_page_that_did_not_change_gets_no_second_text(tmp_path: Path) -> None:
    (_, first), (outcome, again) = runs(tmp_path, Step(exchange(), article()), Step(exchange(seconds=60), article()))
    assert (first.type, again.type, outcome) == ("response", "revisit", "unchanged")
    assert [len(records) for records in derived(tmp_path)] == [1, 1]


def test_a_page_that_is_as_before_again_shares_the_first_text(tmp_path: Path) -> None:
    """The third capture is a revisit of the first, and a version of its own."""
    kept = runs(
        tmp_path,
        Step(exchange(), article()),
        Step(exchange(received=OTHER, seconds=60), article(text="Sore.")),
        Step(exchange(seconds=120), article()),
    )
    assert [outcome for outcome, _ in kept] == ["saved", "updated", "updated"]
    assert kept[2][1].type == "revisit"
    conversions, metadata = derived(tmp_path)
    assert [json.loads(record.block)["records"]["conversion"] for record in metadata] == [
        conversions[0].ref.record_id,
        conversions[1].ref.record_id,
        conversions[0].ref.record_id,
    ]
    with Catalog(tmp_path / "archive/catalog.db", read_only=True) as catalog:
        texts = [version.article.text for version in catalog.versions(URL)]
    assert texts == [article().text, "Sore.", article().text]


def test_what_is_read_anew_in_a_revisit_is_a_text_of_the_first_capture(tmp_path: Path) -> None:
    (_, first), (outcome, again) = runs(
        tmp_path, Step(exchange(), article()), Step(exchange(seconds=60), article(text="Lebih bersih."))
    )
    assert (outcome, again.type) == ("updated", "revisit")
    conversions, metadata = derived(tmp_path)
    assert [record.get("WARC-Refers-To") for record in conversions] == [first.record_id, first.record_id]
    assert metadata[1].get("WARC-Refers-To") == again.record_id


def test_the_same_bytes_at_another_address_are_the_same_article(tmp_path: Path) -> None:
    with open_session(setup(tmp_path)) as session:
        first = capture(session, exchange())
        twin = capture(session, exchange("https://www.example.com/b", seconds=1))
        assert session.claims.claim(article(URL), first) is None
        assert session.claims.claim(article("https://www.example.com/b"), twin) == URL
        session.close()


def test_a_text_that_the_catalog_refuses_is_not_in_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_session(setup(tmp_path)) as session:

        def refuse(*_: object, **__: object) -> Saved:
            raise CannotWriteError("cannot use the catalog: database or disk is full")

        monkeypatch.setattr(session.catalog, "save", refuse)
        with pytest.raises(CannotWriteError):
            clip(session, exchange(), article())
        assert session.failure is not None
        session.close()
    assert derived(tmp_path) == ([], [])
    assert [record.ref.type for record in records_of(tmp_path / "archive")] == ["warcinfo", "response", "request"]
