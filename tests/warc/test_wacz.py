from __future__ import annotations

import errno
import gzip
import hashlib
import io
import json
import os
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.warc.samples import START, chunked_message, exchange, message, writer
from warc.errors import PackageError, WarcReadError, WarcWriteError
from warc.read import open_record
from warc.signing import Signer
from warc.wacz import About, Page, whole, write_wacz
from warc.wacz_check import check_wacz

if TYPE_CHECKING:
    from pathlib import Path

ABOUT = About("Berita pagi", "Dua halaman.", "Kliping", "0", START)


@pytest.fixture
def warcs(tmp_path: Path) -> list[Path]:
    """Two files: one with a page in chunks and a redirect, one with a page."""
    first = writer(tmp_path / "1")
    first.write_exchange(exchange("https://example.com/b", chunked_message()))
    first.write_exchange(exchange("https://example.com/z", message(b"", status="301 Moved"), seconds=1))
    second = writer(tmp_path / "2")
    second.write_exchange(exchange("https://example.com/a", seconds=2))
    (path,), (other,) = first.close(), second.close()
    other = other.rename(other.with_name("Pagi_2.warc.gz"))
    return [path, other]


def pages() -> list[Page]:
    date = "2021-05-04T03:02:01.500000Z"
    return [
        Page("1", "https://example.com/b", date, "Pasar", "Pasar pagi ramai."),
        Page("2", "https://example.com/a", date.replace("01.5", "03.5"), None, "Kota \ud800 tidur."),
    ]


def make(path: Path, warcs: list[Path], given: list[Page] | None = None, **options: Any) -> Path:
    write_wacz(path, map(whole, warcs), pages() if given is None else given, ABOUT, **options)
    return path


def problems(data: bytes) -> list[str]:
    return list(check_wacz(io.BytesIO(data)))


def test_a_package_has_all_parts_and_fits_its_own_account(tmp_path: Path, warcs: list[Path]) -> None:
    path = tmp_path / "x.wacz"
    contents = write_wacz(path, map(whole, warcs), pages(), ABOUT)
    assert (contents.warcs, contents.captures, contents.pages) == (2, 3, 2)
    assert contents.size == path.stat().st_size
    assert problems(path.read_bytes()) == []
    with zipfile.ZipFile(path) as package:
        for warc in warcs:
            assert package.read(f"archive/{warc.name}") == warc.read_bytes()
            assert package.getinfo(f"archive/{warc.name}").compress_type == zipfile.ZIP_STORED
        assert package.getinfo("indexes/index.cdx.gz").compress_type == zipfile.ZIP_STORED
        manifest = json.loads(package.read("datapackage.json"))
        header, *rows = map(json.loads, package.read("pages/pages.jsonl").splitlines())
    assert manifest["created"] == "2021-05-04T03:02:01Z"
    assert [entry["name"] for entry in manifest["resources"]][1] == "pagi_2.warc.gz"
    assert header["hasText"]
    assert rows[0] == {
        "id": "1",
        "url": "https://example.com/b",
        "ts": "2021-05-04T03:02:01Z",
        "title": "Pasar",
        "text": "Pasar pagi ramai.",
    }
    assert rows[1]["title"] == "https://example.com/a"
    assert rows[1]["text"] == "Kota ? tidur."


def test_the_index_leads_to_each_record_and_its_digest(tmp_path: Path, warcs: list[Path]) -> None:
    path = make(tmp_path / "x.wacz", warcs)
    by_name = {warc.name: warc for warc in warcs}
    with zipfile.ZipFile(path) as package:
        lines = gzip.decompress(package.read("indexes/index.cdx.gz")).splitlines()
    assert lines == sorted(lines)
    assert [line.split(b" ")[0] for line in lines] == [b"com,example)/a", b"com,example)/b", b"com,example)/z"]
    for line in lines:
        fields = json.loads(line.split(b" ", 2)[2])
        warc, offset = by_name[fields["filename"]], int(fields["offset"])
        member = warc.read_bytes()[offset : offset + int(fields["length"])]
        assert fields["recordDigest"] == f"sha256:{hashlib.sha256(member).hexdigest()}"
        assert open_record(warc, offset).ref.url == fields["url"]


def test_no_entry_pretends_to_be_larger_than_it_is(tmp_path: Path, warcs: list[Path]) -> None:
    """ReplayWeb.page takes the length of an entry's local header from the zip's directory."""
    data = make(tmp_path / "x.wacz", warcs).read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for info in package.infolist():
            extra = data[info.header_offset + 28 : info.header_offset + 30]
            assert extra == b"\0\0"
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(made, "w") as copy:
        for info in package.infolist():
            with copy.open(zipfile.ZipInfo(info.filename), "w", force_zip64=True) as entry:
                entry.write(package.read(info))
    assert any("ZIP64" in problem for problem in problems(made.getvalue()))


