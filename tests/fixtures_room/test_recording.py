"""A recording looked into without a replay, and the sources in it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archiver.errors import BadDataError, NotFoundError
from archiver.fixtures.recording import open_recording
from archiver.fixtures.sources import visits
from archiver.fixtures.store import Fixture
from tests.crawling.support import SITE, Answer, outlet
from tests.fixtures_room.support import ANSWERS, PAGE, make_fixture
from warc.index import WarcIndex
from warc.read import read_records


def test_captures_dates_and_payloads(tmp_path: Path) -> None:
    recording = open_recording(make_fixture(tmp_path))
    capture = recording.capture(PAGE)
    assert capture is not None
    assert capture.body == ANSWERS["/read/1"].body
    assert recording.date(PAGE) == datetime(2021, 1, 13, 4, tzinfo=UTC)
    assert (recording.digest(PAGE) or "").startswith("sha1:")
    absent = f"{SITE}/tiada"
    assert (recording.capture(absent), recording.date(absent), recording.digest(absent)) == (None, None, None)
    assert recording.urls[0] == f"{SITE}/robots.txt"


def test_what_is_there_twice_is_counted_once_too_often(tmp_path: Path) -> None:
    fixture = make_fixture(tmp_path)
    assert open_recording(fixture).repeated == 0  # the writer makes revisits of what it has seen
    picture = Answer(hashlib.shake_128(b"picture").digest(3000), content_type="image/png")
    one = make_fixture(tmp_path / "one", answers={"/a.png": picture, "/index": ANSWERS["/index"]}).warc
    two = make_fixture(tmp_path / "two", answers={"/b.png": picture}).warc
    both = Fixture(tmp_path / "uji" / "dua.warc.gz")
    both.warc.write_bytes(one.read_bytes() + two.read_bytes())
    lengths = {record.ref.length for record in read_records(two) if record.ref.type == "response"}
    assert {open_recording(both).repeated} == lengths


def test_sources_are_read_along_their_links(tmp_path: Path) -> None:
    recording = open_recording(make_fixture(tmp_path))
    first, second = visits(outlet(), recording.capture)
    assert [visit.source.url for visit in second.way] == [f"{SITE}/index", f"{SITE}/index?p=2"]
    assert [candidate.url for candidate in first.found.candidates] == [f"{SITE}/read/9"]


def test_a_source_that_is_not_there_is_passed_over(tmp_path: Path) -> None:
    recording = open_recording(make_fixture(tmp_path, answers={"/index?p=2": ANSWERS["/index?p=2"]}))
    assert list(visits(outlet(), recording.capture)) == []


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    fixture = make_fixture(tmp_path)
    fixture.warc.write_bytes(b"x" * 20)
    with pytest.raises(BadDataError, match=r"panen\.warc\.gz"):
        open_recording(fixture)
    with pytest.raises(NotFoundError, match=r"cannot read .*tiada\.warc\.gz"):
        open_recording(Fixture(tmp_path / "tiada.warc.gz"))


def test_an_index_reads_what_the_recording_reads(tmp_path: Path) -> None:
    fixture = make_fixture(tmp_path)
    assert WarcIndex([fixture.warc]).urls() == open_recording(fixture).urls
