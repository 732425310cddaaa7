"""Today's extraction over yesterday's captures: verdicts, what is kept, and that a second time changes nothing."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archiver.archive import Archive
from archiver.catalog import Catalog
from archiver.catalog.rebuild import rebuild
from archiver.config import Config
from archiver.errors import CannotWriteError
from archiver.reextraction.run import Keeper, Tally, reextract
from tests.catalog.support import START, dump
from tests.crawling.support import SITE, Answer, story
from tests.reextraction.support import MODULES, PAGES, Past, long, stories
from warc.read import read_records
from warc.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from archiver.reextraction.findings import Finding

ONE, TWO, THREE = (f"{SITE}/read/{number}" for number in (1, 2, 3))
CHALLENGE = Answer(b"<html><head><title>Just a moment...</title></head><body><h1>Just a moment...</h1></body></html>")


def again(archive: Archive, scratch: Path, executor: Executor | None = None) -> tuple[list[Finding], Tally]:
    """The findings of a re-extraction, nothing kept."""
    scratch.mkdir(exist_ok=True)
    tally = Tally()
    with executor or ThreadPoolExecutor(1) as pool:
        found = list(reextract(archive, Config(outlets=MODULES), pool, scratch, tally))
    assert list(scratch.iterdir()) == []
    return found, tally


def keep_all(archive: Archive, scratch: Path) -> int:
    """Keep everything that is found; returns how many readings were kept."""
    found, _ = again(archive, scratch)
    with Keeper(archive, Config(outlets=MODULES)) as keeper:
        return sum(keeper.keep(finding) for finding in found)


def verdicts(found: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.verdict, finding.after.url) for finding in found]


@pytest.fixture
def past(tmp_path: Path) -> Callable[..., Past]:
    return lambda **more: Past(tmp_path / "archive", **more)


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    return tmp_path / "scratch"


def test_what_is_read_as_before_gives_nothing(past: Callable[..., Past], scratch: Path) -> None:
    with past() as writer:
        writer.clip_page(ONE, story("Lembang"), rightly=True)
        writer.clip_pages(stories())
        writer.page(f"{SITE}/index", story("index"))
    before = dump(writer.archive.catalog)
    found, tally = again(writer.archive, scratch)
    assert found == []
    assert tally.problems == []
    (counts,) = tally.captures.values()
    assert (counts.same, counts.total) == (2, 2)
    assert keep_all(writer.archive, scratch) == 0
    assert dump(writer.archive.catalog) == before
    assert len(writer.archive.warc_files()) == 1


def test_changed_appeared_vanished(past: Callable[..., Past], scratch: Path) -> None:
    with past() as writer:
        writer.clip_page(ONE, story("Lembang"))
        writer.page(TWO, story("Garut"))
        writer.clip_page(THREE, CHALLENGE, outcome="saved", title="Panen", text="Padi.")
    before = dump(writer.archive.catalog)
    found, tally = again(writer.archive, scratch)
    assert verdicts(found) == [("changed", ONE), ("appeared", TWO), ("vanished", THREE)]
    changed, appeared, vanished = found
    assert changed.before is not None
    assert (changed.before.title, changed.after.title) == ("Lembang", "Panen di Lembang")
    assert appeared.before is None
    assert vanished.before is not None
    assert (vanished.before.title, vanished.after.outcome) == ("Panen", "challenge")
    assert [tally.count(verdict, "uji") for verdict in ("changed", "appeared", "vanished")] == [1, 1, 1]
    assert dump(writer.archive.catalog) == before


def test_new_readings_go_beside_the_old_ones(past: Callable[..., Past], scratch: Path) -> None:
    with past() as writer:
        writer.clip_page(ONE, story("Lembang"))
        writer.page(TWO, story("Garut"))
        writer.clip_page(THREE, CHALLENGE, outcome="saved", title="Panen", text="Padi.")
    archive = writer.archive
    (old,) = archive.warc_files()
    was = old.read_bytes()
    assert keep_all(archive, scratch) == 2
    assert old.read_bytes() == was
    (new,) = set(archive.warc_files()) - {old}
    assert [record.ref.type for record in read_records(new)] == ["warcinfo", *["conversion", "metadata"] * 2]
    assert list(verify(archive.warc_files(), index_directory=archive.index)) == []
    with Catalog(archive.catalog, read_only=True) as catalog:
        (version,) = catalog.versions(ONE)
        assert version.article.title == "Panen di Lembang"
        assert version.article.captures[0].file == old.name
        assert catalog.article(TWO) is not None
        assert catalog.versions(THREE)[0].article.title == "Panen"
    before = dump(archive.catalog, ids=False)
    rebuild(archive)
    assert dump(archive.catalog, ids=False) == before
    assert keep_all(archive, scratch) == 0
    assert len(archive.warc_files()) == 2


def test_pages_are_joined_as_they_were(past: Callable[..., Past], scratch: Path) -> None:
    """The article and its second page lie in different files; the pages are no articles of their own."""
    first, second, third = stories().items()
    with past(prefix="b") as writer:
        writer.page(*second)
    with past(prefix="a", now=START + timedelta(hours=1)) as writer:
        one, three = writer.page(*first), writer.page(*third)
        writer.read(one, writer.reading(one, first[1], rightly=True))
    found, _ = again(writer.archive, scratch)
    assert verdicts(found) == [("changed", PAGES[0])]
    assert found[0].after.pages == PAGES
    assert found[0].after.complete
    assert found[0].after.captures[2].record_id == three.record_id
    keep_all(writer.archive, scratch)
    assert again(writer.archive, scratch)[0] == []


def test_pages_that_appear_are_one_article(past: Callable[..., Past], scratch: Path) -> None:
    with past() as writer:
        for url, answer in reversed(stories().items()):
            writer.page(url, answer)
    found, tally = again(writer.archive, scratch)
    assert verdicts(found) == [("appeared", PAGES[0])]
    assert tally.total("appeared") == 1


def test_a_page_that_is_missing_is_missed(past: Callable[..., Past], scratch: Path) -> None:
    answers = stories()
    del answers[PAGES[1]]
    with past() as writer:
        writer.clip_pages(stories())
        for url, answer in answers.items():
            writer.page(url.replace("/9", "/8"), Answer(answer.body.replace(b"/read/9", b"/read/8")))
    (finding,), _ = again(writer.archive, scratch)
    assert finding.after.url.endswith("/read/8")
    assert len(finding.after.pages) == 2
    assert not finding.after.complete


def test_one_article_is_found_under_one_address(past: Callable[..., Past], scratch: Path) -> None:
    """By what its page calls its own address, or because the page is the same."""
    known, new = long(story("Lembang", canonical=ONE)), story("Garut", canonical=TWO)
    with past() as writer:
        writer.clip_page(ONE, known, rightly=True)
        writer.page(f"{SITE}/read/11", story("Lembang", canonical=ONE, title="Salinan"))
        assert writer.page(f"{SITE}/read/12", known).type == "revisit"
        writer.page(TWO, new)
        writer.page(f"{SITE}/read/22", story("Garut", canonical=TWO, title="Salinan"))
    found, tally = again(writer.archive, scratch)
    assert verdicts(found) == [("appeared", TWO)]
    assert tally.captures["uji"].nothing == 2


def test_a_capture_that_repeats_an_article_changes_with_it(past: Callable[..., Past], scratch: Path) -> None:
    """A crawl keeps no reading of a capture whose article is as before; both are read otherwise today."""
    page = long(story("Lembang"))
    with past() as writer:
        writer.clip_page(ONE, page)
        writer.page(ONE, Answer(page.body + b"<!-- later -->"))
        assert writer.page(ONE, page).type == "revisit"
        writer.page(ONE, story("Lembang, setahun kemudian"))
    found, tally = again(writer.archive, scratch)
    assert [(finding.verdict, finding.after.title) for finding in found] == [
        ("changed", "Panen di Lembang"),
        ("changed", "Panen di Lembang, setahun kemudian"),
    ]
    assert tally.captures["uji"].same == 2
    assert tally.total("changed") == 1
    assert keep_all(writer.archive, scratch) == 2
    with Catalog(writer.archive.catalog, read_only=True) as catalog:
        assert [version.article.title for version in catalog.versions(ONE)] == [
            "Panen di Lembang",
            "Panen di Lembang, setahun kemudian",
        ]
    assert again(writer.archive, scratch)[0] == []


def test_only_one_outlet(past: Callable[..., Past], scratch: Path) -> None:
    with past() as writer:
        writer.clip_page(ONE, story("Lembang"))
        writer.page("https://lain.example/berita/1", story("Garut"))
    scratch.mkdir()
    for only, urls in (("uji", [ONE]), (None, [ONE, "https://lain.example/berita/1"])):
        with ThreadPoolExecutor(1) as pool:
            found = reextract(writer.archive, Config(outlets=MODULES), pool, scratch, Tally(), only=only)
            assert [finding.after.url for finding in found] == urls


def test_what_is_no_page_is_passed_over(past: Callable[..., Past], scratch: Path) -> None:
    with past() as writer:
        writer.page(ONE, Answer(story("Lembang").body, status=404))
        writer.page("https://lain.example/berita/1", Answer(b"%PDF-1.4 " + b"Panen padi " * 99))
    assert again(writer.archive, scratch)[0] == []


def test_a_damaged_file_gives_what_stands_before_the_damage(past: Callable[..., Past], scratch: Path) -> None:
    with past() as writer:
        writer.clip_page(ONE, story("Lembang"))
        writer.clip_page(TWO, story("Garut"))
    (path,) = writer.archive.warc_files()
    with Catalog(writer.archive.catalog, read_only=True) as catalog:
        place = catalog.record(catalog.versions(TWO)[0].record_id)
    assert place is not None
    os.truncate(path, place.offset + 50)
    found, tally = again(writer.archive, scratch)
    assert verdicts(found) == [("changed", ONE)]
    assert [problem.startswith(f"{path}: byte {place.offset}: ") for problem in tally.problems] == [True]


def test_a_capture_that_the_catalog_does_not_know(past: Callable[..., Past], scratch: Path) -> None:
    with past() as writer:
        writer.clip_page(ONE, story("Lembang"))
    writer.archive.catalog.unlink()
    with Catalog(writer.archive.catalog):
        pass
    found, tally = again(writer.archive, scratch)
    assert found == []
    assert len(tally.problems) == 1
    assert "kliping catalog rebuild" in tally.problems[0]


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_processes_find_the_same_in_the_same_order(past: Callable[..., Past], scratch: Path) -> None:
    for number in range(3):
        with past(prefix=f"{2 - number}", now=START + timedelta(hours=number)) as writer:
            writer.clip_page(f"{SITE}/read/{number}", story(f"Desa {number}"))
    alone, _ = again(writer.archive, scratch)
    assert [finding.after.url for finding in alone] == [f"{SITE}/read/{number}" for number in (2, 1, 0)]
    copies = ProcessPoolExecutor(2, get_context("fork"))  # which have loaded everything already
    together, tally = again(writer.archive, scratch, copies)
    assert together == alone
    assert tally.captures["uji"].changed == 3


def test_an_archive_that_cannot_be_written(
    past: Callable[..., Past], scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with past() as writer:
        writer.clip_page(ONE, story("Lembang"))
    found, _ = again(writer.archive, scratch)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with Keeper(writer.archive, Config(outlets=MODULES)) as keeper:
        monkeypatch.setattr("warc.output.write_all", full)
        with pytest.raises(CannotWriteError, match="No space left on device"):
            keeper.keep(found[0])
    assert len(writer.archive.warc_files()) == 1
