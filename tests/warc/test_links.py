from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.warc.damage import codes, edit, members, write_linked
from warc.cdxj import cdxj_name
from warc.read import read_records
from warc.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

    from warc.read import Record


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    return write_linked(tmp_path)


def test_a_record_that_stands_twice(warc: Path) -> None:
    warc.write_bytes(b"".join([*members(warc), members(warc)[8]]))
    assert codes(warc) == ["duplicate-id"]


def test_two_files_with_the_same_record(warc: Path) -> None:
    twin = warc.with_name("twin.warc.gz")
    twin.write_bytes(members(warc)[0])
    assert codes(warc, twin) == ["duplicate-id"]


def test_a_record_that_is_missing(warc: Path) -> None:
    packed = members(warc)
    warc.write_bytes(b"".join([*packed[:3], *packed[4:]]))
    assert codes(warc) == ["link"] * 4  # of its request, its revisit, its text and its metadata


def test_what_lies_elsewhere_is_asked_for(warc: Path) -> None:
    records = list(read_records(warc))
    packed = members(warc)
    (warc.parent / cdxj_name(warc.name)).unlink()
    warc.write_bytes(b"".join([*packed[:3], *packed[4:]]))
    assert list(verify([warc], known=lambda record_id: record_id == records[3].ref.record_id)) == []


def response_of(path: Path, number: int) -> Record:
    return list(read_records(path))[number]


def test_links_lead_to_the_right_kind(warc: Path) -> None:
    info, request = response_of(warc, 0).ref.record_id.encode(), response_of(warc, 2).ref.record_id.encode()
    first, second = response_of(warc, 1).ref.record_id.encode(), response_of(warc, 3).ref.record_id.encode()
    edit(warc, 1, lambda plain: plain.replace(b"Warcinfo-ID: " + info, b"Warcinfo-ID: " + request))
    edit(warc, 7, lambda plain: plain.replace(second, request))
    assert codes(warc) == ["conversion", "link"]
    edit(warc, 7, lambda plain: plain.replace(request, first))
    assert codes(warc) == ["conversion", "link"]  # now of another address
    edit(warc, 5, lambda plain: plain.replace(b"Refers-To: " + second, b"Refers-To: " + first))
    assert codes(warc) == ["revisit", "conversion", "link"]  # now of another payload


def test_a_revisit_is_younger_than_its_original(warc: Path) -> None:
    edit(warc, 5, lambda plain: plain.replace(b"WARC-Date: 2021", b"WARC-Date: 2020"))
    assert codes(warc) == ["revisit"]
