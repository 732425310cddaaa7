from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from tests.warc.damage import codes, edit, members, write_linked
from tests.warc.samples import PAGE
from warc.cdxj import cdxj_name
from warc.read import read_records
from warc.verify import Finding, verify

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    return write_linked(tmp_path)


def test_a_good_file_has_no_findings(warc: Path) -> None:
    assert list(verify([warc])) == []
    assert list(verify([warc], index_directory=warc.parent)) == []


def test_a_truncated_tail(warc: Path) -> None:
    last = list(read_records(warc))[-1].ref
    warc.write_bytes(warc.read_bytes()[:-5])
    findings = [finding for finding in verify([warc]) if finding.code != "index"]
    assert findings == [
        Finding(warc, last.offset, "framing", f"the file ends inside a record, {last.length - 5} bytes into it")
    ]


def test_a_flipped_byte_and_all_that_comes_after_it(warc: Path) -> None:
    packed = members(warc)
    broken = bytearray(packed[1])
    broken[len(broken) // 2] ^= 0x40
    warc.write_bytes(b"".join([packed[0], bytes(broken), *packed[2:-1], packed[-1][:-3]]))
    findings = [finding for finding in verify([warc]) if finding.code == "framing"]
    assert [finding.offset for finding in findings] == [len(packed[0]), sum(map(len, packed[:-1]))]


@pytest.mark.parametrize("difference", [-1, 1])
def test_a_wrong_content_length(warc: Path, difference: int) -> None:
    length = len(list(read_records(warc))[3].block)
    old, new = b"Content-Length: %d\r\n" % length, b"Content-Length: %d\r\n" % (length + difference)
    edit(warc, 3, lambda plain: plain.replace(old, new, 1))
    assert codes(warc)[0] == "framing"


def test_a_file_that_is_not_compressed(warc: Path) -> None:
    warc.write_bytes(gzip.decompress(warc.read_bytes()))
    assert codes(warc) == ["framing"]
    plain = warc.rename(warc.with_name("plain.warc"))
    assert codes(plain) == []


def test_all_records_in_one_member(warc: Path) -> None:
    warc.write_bytes(gzip.compress(gzip.decompress(warc.read_bytes())))
    assert codes(warc) == ["framing"]


def test_two_records_in_one_member(warc: Path) -> None:
    packed = members(warc)
    both = gzip.compress(gzip.decompress(packed[7]) + gzip.decompress(packed[8]))
    warc.write_bytes(b"".join([*packed[:7], both]))
    assert codes(warc) == ["framing"]


def test_garbage_between_records(warc: Path) -> None:
    packed = members(warc)
    warc.write_bytes(b"".join([*packed[:3], b"\0" * 1000 + b"\x1f\x8b\x08", *packed[3:]]))
    findings = [finding for finding in verify([warc]) if finding.code != "index"]
    assert [(finding.code, finding.offset) for finding in findings] == [("framing", sum(map(len, packed[:3])))]


def test_the_index_agrees(warc: Path) -> None:
    index = warc.parent / cdxj_name(warc.name)
    lines = index.read_text().splitlines(keepends=True)
    index.write_text("".join([lines[1], lines[0].replace('"offset": "', '"offset": "1')]))
    findings = list(verify([warc], index_directory=warc.parent))
    assert [(finding.file.name, finding.code) for finding in findings] == [
        (index.name, "index"),  # not sorted
        (index.name, "index"),  # a line that leads nowhere
        (warc.name, "index"),
        (warc.name, "index"),
    ]
    assert findings[1].offset == len(lines[1])
    assert {finding.offset for finding in findings[2:]} <= {record.ref.offset for record in read_records(warc)}
    index.unlink()
    assert codes(warc, index=True) == ["index"]


def test_files_that_cannot_be_read(tmp_path: Path, warc: Path) -> None:
    empty = tmp_path / "empty.warc.gz"
    empty.touch()
    page = tmp_path / "page.warc.gz"
    page.write_bytes(PAGE)
    assert codes(tmp_path / "absent.warc.gz", empty, page, warc) == ["file", "framing", "framing"]
