from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.warc.samples import PAGE, START, chunked_message, exchange, in_chunks, message, write, writer
from warc.draft import Earlier
from warc.errors import WarcWriteError
from warc.index import WarcIndex
from warc.output import Member
from warc.read import read_records
from warc.record import sha1_label
from warc.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

    from warc.read import Record
    from warc.record import Octets, RecordRef
    from warc.write import WarcWriter


def kinds(path: Path) -> list[str]:
    return [record.ref.type for record in read_records(path)]


def of_kind(path: Path, kind: str) -> list[Record]:
    return [record for record in read_records(path) if record.ref.type == kind]


def test_no_record_no_file(tmp_path: Path) -> None:
    assert writer(tmp_path / "warc").close() == ()
    assert list(tmp_path.iterdir()) == []


def test_an_exchange_is_a_response_and_its_request(tmp_path: Path) -> None:
    one = exchange("https://www.example.com/a#top")
    path = write(tmp_path, one)
    info, response, request = read_records(path)
    assert [record.ref.type for record in (info, response, request)] == ["warcinfo", "response", "request"]
    assert response.block == one.received
    assert request.block == one.sent
    assert request.get("WARC-Concurrent-To") == response.ref.record_id
    assert {record.get("WARC-Target-URI") for record in (response, request)} == {"https://www.example.com/a"}
    assert {record.ref.date for record in (response, request)} == {"2021-05-04T03:02:01.500000Z"}
    assert {record.get("WARC-Warcinfo-ID") for record in (response, request)} == {info.ref.record_id}
    assert info.get("WARC-Filename") == path.name
    assert response.all("WARC-Protocol") == ["http/1.1", "tls/1.3"]


def test_the_place_that_is_returned_is_the_place_in_the_file(tmp_path: Path) -> None:
    warc_writer = writer(tmp_path)
    captured = warc_writer.write_exchange(exchange(received=chunked_message()))
    assert captured
    text = warc_writer.write_conversion("https://www.example.com/a", "Selamat pagi.", captured)
    about = warc_writer.write_metadata("https://www.example.com/a", b"{}", "application/json", captured.record_id)
    (path,) = warc_writer.close()
    refs = [record.ref for record in read_records(path)]
    assert captured.payload_digest
    assert [ref.record_id for ref in refs[1:]] == [
        captured.record_id,
        refs[2].record_id,
        text.record_id,
        about.record_id,
    ]
    for ref, place in zip((captured, text, about), (refs[1], refs[3], refs[4]), strict=True):
        assert (ref.file, ref.offset, ref.length, ref.date) == (place.file, place.offset, place.length, place.date)


def test_everything_passes_the_checks_of_warcio_and_our_own(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        exchange(),
        exchange("https://www.example.com/b", chunked_message(), seconds=1),
        exchange("https://www.example.com/c", chunked_message(), seconds=2),
        exchange("https://www.example.com/d", message(), seconds=3),
        exchange("https://www.example.com/e", message()[: -len(PAGE)], method="HEAD", seconds=4),
        exchange("https://www.example.com/f", message()[:300], seconds=5, truncated="disconnect", error="Lost: it"),
        exchange("https://www.example.com/g", b"220 mail\r\n", seconds=6, error="ParseError: no HTTP"),
        exchange("https://www.example.com/h", b"", seconds=7, error="Timeout: slow"),
        exchange("https://www.example.com/i", b"HTTP/1.1 204 No Content\r\n\r\n", seconds=8),
        exchange("https://www.example.com/j", b"HTTP/1.0 200 OK\n\nbare line feeds", seconds=9, notes=("odd",)),
    )
    check = [sys.executable, "-m", "warcio.cli", "check", str(path)]
    checked = subprocess.run(check, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout) == (0, "")
    assert list(verify([path])) == []
    with path.open("rb") as file:
        read = [record.content_stream().read() for record in ArchiveIterator(file) if record.rec_type == "response"]
    assert read[:2] == [PAGE, PAGE]


def test_no_answer_leaves_a_note(tmp_path: Path) -> None:
    warc_writer = writer(tmp_path)
    assert warc_writer.write_exchange(exchange(received=b"", error="DNSLookupError: no such host")) is None
    (path,) = warc_writer.close()
    assert kinds(path) == ["warcinfo", "request", "metadata"]
    (note,) = of_kind(path, "metadata")
    assert note.block == b"outcome: no response\r\nerror: DNSLookupError: no such host\r\n"
    assert note.ref.url == "https://www.example.com/a"


