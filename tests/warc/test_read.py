from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warc.samples import PAGE, chunked_message, exchange, message, write
from warc import read
from warc.errors import WarcReadError
from warc.read import open_record, payload_digest, read_member, read_records, response_entity
from warc.record import sha1_label

if TYPE_CHECKING:
    from pathlib import Path

    from warc.read import Record


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    return write(tmp_path, exchange(), exchange("https://www.example.com/b", chunked_message(), seconds=1))


def read_until_damage(path: Path) -> tuple[list[Record], WarcReadError]:
    records: list[Record] = []
    with pytest.raises(WarcReadError) as caught:
        records.extend(read_records(path))
    return records, caught.value


def unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes())


def test_records_lie_where_they_say(warc: Path) -> None:
    end = 0
    for record in read_records(warc):
        assert record.ref.offset == end
        end += record.ref.length
        assert open_record(warc, record.ref.offset) == record
        assert gzip.decompress(read_member(warc, record.ref)).endswith(record.block + b"\r\n\r\n")
    assert end == warc.stat().st_size
    assert len(list(read_records(warc))) == 5


def test_an_uncompressed_file_has_the_same_records(warc: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.warc"
    plain.write_bytes(unpacked(warc))
    packed, bare = list(read_records(warc)), list(read_records(plain))
    assert [(one.fields, one.block) for one in bare] == [(one.fields, one.block) for one in packed]
    assert sum(one.ref.length for one in bare) == plain.stat().st_size


def test_reading_can_start_at_a_record(warc: Path) -> None:
    records = list(read_records(warc))
    assert list(read_records(warc, records[3].ref.offset)) == records[3:]


def test_fields_are_found_in_any_case(warc: Path) -> None:
    response = list(read_records(warc))[1]
    assert response.get("warc-type") == "response"
    assert response.all("WARC-PROTOCOL") == ["http/1.1", "tls/1.3"]
    assert response.get("WARC-Nothing") is None


def test_the_body_is_decoded(warc: Path) -> None:
    plain, packed = (record for record in read_records(warc) if record.ref.type == "response")
    assert response_entity(plain)[::2] == (200, PAGE)
    status, headers, body = response_entity(packed)
    assert (status, body) == (200, PAGE)
    assert ("Content-Encoding", "gzip") in headers
    assert payload_digest(packed) == sha1_label(gzip.compress(PAGE, mtime=0))
    assert payload_digest(plain) == plain.ref.payload_digest == sha1_label(PAGE)


def test_a_body_that_cannot_be_decoded_names_its_record(tmp_path: Path) -> None:
    path = write(tmp_path, exchange(received=message(PAGE, "Content-Encoding: zstd")))
    info, response, _ = read_records(path)
    with pytest.raises(WarcReadError, match=r"byte \d+: https://www.example.com/a: content encoding 'zstd'"):
        response_entity(response)
    with pytest.raises(WarcReadError, match="no HTTP response"):
        response_entity(info)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"<!doctype html>", "this is no WARC file"),
        (b"WARNING: no such thing\r\n\r\n", "a record begins with b'WARNING"),
        (b"WARC/1.1\r\nWARC-Type: response", "without the end of its header"),
        (gzip.compress(b"just some text\r\n\r\n"), "a record begins with b'just some text'"),
        (gzip.compress(b"just some text"), "without a WARC header"),
        (gzip.compress(b"WARC/1.1\r\n" + b"a" * 70_000), "without a WARC header"),
        (b"WARC/1.1\r\nWARC-Type: x\r\n\r\n\r\n\r\n", "Content-Length is ''"),
        (b"WARC/1.1\r\nContent-Length: -1\r\n\r\n\r\n\r\n", "Content-Length is '-1'"),
        (b"WARC/1.1\r\nContent-Length: 99999999999\r\n\r\n", "more than this program reads"),
        (b"WARC/1.1\r\nno colon\r\nContent-Length: 0\r\n\r\n\r\n\r\n", "without a colon: 'no colon'"),
        (b"WARC/1.1\r\nContent-Length: 5\r\n\r\nab\r\n\r\n", "does not end after the 5 bytes"),
        (gzip.compress(b"WARC/1.1\r\nContent-Length: 5\r\n\r\nab\r\n\r\n"), "does not end after the 5 bytes"),
        (gzip.compress(b"WARC/1.1\r\nContent-Length: 1\r\n\r\nab\r\n\r\n"), "does not end after the 1 bytes"),
    ],
)
def test_what_is_no_warc_file_is_told(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(content)
    records, error = read_until_damage(path)
    assert records == []
    assert (error.file, error.offset) == (str(path), 0)
    assert reason in error.reason
    assert str(error).startswith(f"{path}: byte 0: ")


def test_a_cut_file_gives_its_whole_records(warc: Path) -> None:
    whole = list(read_records(warc))
    last = whole[-1].ref
    for cut in (1, 8, 9, last.length - 1):
        warc.write_bytes(warc.read_bytes()[: last.offset + last.length - cut])
        records, error = read_until_damage(warc)
        assert records == whole[:-1]
        assert error.offset == last.offset
        assert "the file ends inside a record" in error.reason or last.length - cut == 1


def test_a_cut_uncompressed_file(warc: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.warc"
    plain.write_bytes(unpacked(warc)[:-3])
    records, error = read_until_damage(plain)
    assert len(records) == 4
    assert "does not end after" in error.reason


def test_garbage_between_records(warc: Path) -> None:
    records = list(read_records(warc))
    data, at = warc.read_bytes(), records[2].ref.offset
    warc.write_bytes(data[:at] + b"\0\0\0" + data[at:])
    good, error = read_until_damage(warc)
    assert good == records[:2]
    assert error.offset == at


def test_records_that_share_a_member(warc: Path) -> None:
    warc.write_bytes(gzip.compress(unpacked(warc)))
    records, error = read_until_damage(warc)
    assert records == []
    assert "warcio recompress" in error.reason


def test_a_small_member_cannot_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bomb.warc.gz"
    path.write_bytes(gzip.compress(b"WARC/1.1\r\nContent-Length: 3000000\r\n\r\n" + bytes(3_000_004)))
    monkeypatch.setattr(read, "MAX_BLOCK", 2_000_000)
    _, error = read_until_damage(path)
    assert "a block of 3000000 bytes is more than this program reads" in error.reason


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(place=st.integers(0), flip=st.integers(1, 255))
def test_no_damage_goes_unseen_or_ends_in_another_error(warc: Path, place: int, flip: int) -> None:
    data = bytearray(warc.read_bytes())
    place %= len(data)
    data[place] ^= flip
    damaged = warc.with_name("damaged.warc.gz")
    damaged.write_bytes(data)
    whole = list(read_records(warc))
    records: list[Record] = []
    offset = None
    try:
        records.extend(read_records(damaged))
    except WarcReadError as error:
        offset = error.offset
    assert offset is None or offset <= place  # gzip's own header has bytes that nothing checks: time, system, flags
    expected = [one for one in whole if offset is None or one.ref.offset < offset]
    assert [(one.fields, one.block) for one in records] == [(one.fields, one.block) for one in expected]


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(read_records(tmp_path / "absent.warc.gz"))
