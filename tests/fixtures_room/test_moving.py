"""From an archive, or a WARC file, into a fixture: the records as they are, with what led to the page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.catalog import Catalog
from archiver.errors import BadDataError, NotFoundError, UsageError
from archiver.fixtures.expectation import Expectation
from archiver.fixtures.moving import Mover
from archiver.fixtures.places import opened
from archiver.fixtures.store import Fixture
from tests.crawling.support import SITE, Answer, run_replay, story, write_warc
from tests.fixtures_room.support import ANSWERS, OUTLETS, PAGE, ROBOTS
from warc.read import read_member, read_records


@contextmanager
def mover(place: Path, folder: Path) -> Iterator[Mover]:
    with opened(place) as (archive, _), Catalog(archive.catalog, read_only=True) as catalog:
        yield Mover(archive, catalog, OUTLETS, folder)


def members(path: Path) -> dict[str, bytes]:
    """All records of a file by id, as the bytes that lie in it."""
    return {record.ref.record_id: read_member(path, record.ref) for record in read_records(path)}


def captured(fixture: Fixture) -> list[str]:
    """Paths of its responses, in their order."""
    responses = (record.ref for record in read_records(fixture.warc) if record.ref.type == "response")
    return [(ref.url or "").removeprefix(SITE) for ref in responses]


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    return write_warc(tmp_path / "recorded", ANSWERS)


def test_with_a_page_goes_what_led_to_it_and_nothing_else(recording: Path, tmp_path: Path) -> None:
    with mover(recording, tmp_path / "fixtures") as moving:
        moved = moving.move(PAGE)
    assert captured(moved.fixture) == [
        *("/robots.txt", "/index", "/index?p=2", "/read/01", "/read/1", "/read/1?page=2", "/read/1?page=3")
    ]
    assert (moved.url, moved.lacks, moved.fixture.outlet) == (PAGE, (), "uji")
    kinds = [record.ref.type for record in read_records(moved.fixture.warc)]
    assert (kinds[0], kinds.count("request"), len(kinds)) == ("warcinfo", 7, moved.records)


def test_records_move_byte_for_byte(recording: Path, tmp_path: Path) -> None:
    before = members(recording)
    with mover(recording, tmp_path / "fixtures") as moving:
        moved = moving.move(PAGE)
    after = members(moved.fixture.warc)
    assert len(after) == moved.records
    assert after.items() <= before.items()


def test_from_an_archive_nothing_that_was_derived_goes_along(recording: Path, tmp_path: Path) -> None:
    run_replay(tmp_path / "archive", recording)
    with mover(tmp_path / "archive", tmp_path / "fixtures") as moving:
        moved = moving.move(PAGE)
    assert {record.ref.type for record in read_records(moved.fixture.warc)} == {"warcinfo", "request", "response"}
    assert members(moved.fixture.warc).items() <= members(recording).items()
    assert "/read/1?page=2" in captured(moved.fixture)


def test_an_address_that_redirects_leads_to_the_page(recording: Path, tmp_path: Path) -> None:
    with mover(recording, tmp_path / "fixtures") as moving:
        moved = moving.move(f"{SITE}/read/01")
    assert moved.url == PAGE
    assert "/read/01" in captured(moved.fixture)


def test_what_the_archive_lacks_is_told(tmp_path: Path) -> None:
    recording = write_warc(tmp_path, {"/read/1": story("Cibodas")})
    with mover(recording, tmp_path / "fixtures") as moving:
        moved = moving.move(PAGE)
    assert moved.lacks == ("without a source that names it", f"without {SITE}/robots.txt")


def test_the_expectation_is_empty_and_knows_its_page(recording: Path, tmp_path: Path) -> None:
    with mover(recording, tmp_path / "fixtures") as moving:
        moved = moving.move(PAGE)
    expected = Expectation(url=PAGE, outlet="uji", captured="2021-01-13T11:00:00+07:00")
    assert moved.fixture.expectation() == expected


def test_a_source_makes_a_case_of_its_own(recording: Path, tmp_path: Path) -> None:
    with mover(recording, tmp_path / "fixtures") as moving:
        moved = moving.move(f"{SITE}/index?p=2")
    assert captured(moved.fixture) == ["/robots.txt", "/index", "/index?p=2"]
    assert moved.fixture.expectation().outcome is None


def test_of_several_captures_the_newest_or_the_one_of_the_date(tmp_path: Path) -> None:
    answers = {"/robots.txt": ROBOTS, "/read/1": story("Cibodas")}
    first = write_warc(tmp_path / "a", answers)
    second = write_warc(tmp_path / "b", answers | {"/read/1": story("Lembang")}, hour=5)
    archive = tmp_path / "archive"
    run_replay(archive, first, second)
    with mover(archive, tmp_path / "fixtures") as moving:
        newest = moving.move(PAGE)
        older = moving.move(PAGE, date=datetime(2021, 1, 13, 4, tzinfo=UTC), case="lama")
    assert newest.fixture.expectation().captured == "2021-01-13T16:00:00+07:00"
    assert older.fixture.expectation().captured == "2021-01-13T11:00:00+07:00"
    assert members(older.fixture.warc).items() <= members(first).items()


def test_names_that_are_taken(recording: Path, tmp_path: Path) -> None:
    with mover(recording, tmp_path / "fixtures") as moving:
        names = [moving.move(PAGE).fixture.case, moving.move(PAGE).fixture.case]
        assert names == ["read", "read-2"]
        moving.move(PAGE, case="panen")
        with pytest.raises(UsageError, match="there is a fixture uji/panen already"):
            moving.move(PAGE, case="panen")


@pytest.mark.parametrize(
    ("url", "error", "message"),
    [
        (f"{SITE}/read/77", NotFoundError, "/read/77 is not there"),
        (f"{SITE}/read/5", NotFoundError, "/read/6, to which .*/read/5 redirects, is not there"),
        ("ftp://uji.example/", UsageError, "is no web address"),
        ("https://lain.example/x", UsageError, "no outlet owns the host"),
    ],
)
def test_what_cannot_be_moved(tmp_path: Path, url: str, error: type[Exception], message: str) -> None:
    answers = {"/read/5": Answer(status=302, headers={"Location": "/read/6"})}
    recording = write_warc(tmp_path, answers)
    write_warc(tmp_path, {"/x": story("X")}, site="https://lain.example")
    place = recording if "lain" not in url else next(tmp_path.glob("*-00001-*.warc.gz"))
    with mover(place, tmp_path / "fixtures") as moving, pytest.raises(error, match=message):
        moving.move(url)
    assert not list((tmp_path / "fixtures").glob("*/*"))


def test_a_page_of_no_outlet_goes_where_it_is_told(tmp_path: Path) -> None:
    recording = write_warc(tmp_path, {"/x": story("X")}, site="https://lain.example")
    with mover(recording, tmp_path / "fixtures") as moving:
        moved = moving.move("https://lain.example/x", outlet="lain")
    assert moved.fixture.warc.parent == tmp_path / "fixtures" / "lain"
    assert moved.fixture.expectation().captured == "2021-01-13T04:00:00+00:00"


def test_the_good_part_of_a_damaged_file_is_used(recording: Path, tmp_path: Path) -> None:
    whole = recording.read_bytes()
    recording.write_bytes(whole[:-20])
    with opened(recording) as (archive, damage), Catalog(archive.catalog, read_only=True) as catalog:
        moved = Mover(archive, catalog, OUTLETS, tmp_path / "fixtures").move(f"{SITE}/read/9")
    assert len(damage) == 1
    assert damage[0].startswith(f"{recording}: byte ")
    assert "/read/9" in captured(moved.fixture)
    assert recording.read_bytes() == whole[:-20]


def test_places_without_anything(tmp_path: Path) -> None:
    (tmp_path / "x.warc.gz").write_bytes(b"no WARC")
    with pytest.raises(BadDataError, match="this is no WARC file"), opened(tmp_path / "x.warc.gz"):
        pass
    with pytest.raises(NotFoundError, match="there is no archive and no WARC file"), opened(tmp_path / "y.warc.gz"):
        pass


def test_an_archive_is_opened_as_it_is(tmp_path: Path, recording: Path) -> None:
    run_replay(tmp_path / "archive", recording)
    with opened(tmp_path / "archive") as (archive, damage):
        assert (archive, damage) == (Archive(tmp_path / "archive"), ())