def test_an_answer_that_is_no_http_is_kept(tmp_path: Path) -> None:
    warc_writer = writer(tmp_path)
    assert warc_writer.write_exchange(exchange(received=b"220 mail ready\r\n", truncated="disconnect")) is None
    (path,) = warc_writer.close()
    assert kinds(path) == ["warcinfo", "request", "metadata", "metadata"]
    leftovers, _ = of_kind(path, "metadata")
    assert leftovers.block == b"220 mail ready\r\n"
    assert leftovers.get("WARC-Truncated") == "disconnect"


def test_the_same_payload_becomes_a_revisit(tmp_path: Path) -> None:
    pages = [exchange("https://www.example.com/a"), exchange("https://www.example.com/b", seconds=1)]
    path = write(tmp_path, *pages)
    (first,), (second,) = of_kind(path, "response"), of_kind(path, "revisit")
    assert second.get("WARC-Refers-To") == first.ref.record_id
    assert second.get("WARC-Refers-To-Target-URI") == first.ref.url
    assert second.get("WARC-Refers-To-Date") == first.ref.date
    assert second.get("WARC-Payload-Digest") == sha1_label(PAGE)


def test_the_chunks_do_not_matter_for_a_revisit(tmp_path: Path) -> None:
    plain = message(b"x" * 600)
    in_two = message(
        b"12c\r\n" + b"x" * 300 + b"\r\n12c\r\n" + b"x" * 300 + b"\r\n0\r\n\r\n", "Transfer-Encoding: chunked"
    )
    path = write(tmp_path, exchange(received=in_two), exchange(received=plain, seconds=1))
    assert kinds(path)[1:] == ["response", "request", "revisit", "request"]


@pytest.mark.parametrize(
    "second",
    [
        exchange(received=message(b"x" * 512), seconds=1),
        exchange(received=message(b"x" * 600, status="404 Not Found"), seconds=1),
        exchange(received=message(b"x" * 600), seconds=1, method="POST"),
        exchange(received=message(b"x" * 600), seconds=1, truncated="time"),
        exchange(received=message(b"x" * 600), seconds=-1),
        exchange(
            "https://b.example/", received=message(in_chunks(b"x" * 600), "Transfer-Encoding: chunked"), seconds=1
        ),
    ],
    ids=["short", "404", "post", "truncated", "earlier", "chunked elsewhere"],
)
def test_what_is_never_a_revisit(tmp_path: Path, second: object) -> None:
    path = write(
        tmp_path,
        exchange(received=message(b"x" * 512)),
        exchange(received=message(b"x" * 600)),
        second,  # type: ignore[arg-type]  # an Exchange, which pytest passes as object
    )
    assert of_kind(path, "revisit") == []


def test_an_earlier_capture_may_lie_in_another_file(tmp_path: Path) -> None:
    asked: list[tuple[str, str]] = []

    def earlier(digest: str, url: str) -> Earlier | None:
        asked.append((digest, url))
        return Earlier("<urn:x:1>", "https://old.example/", "2019-01-01T00:00:00Z")

    warc_writer = writer(tmp_path, earlier=earlier)
    ref = warc_writer.write_exchange(exchange())
    assert ref
    assert (ref.type, ref.payload_digest) == ("revisit", sha1_label(PAGE))
    (path,) = warc_writer.close()
    assert of_kind(path, "revisit")[0].get("WARC-Refers-To") == "<urn:x:1>"
    assert asked == [(sha1_label(PAGE), "https://www.example.com/a")]


def test_a_new_file_after_so_many_bytes(tmp_path: Path) -> None:
    warc_writer = writer(tmp_path, max_bytes=2000)
    for number in range(4):
        warc_writer.write_exchange(
            exchange(f"https://www.example.com/{number}", message(b"%d" % number), seconds=number)
        )
    paths = warc_writer.close()
    assert len(paths) > 1
    assert [kinds(path)[0] for path in paths] == ["warcinfo"] * len(paths)
    assert list(verify(paths)) == []
    assert sum(len(of_kind(path, "response")) for path in paths) == 4
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".cdxj"] * len(paths) + [".gz"] * len(paths)


