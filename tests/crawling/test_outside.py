"""An outlet that lies in a folder of its own is crawled, replayed and read as the built-in ones are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.crawling.conftest import LiveSite
from tests.crawling.support import OUTLET_FILE, kliping, listing, scrapy, story

LIVE = ("--allow-private", "--delay", "0", "--archive", "archive")


@pytest.fixture
def folder(site: LiveSite, tmp_path: Path) -> Path:
    """A working directory without kliping.toml, an outlet file in `outlets`, and its site with two stories."""
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets" / "uji.py").write_text(OUTLET_FILE.format(site=site.url))
    site.answers = {"/index": listing("/read/1", "/read/2"), "/read/1": story("kopi"), "/read/2": story("teh")}
    return tmp_path


def test_every_command_takes_it(folder: Path, site: LiveSite) -> None:
    outside = ("--outlets", "outlets")
    ran = kliping(folder, "crawl", "uji", *LIVE, *outside)
    assert ran.returncode == 0, ran.stderr
    assert "      2  saved" in ran.stdout
    (warc,) = folder.glob("archive/warc/*.warc.gz")
    asked = len(site.asked)
    replayed = kliping(folder, "replay", str(warc), "--archive", "second", *outside)
    assert (replayed.returncode, "      2  saved" in replayed.stdout) == (0, True)
    assert len(site.asked) == asked
    ran = kliping(folder, "extract", str(warc), *outside)
    rows = [json.loads(line) for line in ran.stdout.splitlines()]
    assert {(row["outlet"], row["layout"], row["method"]) for row in rows} == {("uji", "test", "layout")}
    again = kliping(folder, "reextract", "archive", "--workers", "2", *outside)
    assert "uji\t2\t2\t0\t0\t0\t0" in again.stdout.splitlines(), again.stderr
    drawn = kliping(folder, "xray", str(warc), "--url", f"{site.url}/read/1", "-o", "x.html", *outside)
    assert drawn.returncode == 0
    captured = kliping(folder, "capture", f"{site.url}/read/2", *LIVE, *outside)
    assert "      1  unchanged" in captured.stdout
    assert "uji\tUji\t127.0.0.1\ttest" in kliping(folder, "outlets", *outside).stdout.splitlines()


def test_scrapy_finds_the_folders_of_the_configuration(folder: Path) -> None:
    (folder / "kliping.toml").write_text('outlets = []\noutlet_dirs = ["outlets"]\n')
    assert scrapy(folder, "list").stdout.split() == ["uji"]
    ran = scrapy(folder, "crawl", "uji", "-s", "KLIPING_ALLOW_PRIVATE=1", "-s", "DOWNLOAD_DELAY=0")
    assert ran.returncode == 0, ran.stderr
    assert len(list(folder.glob("archive/warc/*.warc.gz"))) == 1


def test_a_broken_file_stops_a_command_with_its_line(folder: Path) -> None:
    (folder / "outlets" / "rusak.py").write_text("from archiver.outlet import Outlet\n\nX = Outlet(nam='x')\n")
    ran = kliping(folder, "outlets", "--outlets", "outlets")
    assert ran.returncode == 78
    assert "rusak.py, line 3: TypeError" in ran.stderr
    assert "Traceback" not in ran.stderr
