from __future__ import annotations

import gzip
import hashlib
from typing import TYPE_CHECKING

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.warc.samples import START, exchange, message, write
from warc.errors import WarcWriteError
from warc.read import read_records
from warc.rewrite import Gap, filler, gaps, rewrite
from warc.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

    from warc.record import RecordRef

NOTE = "<urn:uuid:3f0a1c52-0000-4000-8000-000000000001>"
SECRET = b"<p>Resep rahasia keluarga.</p>" + bytes(range(256)) * 300
SIZES = [n for start in (420, 1330, 10_340, 65_550, 100_340, 131_080) for n in range(start, start + 40)]
"""Around those at which Content-Length gets another digit, or a gzip member another block."""


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    exchanges = [exchange(f"https://www.example.com/{n}", message(SECRET + b"%d" % n), seconds=n) for n in range(4)]
    return write(tmp_path, *exchanges)


def of(path: Path, *numbers: int) -> list[RecordRef]:
    """The records of these addresses."""
    wanted = {f"https://www.example.com/{number}" for number in numbers}
    return [record.ref for record in read_records(path) if record.ref.url in wanted]


@pytest.mark.parametrize("compressed", [True, False])
def test_a_filler_has_just_the_length_that_is_asked_for(tmp_path: Path, *, compressed: bool) -> None:
    for size in SIZES:
        filling = filler(size, NOTE, START, compressed=compressed)
        assert filling is not None
        assert len(filling) == size
        assert (gzip.decompress(filling) if compressed else filling).startswith(b"WARC/1.1\r\n")
    path = tmp_path / ("a.warc.gz" if compressed else "a.warc")
    path.write_bytes(b"".join(filler(size, NOTE, START, compressed=compressed) or b"" for size in SIZES[::25]))
    assert [record.ref.length for record in read_records(path)] == SIZES[::25]
    assert all(NOTE in record.block.decode() for record in read_records(path))
    assert list(verify([path])) == []


@pytest.mark.parametrize("compressed", [True, False])
def test_where_no_record_fits_there_is_no_filler(*, compressed: bool) -> None:
    assert filler(300, NOTE, START, compressed=compressed) is None
    assert filler(10, NOTE, START, compressed=compressed) is None


def test_neighbours_make_one_gap(warc: Path) -> None:
    response, request = of(warc, 0)
    last = of(warc, 3)
    assert gaps([request, response, *last]) == [
        Gap(response.offset, response.length + request.length),
        Gap(last[0].offset, last[0].length + last[1].length),
    ]
    assert gaps([]) == []


@pytest.mark.parametrize("numbers", [(0,), (3,), (1, 2), (0, 2), (0, 1, 2, 3)])
def test_nothing_else_moves(warc: Path, tmp_path: Path, numbers: tuple[int, ...]) -> None:
    removed = of(warc, *numbers)
    target = tmp_path / "new.warc.gz"
    digests = rewrite(warc, target, removed, NOTE, START)
    before, after = warc.read_bytes(), target.read_bytes()
    assert (digests.before, digests.after) == (hashlib.sha256(before).hexdigest(), hashlib.sha256(after).hexdigest())
    assert len(after) == len(before)
    for gap in gaps(removed):
        before = before[: gap.offset] + after[gap.offset : gap.offset + gap.length] + before[gap.offset + gap.length :]
    assert after == before
    gone = {ref.record_id for ref in removed}
    stay = [(ref.offset, ref.record_id) for record in read_records(warc) if (ref := record.ref).record_id not in gone]
    fillings = {record.ref.offset for record in read_records(target) if NOTE.encode() in record.block}
    there = [
        (ref.offset, ref.record_id) for record in read_records(target) if (ref := record.ref).offset not in fillings
    ]
    assert there == stay
    assert fillings == {gap.offset for gap in gaps(removed)}
    assert list(verify([target])) == []
    with target.open("rb") as file:
        assert len(list(ArchiveIterator(file))) == len(stay) + len(gaps(removed))


def test_a_plain_file_stays_plain(warc: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.warc"
    plain.write_bytes(gzip.decompress(warc.read_bytes()))
    target = tmp_path / "new.warc"
    rewrite(plain, target, of(plain, 1), NOTE, START)
    assert target.stat().st_size == plain.stat().st_size
    assert target.read_bytes().count(SECRET) == 3
    assert list(verify([target])) == []


def test_what_cannot_be_written(warc: Path, tmp_path: Path) -> None:
    with pytest.raises(WarcWriteError, match=r"nowhere/new\.warc\.gz"):
        rewrite(warc, tmp_path / "nowhere" / "new.warc.gz", of(warc, 0), NOTE, START)
    short = tmp_path / "short.warc"
    header = b"WARC/1.0\r\nWARC-Type: metadata\r\nWARC-Record-ID: <urn:x:1>\r\nContent-Length: 0\r\n\r\n"
    short.write_bytes(header + b"\r\n\r\n")
    (record,) = read_records(short)
    with pytest.raises(WarcWriteError, match="byte 0 is too short"):
        rewrite(short, tmp_path / "new.warc", [record.ref], NOTE, START)