def test_when_the_disk_is_full_all_that_is_there_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warc_writer = writer(tmp_path)
    warc_writer.write_exchange(exchange())
    write_for_real = Member.write

    def no_requests(member: Member, data: Octets) -> None:
        if data[:4] == b"GET ":
            raise OSError(28, "No space left on device")
        write_for_real(member, data)

    with monkeypatch.context() as patch:
        patch.setattr(Member, "write", no_requests)
        with pytest.raises(WarcWriteError, match="No space left on device"):
            warc_writer.write_exchange(exchange("https://www.example.com/b", chunked_message(), seconds=1))
    again = warc_writer.write_exchange(exchange("https://www.example.com/c", chunked_message(), seconds=2))
    assert again
    assert again.type == "response"  # and no revisit of the one that was taken back
    (path,) = warc_writer.close()
    assert list(verify([path])) == []
    assert len(of_kind(path, "response")) == 2


def write_text_and_fail(warc_writer: WarcWriter, captured: RecordRef) -> None:
    warc_writer.write_conversion("https://www.example.com/a", "half a thing", captured)
    raise ZeroDivisionError


def test_records_that_belong_together_are_written_together(tmp_path: Path) -> None:
    warc_writer = writer(tmp_path, max_bytes=1500)
    captured = warc_writer.write_exchange(exchange())
    assert captured
    with pytest.raises(ZeroDivisionError), warc_writer.together():
        write_text_and_fail(warc_writer, captured)
    with warc_writer.together():
        text = warc_writer.write_conversion("https://www.example.com/a", "Selamat pagi.", captured)
        about = warc_writer.write_metadata(None, b"x" * 9999, "text/plain", captured.record_id)
    assert text.file == about.file
    paths = warc_writer.close()
    assert list(verify(paths)) == []
    assert [record.block for path in paths for record in of_kind(path, "conversion")] == [b"Selamat pagi."]


def test_a_disk_that_is_full_from_the_start_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_member: Member, _data: Octets) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Member, "write", full)
    warc_writer = writer(tmp_path)
    with pytest.raises(WarcWriteError):
        warc_writer.write_exchange(exchange())
    assert warc_writer.close() == ()
    assert list(tmp_path.iterdir()) == []


def test_copies_are_the_same_bytes_and_come_once(tmp_path: Path) -> None:
    source = write(
        tmp_path / "source",
        exchange(notes=("odd",)),
        exchange("https://www.example.com/b", seconds=1),
        exchange("https://www.example.com/c", message(b"c"), seconds=2),
    )
    index = WarcIndex([source])
    warc_writer = writer(tmp_path / "target")
    revisit = index.find("https://www.example.com/b")
    assert revisit
    copies = warc_writer.copy(index.related(revisit), index)
    again = warc_writer.copy(index.related(revisit), index)
    assert again == copies
    assert [ref.type for ref in copies] == ["warcinfo", "response", "request", "metadata", "revisit", "request"]
    (target,) = warc_writer.close()
    theirs = WarcIndex([target])
    for ref in copies:
        original = index.get(ref.record_id)
        assert original
        assert theirs.get(ref.record_id) == ref
        assert theirs.member(ref) == index.member(original)
    assert len(kinds(target)) == 1 + len(copies)
    assert list(verify([target])) == []
    assert theirs.response(copies[-2]).body == PAGE


def test_what_the_archive_knows_is_not_copied(tmp_path: Path) -> None:
    source = write(tmp_path / "source")
    index = WarcIndex([source])
    ref = index.find("https://www.example.com/a")
    assert ref
    warc_writer = writer(tmp_path / "target")
    copies = warc_writer.copy(index.related(ref), index, known=lambda record_id: record_id == ref.record_id)
    assert [copy.type for copy in copies] == ["warcinfo", "request"]
    warc_writer.close()


def test_the_text_of_a_capture(tmp_path: Path) -> None:
    warc_writer = writer(tmp_path)
    captured = warc_writer.write_exchange(exchange())
    assert captured
    warc_writer.write_conversion("https://www.example.com/a", "Selamat pagi – é", captured)
    warc_writer.write_conversion("https://www.example.com/a", "Selamat sore", captured, date=START.replace(year=2030))
    (path,) = warc_writer.close()
    text, later = of_kind(path, "conversion")
    assert later.ref.date == "2030-05-04T03:02:01.500000Z"
    assert text.block.decode() == "Selamat pagi – é"
    assert text.get("WARC-Refers-To") == captured.record_id
    assert text.ref.date == captured.date == "2021-05-04T03:02:01.500000Z"
