from __future__ import annotations

import copy
import gzip
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.warc.samples import PAGE, START, chunked_message, exchange, message, write
from warc.errors import WarcReadError
from warc.index import WarcIndex
from warc.record import sha1_label

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://www.example.com/a"


def test_a_capture_is_found_by_address_and_method(tmp_path: Path) -> None:
    index = WarcIndex(
        [
            write(
                tmp_path, exchange("https://www.example.com/café?x=1"), exchange(URL, message(b"posted"), method="POST")
            )
        ]
    )
    ref = index.find("https://www.example.com/caf%C3%A9?x=1#top")
    assert ref
    assert index.find("https://user:pw@www.example.com/café?x=1") == ref
    assert index.find(URL) is None
    posted = index.find(URL, "POST")
    assert posted
    assert index.method(posted) == "POST"
    assert index.urls() == ["https://www.example.com/caf%C3%A9?x=1"]
    assert index.urls("POST") == [URL]


def test_the_newest_capture_or_the_nearest(tmp_path: Path) -> None:
    first = write(
        tmp_path / "1", exchange(URL, message(b"one"), seconds=0), exchange(URL, message(b"two"), seconds=100)
    )
    second = write(tmp_path / "2", exchange(URL, message(b"three"), seconds=50))
    index = WarcIndex([first, second])

    def body(seconds: float | None) -> bytes:
        ref = index.find(URL, date=None if seconds is None else START + timedelta(seconds=seconds))
        assert ref
        return index.response(ref).body

    assert [body(at) for at in (None, -10, 20, 40, 60, 1000)] == [b"two", b"one", b"one", b"three", b"three", b"two"]


def test_a_response_keeps_its_content_encoding(tmp_path: Path) -> None:
    index = WarcIndex([write(tmp_path, exchange(received=chunked_message()))])
    ref = index.find(URL)
    assert ref
    response = index.response(ref)
    assert response.body.startswith(b"\x1f\x8b")
    assert ref.payload_digest == sha1_label(response.body)
    assert response.head.get("content-encoding") == "gzip"
    assert response.truncated is None


def test_a_revisit_has_the_body_of_its_original(tmp_path: Path) -> None:
    pages = [exchange(URL), exchange("https://www.example.com/b", message(PAGE, "X-Copy: 2"), seconds=1)]
    index = WarcIndex([write(tmp_path, *pages)])
    ref = index.find("https://www.example.com/b")
    assert ref
    assert ref.type == "revisit"
    response = index.response(ref)
    assert (response.ref, response.body, response.head.get("x-copy")) == (ref, PAGE, "2")


def test_a_revisit_is_resolved_by_address_and_date_too(tmp_path: Path) -> None:
    path = write(tmp_path, exchange(URL), exchange("https://www.example.com/b", seconds=1))
    original = WarcIndex([path]).find(URL)
    assert original
    plain = tmp_path / "plain.warc"
    lost = b"WARC-Refers-To: <urn:uuid:00000000-0000-0000-0000-000000000000>"
    data = gzip.decompress(path.read_bytes())
    plain.write_bytes(data.replace(b"WARC-Refers-To: " + original.record_id.encode(), lost))
    index = WarcIndex([plain])
    ref = index.find("https://www.example.com/b")
    assert ref
    assert index.response(ref).body == PAGE


def test_a_revisit_without_its_original(tmp_path: Path) -> None:
    path = write(tmp_path, exchange(URL), exchange("https://www.example.com/b", seconds=1))
    index = WarcIndex([path])
    revisit = index.find("https://www.example.com/b")
    assert revisit
    alone = tmp_path / "alone.warc.gz"
    alone.write_bytes(index.member(revisit))
    index = WarcIndex([alone])
    revisit = index.find("https://www.example.com/b")
    assert revisit
    with pytest.raises(WarcReadError, match="refers to is in none of the files"):
        index.response(revisit)
    assert index.related(revisit) == [revisit]


def test_what_belongs_to_a_capture(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        exchange(URL, notes=("odd",)),
        exchange("https://www.example.com/b", seconds=1),
        exchange("https://www.example.com/c", message(b"c"), seconds=2),
    )
    index = WarcIndex([path])
    first, second, third = (index.find(url) for url in index.urls())
    assert first
    assert second
    assert third
    assert [ref.type for ref in index.related(first)] == ["warcinfo", "response", "request", "metadata"]
    assert [ref.type for ref in index.related(second)][-2:] == ["revisit", "request"]
    assert index.related(second)[:4] == index.related(first)
    assert [ref.type for ref in index.related(third)] == ["warcinfo", "response", "request"]


def test_a_record_that_two_files_hold_counts_once(tmp_path: Path) -> None:
    path = write(tmp_path)
    twin = tmp_path / "twin.warc.gz"
    twin.write_bytes(path.read_bytes())
    index = WarcIndex([path, twin])
    ref = index.find(URL)
    assert ref
    assert ref.file == path.name
    assert index.urls() == [URL]


def test_two_indexes_know_nothing_of_each_other(tmp_path: Path) -> None:
    one = WarcIndex([write(tmp_path / "1", exchange(URL))])
    two = WarcIndex([write(tmp_path / "2", exchange("https://www.example.com/b"))])
    assert one.find("https://www.example.com/b") is None
    assert two.find(URL) is None


def test_scrapys_deep_copy_of_its_settings_does_not_read_again(tmp_path: Path) -> None:
    index = WarcIndex([write(tmp_path)])
    assert copy.deepcopy({"KLIPING_REPLAY": index})["KLIPING_REPLAY"] is index
