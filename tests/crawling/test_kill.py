"""A crawl that is killed at any moment loses no capture and no article, and the next one asks for none of them again.

`KLIPING_KILLS=50 python -m pytest tests/crawling/test_kill.py` tries fifty moments instead of two.
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from archiver.archive import Archive
from archiver.catalog import Catalog
from archiver.errors import ExitCode
from archiver.verification import verify_archive
from tests.crawling.conftest import LiveSite
from tests.crawling.support import kliping, listing, project, records_of, start_kliping, story
from tests.crawling.test_crawl import LOOPBACK, runs, until
from warc.errors import WarcReadError
from warc.read import Record, read_records

MOMENTS = int(os.environ.get("KLIPING_KILLS", "2"))
ARTICLES = 30


def whole_records(folder: Path) -> list[Record]:
    """What a kill left: all records up to the one that was being written."""
    found: list[Record] = []
    for path in (folder / "archive/warc").iterdir():
        try:
            for record in read_records(path):
                found.append(record)  # noqa: PERF402 - what comes before the damage counts
        except WarcReadError:
            continue
    return found


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_a_kill_at_any_moment_costs_nothing(site: LiveSite, tmp_path: Path, moment: int) -> None:
    chance = random.Random(moment)  # noqa: S311 - no secret
    urls = [f"/read/{number}" for number in range(ARTICLES)]
    site.answers = {"/index": listing(*urls)} | {
        url: story(f"Desa {url}", pages=(f"{url}?page=2",) if url.endswith("3") else ()) for url in urls
    }
    site.answers |= {f"{url}?page=2": story(f"Kota {url}") for url in urls if url.endswith("3")}
    folder = project(tmp_path, site.url)
    with start_kliping(folder, "crawl", "uji", *LOOPBACK, "-q") as process:
        count = chance.randrange(1, ARTICLES)
        until(lambda: len(site.asked) >= count or process.poll() is not None)
        time.sleep(chance.random() / 10)
        process.kill()
    left = whole_records(folder)
    saved = {record.ref.refers_to for record in left if record.get("Content-Type") == "application/json"}
    done = {record.ref.url for record in left if record.ref.record_id in saved}
    asked = len(site.asked)

    ran = kliping(folder, "crawl", "uji", *LOOPBACK)
    assert ran.returncode == ExitCode.OK, ran.stderr
    if any(account.finished is None for account in runs(folder)) and len(left) > 1:
        assert "which a killed run had left open" in ran.stderr
    archive = Archive.open(folder / "archive")
    assert list(verify_archive(archive)) == []
    kept = {record.ref.record_id for record in records_of(archive.root)}
    lost = [record.ref for record in left if record.ref.record_id not in kept and record.ref.type != "warcinfo"]
    assert [ref.type for ref in lost] in ([], ["conversion"])  # a text alone goes, its page is read again
    again = {f"{site.url}{path}" for path in site.asked[asked:]}
    assert not done & again
    with Catalog(archive.catalog, read_only=True) as catalog:
        assert {entry.article.url for entry in catalog.articles()} == {f"{site.url}{url}" for url in urls}
