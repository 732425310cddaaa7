from __future__ import annotations

import gzip
import json
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from archiver.article import CaptureRef
from archiver.catalog import Catalog, Filters
from archiver.errors import BadDataError, NotFoundError
from archiver.packaging.wacz import Packaged, package
from tests.catalog.support import URL, Writer, article
from warc.read import read_records
from warc.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.archive import Archive

OTHER = "https://lain.test/banjir"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Two versions of one article in two files, another article in the second, and a page that is none."""
    with Writer(tmp_path / "archive") as writer:
        writer.clip(title="Pasar pagi sepi")
    with Writer(tmp_path / "archive", prefix="lain", now=writer.now) as writer:
        writer.clip()
        writer.clip(OTHER, title="Banjir surut", outlet="lain", published="2021-03-01")
        writer.capture("https://contoh.test/indeks")
    return writer.archive


def pack(archive: Archive, output: Path, filters: Filters | None = None) -> Packaged:
    with Catalog(archive.catalog, read_only=True) as catalog:
        return package(archive, catalog, output, filters=filters or Filters())


def pages(path: Path) -> list[dict[str, Any]]:
    with zipfile.ZipFile(path) as packed:
        return [json.loads(line) for line in packed.read("pages/pages.jsonl").splitlines()[1:]]


def test_a_whole_archive(archive: Archive, tmp_path: Path) -> None:
    told: list[str] = []
    with Catalog(archive.catalog, read_only=True) as catalog:
        packed = package(archive, catalog, tmp_path / "x.wacz", on_file=told.append)
    assert (packed.contents.warcs, packed.contents.captures, packed.contents.pages) == (2, 4, 3)
    assert told == [path.name for path in archive.warc_files()]
    with zipfile.ZipFile(tmp_path / "x.wacz") as zipped:
        for path in archive.warc_files():
            assert zipped.read(f"archive/{path.name}") == path.read_bytes()
    assert [(page["title"], page["ts"]) for page in pages(tmp_path / "x.wacz")] == [
        ("Pasar pagi sepi", "2021-01-13T04:01:00Z"),
        ("Pasar pagi ramai lagi", "2021-01-13T04:03:00Z"),
        ("Banjir surut", "2021-01-13T04:05:00Z"),
    ]
    text = "Banjir surut\n\nPembeli kembali datang.\n\nPedagang membuka lapak sejak subuh.\n\nHarga cabai naik."
    assert pages(tmp_path / "x.wacz")[-1]["text"] == text


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(outlet="lain"), [OTHER]),
        (Filters(until=date(2021, 1, 13)), [URL, URL]),
        (Filters(since=date(2021, 1, 13), until=date(2021, 3, 1)), [URL, URL, OTHER]),
    ],
)
def test_some_articles(archive: Archive, tmp_path: Path, filters: Filters, found: list[str]) -> None:
    packed = pack(archive, tmp_path / "x.wacz", filters)
    assert [page["url"] for page in pages(tmp_path / "x.wacz")] == found
    assert (packed.contents.warcs, packed.contents.captures) == (1, len(found))
    with zipfile.ZipFile(tmp_path / "x.wacz") as zipped:
        (name,) = (name for name in zipped.namelist() if name.startswith("archive/"))
        warc = tmp_path / name.removeprefix("archive/")
        warc.write_bytes(zipped.read(name))
    assert warc.name.startswith(f"{filters.outlet or 'selection'}-20")
    assert list(verify([warc])) == []
    kinds = [record.ref.type for record in read_records(warc)]
    for kind in ("response", "request", "conversion", "metadata"):
        assert kinds.count(kind) == len(found)
    whole = b"".join(gzip.decompress(path.read_bytes()) for path in archive.warc_files())
    for record in read_records(warc):
        assert record.block in whole


def test_an_article_of_several_pages_brings_all_of_them(tmp_path: Path) -> None:
    with Writer(tmp_path / "archive") as writer:
        first, second = writer.capture(URL), writer.capture(f"{URL}?page=2")
        page_2 = CaptureRef(second.file, second.offset, second.record_id, second.date)
        writer.read(first, article(pages=(URL, f"{URL}?page=2"), captures=(page_2,)))
    packed = pack(writer.archive, tmp_path / "x.wacz", Filters(outlet="contoh"))
    assert (packed.contents.captures, packed.contents.pages) == (2, 1)


def test_a_file_that_is_being_written_is_left_out(archive: Archive, tmp_path: Path) -> None:
    path = archive.warc_files()[1]
    path.rename(path.with_name(f"{path.name}.open"))
    for filters in (Filters(), Filters(outlet="contoh")):
        packed = pack(archive, tmp_path / "x.wacz", filters)
        assert [page["title"] for page in pages(tmp_path / "x.wacz")] == ["Pasar pagi sepi"]
        assert packed.left_out == (1 if filters.outlet else 2)


def test_nothing_to_pack(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="has no such article"):
        pack(archive, tmp_path / "x.wacz", Filters(outlet="tiada"))
    for path in archive.warc_files():
        path.unlink()
    with pytest.raises(NotFoundError, match="has no finished WARC file"):
        pack(archive, tmp_path / "x.wacz")
    assert not (tmp_path / "x.wacz").exists()


def test_a_catalog_that_does_not_fit_the_files(archive: Archive, tmp_path: Path) -> None:
    first, second = archive.warc_files()
    first.write_bytes(second.read_bytes())
    with pytest.raises(BadDataError, match="kliping catalog rebuild"):
        pack(archive, tmp_path / "x.wacz", Filters(outlet="contoh"))