def test_a_large_entry_is_in_the_form_for_large_ones(
    tmp_path: Path, warcs: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", warcs[0].stat().st_size - 1)
    data = make(tmp_path / "x.wacz", warcs).read_bytes()
    assert problems(data) == []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.getinfo(f"archive/{warcs[0].name}").extra[:2] == b"\x01\0"


def test_a_signed_package(tmp_path: Path, warcs: list[Path]) -> None:
    signer = Signer(ec.generate_private_key(ec.SECP384R1()))
    data = make(tmp_path / "x.wacz", warcs, signer=signer).read_bytes()
    assert problems(data) == []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sealed = json.loads(package.read("datapackage-digest.json"))
    signed = sealed["signedData"]
    assert list(signed) == ["hash", "created", "software", "version", "signature", "publicKey"]
    assert signed["hash"] == sealed["hash"]
    other = Signer(ec.generate_private_key(ec.SECP384R1())).sign("sha256:0")
    forged = json.dumps(sealed | {"signedData": signed | other}).encode()
    assert problems(swapped(data, "datapackage-digest.json", forged)) == [
        "the signature is not that of its key over datapackage.json"
    ]


def test_a_page_without_a_capture_is_refused(tmp_path: Path, warcs: list[Path]) -> None:
    lost = replace(pages()[0], url="https://example.com/lain")
    with pytest.raises(PackageError, match=r"example.com/lain of 20210504030201 is no capture"):
        make(tmp_path / "x.wacz", warcs, [lost])
    assert not list(tmp_path.glob("*.wacz*"))
    assert not list(tmp_path.glob(".*"))


def test_a_damaged_record_is_refused_and_the_old_package_stays(tmp_path: Path, warcs: list[Path]) -> None:
    path = make(tmp_path / "x.wacz", warcs)
    before = path.read_bytes()
    plain = warcs[0].with_suffix("")
    plain.write_bytes(gzip.decompress(warcs[0].read_bytes()).replace(b"301 Moved", b"301 Mowed"))
    with pytest.raises(WarcReadError, match="does not have the digest"):
        make(path, [plain])
    warcs[1].write_bytes(warcs[1].read_bytes()[:-9])
    with pytest.raises(WarcReadError, match="ends inside a record"):
        make(path, warcs)
    assert path.read_bytes() == before


def test_a_full_disk_leaves_nothing(tmp_path: Path, warcs: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WarcWriteError, match=r"x\.wacz: No space left"):
        make(tmp_path / "x.wacz", warcs)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1", "2"]


@pytest.mark.parametrize(
    ("part", "new", "problem"),
    [
        ("datapackage.json", b'{"resources": []}', "is not the one that datapackage-digest.json names"),
        ("datapackage.json", b"{", "has a part that cannot be read"),
        ("pages/pages.jsonl", b"{}\n", "begins with no header"),
        ("pages/pages.jsonl", b"\n", "has a part that cannot be read"),
        ("indexes/index.idx", b'!meta 0 {"format": "cdxj-gzip-1.0"}\n', "goes on where indexes/index.idx ends"),
        ("indexes/index.idx", b'!meta 0 {"format": "lain"}\n', "of an unknown form"),
        ("indexes/index.idx", None, "it lacks indexes/index.idx"),
        ("datapackage-digest.json", None, "it lacks datapackage-digest.json"),
        ("archive/Pagi_2.warc.gz", b"", "does not have the digest and size"),
        ("archive/Pagi_2.warc.gz", b"", "the index leads to no record"),
        ("archive/Pagi_2.warc.gz", None, "is listed in datapackage.json and not there"),
        ("archive/lain.warc.gz", b"", "archive/lain.warc.gz is not listed"),
        ("indexes/index.cdx.gz", gzip.compress(b"b 1 {}\n"), "has another block at byte 0"),
    ],
)
def test_damage_is_found(tmp_path: Path, warcs: list[Path], part: str, new: bytes | None, problem: str) -> None:
    data = make(tmp_path / "x.wacz", warcs).read_bytes()
    assert any(problem in found for found in problems(swapped(data, part, new)))


def test_what_is_no_zip_file(tmp_path: Path, warcs: list[Path]) -> None:
    data = make(tmp_path / "x.wacz", warcs).read_bytes()
    for broken in (b"", data[:-40], b"PK" + bytes(100)):
        assert any("no whole zip file" in problem for problem in problems(broken))


def swapped(data: bytes, part: str, new: bytes | None) -> bytes:
    """The package with another content for one of its parts, or without it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(made, "w") as copy:
        for info in package.infolist():
            if info.filename != part:
                copy.writestr(info, package.read(info))
        if new is not None:
            copy.writestr(part, new)
    return made.getvalue()
