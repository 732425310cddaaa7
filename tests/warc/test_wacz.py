from __future__ import annotations

import errno
import gzip
import hashlib
import io
import json
import os
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.warc.packages import ABOUT, make, pages, problems, swapped, write_warcs
from warc.errors import PackageError, WarcReadError, WarcWriteError
from warc.read import open_record
from warc.signing import Signer
from warc.wacz import whole, write_wacz

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def warcs(tmp_path: Path) -> list[Path]:
    return write_warcs(tmp_path)


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
