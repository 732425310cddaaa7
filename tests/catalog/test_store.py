"""The catalog keeps every version of an article, and knows it by all its addresses."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from archiver.article import CaptureRef, Extractor
from archiver.catalog import Filters
from tests.catalog.support import START, URL, Writer, article, dump

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    with Writer(tmp_path / "arsip") as writer:
        yield writer


def test_a_saved_article_comes_back_whole(writer: Writer) -> None:
    ref = writer.capture()
    assert writer.read(ref, article()) == "saved"
    found = writer.catalog.article(URL)
    place = CaptureRef(ref.file, ref.offset, ref.record_id, ref.date, ref.payload_digest)
    assert found == msgspec.structs.replace(article(), captures=(place,))


def test_the_same_content_captured_again_is_unchanged(writer: Writer) -> None:
    writer.clip()
    again = article(extractor=Extractor("kliping", "9.9", "lexbor"), layout="baru", removed=(), method="fallback")
    assert writer.read(writer.capture(), again) == "unchanged"
    assert len(writer.catalog.versions(URL)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Pasar pagi sepi"},
        {"lead": None},
        {"text": "Pedagang membuka lapak sejak subuh."},
        {"authors": ("Siti Aminah", "Budi")},
        {"published": "2021-01-13T10:31:00+07:00"},
        {"modified": "2021-01-14T08:00:00+07:00"},
        {"tags": ("pasar",)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_changed_content_is_a_new_version_beside_the_old_one(writer: Writer, change: dict[str, Any]) -> None:
    writer.clip()
    assert writer.clip(**change) == "updated"
    old, new = writer.catalog.versions(URL)
    assert (old.version, new.version) == (1, 2)
    assert old.captured < new.captured
    for name, value in change.items():
        assert getattr(new.article, name) == value != getattr(old.article, name)
    assert writer.catalog.article(URL) == new.article


def test_an_older_capture_that_comes_later_takes_its_place_by_date(writer: Writer) -> None:
    writer.clip(title="Kedua")
    writer.now = START - timedelta(days=2)
    assert writer.clip(title="Pertama") == "updated"
    assert [entry.article.title for entry in writer.catalog.versions(URL)] == ["Pertama", "Kedua"]
    writer.now = START - timedelta(days=1)
    assert writer.clip(title="Kedua") == "unchanged"
    versions = writer.catalog.versions(URL)
    assert [entry.article.title for entry in versions] == ["Pertama", "Kedua"]
    assert versions[1].captured.startswith("2021-01-12")


def test_a_newer_extraction_of_the_same_capture_replaces_the_older(writer: Writer) -> None:
    ref = writer.capture()
    writer.read(ref, article(text="Dengan sampah. Baca juga: yang lain."))
    assert writer.read(ref, article(text="Tanpa sampah.")) == "updated"
    assert [entry.article.text for entry in writer.catalog.versions(URL)] == ["Tanpa sampah."]
    writer.now = START - timedelta(days=1)
    assert writer.read(ref, article(text="Dari kemarin.")) == "unchanged"
    found = writer.catalog.article(URL)
    assert found is not None
    assert found.text == "Tanpa sampah."


def test_a_capture_whose_article_moves_leaves_nothing_at_the_old_address(writer: Writer) -> None:
    ref = writer.capture()
    writer.read(ref, article("https://contoh.test/lama"))
    writer.read(ref, article(URL))
    assert not writer.catalog.known("https://contoh.test/lama")
    assert [hit.url for hit in writer.catalog.search("cabai")] == [URL]


def test_an_article_is_known_by_its_pages_and_its_canonical_address(writer: Writer) -> None:
    writer.clip(pages=(URL, f"{URL}?page=2"), canonical_url="https://contoh.test/pasar")
    for address in (URL, f"{URL}?page=2", "https://contoh.test/pasar"):
        assert writer.catalog.known(address)
        found = writer.catalog.article(address)
        assert found is not None
        assert found.url == URL
    assert not writer.catalog.known(f"{URL}?page=3")
    assert writer.catalog.article(f"{URL}?page=3") is None


def test_an_own_address_goes_before_another_articles_canonical_one(writer: Writer) -> None:
    writer.clip("https://contoh.test/amp/1", canonical_url=URL)
    writer.clip(URL)
    found = writer.catalog.article(URL)
    assert found is not None
    assert found.url == URL


def test_records_are_known_with_their_places(writer: Writer) -> None:
    ref = writer.capture(status=404)
    assert writer.catalog.record(ref.record_id) == ref
    assert writer.catalog.has_record(ref.record_id)
    assert not writer.catalog.has_record("<urn:uuid:none>")
    assert writer.catalog.record("<urn:uuid:none>") is None
    writer.catalog.add_capture(ref, 404)
    assert writer.catalog.counts() == (1, 0)


def test_a_payload_leads_to_its_first_response(writer: Writer) -> None:
    first = writer.capture(body=b"sama" * 200)
    second = writer.capture(body=b"sama" * 200)
    assert second.type == "revisit"
    assert first.payload_digest is not None
    assert writer.catalog.capture_with_payload(first.payload_digest, URL) == first
    assert writer.catalog.capture_with_payload("sha1:NONE", URL) is None


def test_a_payload_leads_to_whole_pages_alone(writer: Writer) -> None:
    missing = writer.capture(body=b"sama" * 200, status=404)
    assert missing.payload_digest is not None
    assert writer.catalog.capture_with_payload(missing.payload_digest, URL) is None
    cut = dataclasses.replace(missing, record_id="<urn:uuid:1>", offset=7)
    writer.catalog.add_capture(cut, 200, truncated="length")
    assert writer.catalog.capture_with_payload(missing.payload_digest, URL) is None
    whole = dataclasses.replace(missing, record_id="<urn:uuid:2>", offset=9)
    writer.catalog.add_capture(whole, 200)
    assert writer.catalog.capture_with_payload(missing.payload_digest, URL) == whole


def test_the_records_of_a_file_come_by_their_place(writer: Writer) -> None:
    first = writer.capture()
    writer.clip()
    second = writer.capture(f"{URL}?2")
    found = writer.catalog.records_in(first.file)
    assert [ref.type for ref in found] == ["response", "response", "conversion", "metadata", "response"]
    assert (found[0], found[-1]) == (first, second)
    assert writer.catalog.records_in("none.warc.gz") == []
    assert writer.catalog.files() == [first.file]


def test_articles_come_by_day_and_pass_the_filters(writer: Writer) -> None:
    writer.clip("https://contoh.test/b", published="2021-02-01")
    writer.clip("https://contoh.test/a", published="2021-01-01T23:59:00+07:00")
    writer.clip("https://lain.test/c", published=None, outlet="lain")

    def urls(filters: Filters) -> list[str]:
        return [entry.article.url for entry in writer.catalog.articles(filters)]

    everything = ["https://contoh.test/a", "https://lain.test/c", "https://contoh.test/b"]
    assert urls(Filters()) == everything
    assert urls(Filters(outlet="lain")) == ["https://lain.test/c"]
    assert urls(Filters(since=date(2021, 1, 13))) == everything[1:]
    assert urls(Filters(until=date(2021, 1, 13))) == everything[:2]
    assert urls(Filters("contoh", date(2021, 1, 2), date(2021, 1, 31))) == []


def test_a_failed_transaction_leaves_nothing(writer: Writer) -> None:
    writer.clip()
    before = dump(writer.archive.catalog)

    def fail_halfway() -> None:
        with writer.catalog.transaction():
            writer.clip("https://contoh.test/lain")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway()
    assert dump(writer.archive.catalog) == before
