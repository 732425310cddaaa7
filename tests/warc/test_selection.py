from __future__ import annotations

import gzip
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.warc.samples import PAGE, exchange, message, writer
from warc.draft import Earlier
from warc.errors import WarcReadError
from warc.read import read_records
from warc.selection import select
from warc.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

    from warc.record import RecordRef
    from warc.selection import Selection


def kinds(selection: Selection) -> Counter[str]:
    return Counter(record.ref.type for record, _ in selection.members())


def test_a_capture_brings_request_warcinfo_text_and_notes(tmp_path: Path) -> None:
    made = writer(tmp_path)
    ref = made.write_exchange(exchange("https://example.com/a", exact=False))
    other = made.write_exchange(exchange("https://example.com/b", seconds=1))
    assert ref
    assert other
    made.write_conversion("https://example.com/a", "Selamat pagi.", ref)
    made.write_metadata(None, b"{}", "application/json", ref.record_id)
    made.write_conversion("https://example.com/b", "Selamat siang.", other)
    (path,) = made.close()
    selection = select([ref.record_id], [path])
    assert kinds(selection) == {"warcinfo": 1, "response": 1, "request": 1, "metadata": 2, "conversion": 1}
    assert not selection.missing
    packed = tmp_path / "pilihan.warc.gz"
    packed.write_bytes(b"".join(member for _, member in selection.members()))
    assert packed.stat().st_size == selection.size
    assert list(verify([packed])) == []
    assert {record.ref.url for record in read_records(packed)} == {None, "https://example.com/a"}


def test_a_revisit_brings_its_original_from_another_file(tmp_path: Path) -> None:
    first = writer(tmp_path / "1")
    original = first.write_exchange(exchange())
    assert original
    earlier = _earlier(original)
    second = writer(tmp_path / "2", earlier=lambda digest, _url: earlier if digest == original.payload_digest else None)
    revisit = second.write_exchange(exchange(seconds=60))
    assert revisit
    assert revisit.type == "revisit"
    (old,), (new,) = first.close(), second.close()
    for likely, others in (([new], [old]), ([new, old], []), ([old, new], [])):
        selection = select([revisit.record_id], likely, others)
        assert kinds(selection) == {"warcinfo": 2, "response": 1, "revisit": 1, "request": 2}
        assert not selection.missing
    assert select([revisit.record_id], [new]).missing


def _earlier(ref: RecordRef) -> Earlier:
    return Earlier(ref.record_id, ref.url or "", ref.date)


def test_what_is_nowhere_is_missing_and_a_copy_is_taken_once(tmp_path: Path) -> None:
    made = writer(tmp_path)
    ref = made.write_exchange(exchange(received=message(PAGE)))
    assert ref
    (path,) = made.close()
    copy = tmp_path / "salinan.warc.gz"
    copy.write_bytes(path.read_bytes())
    selection = select([ref.record_id, "<urn:uuid:tiada>"], [path, copy])
    assert selection.missing == {"<urn:uuid:tiada>"}
    assert kinds(selection)["response"] == 1


def test_plain_text_is_packed_record_by_record(tmp_path: Path) -> None:
    made = writer(tmp_path)
    ref = made.write_exchange(exchange())
    assert ref
    (path,) = made.close()
    plain = tmp_path / "polos.warc"
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    selection = select([ref.record_id], [plain])
    data = b"".join(member for _, member in selection.members())
    assert gzip.decompress(data) == plain.read_bytes()
    assert len(data) == selection.size


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    made = writer(tmp_path)
    ref = made.write_exchange(exchange())
    assert ref
    (path,) = made.close()
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(WarcReadError, match="ends inside a record"):
        select([ref.record_id], [path])
