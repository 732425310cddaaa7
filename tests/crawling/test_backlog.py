"""A long crawl of certain days: killed, and gone on with by the next run."""

from __future__ import annotations

from pathlib import Path

from archiver.archive import Archive
from archiver.catalog import Catalog
from archiver.crawling.pending import Pending
from archiver.errors import ExitCode
from archiver.verification import verify_archive
from tests.crawling.conftest import LiveSite
from tests.crawling.support import kliping, listing, project, start_kliping, story
from tests.crawling.test_crawl import LOOPBACK, runs, until

DATED = """
import re
from archiver.outlet import ByDate, Layout, Listing, Outlet

UJI = Outlet(
    name="uji", title="Uji", domains=("127.0.0.1",), article_url=re.compile(r"/read/\\d+"),
    back_catalogue=(ByDate(source=Listing("{site}/indeks/{{day}}", links="a.l", next="a.n")),),
    layouts=(Layout(name="test", body="div.body", title=("h1",), published=("time",), pager="a.pg"),),
)
"""
DAYS = ("--since", "2021-01-10", "--until", "2021-01-13")


def dated(folder: Path, site: LiveSite, *, slow: bool = False) -> list[str]:
    """A site with ten articles a day on two pages, the second of which names itself as the next one; their paths."""
    paths = []
    for day in range(10, 14):
        links = [f"/read/{day}{number}{'/slow' if slow else ''}" for number in range(10)]
        first, second = f"/indeks/2021-01-{day}", f"/indeks/2021-01-{day}?2"
        site.answers[first] = listing(*links[:6], more=second)
        site.answers[second] = listing(*links[6:], *links[:2], more=f"{second}2")
        site.answers[f"{second}2"] = listing(*links[6:], more=f"{second}22")  # the last page, for ever
        site.answers |= {path: story(f"Desa {path}") for path in links}
        paths += links
    (folder / "outlets_of_test.py").write_text(DATED.format(site=site.url))
    return paths


def test_all_days_are_read_newest_first_to_the_end_of_each_pager(site: LiveSite, tmp_path: Path) -> None:
    folder = project(tmp_path, site.url)
    paths = dated(folder, site)
    ran = kliping(folder, "crawl", "uji", *LOOPBACK, "-q", *DAYS)
    assert ran.returncode == ExitCode.OK, ran.stderr
    (account,) = runs(folder)
    assert account.counts == {"saved": len(paths)}
    assert account.days == ("2021-01-10", "2021-01-13")
    sources = [path for path in site.asked if path.startswith("/indeks/")]
    assert sources == [f"/indeks/2021-01-{day}{page}" for day in (13, 12, 11, 10) for page in ("", "?2", "?22")]
    asked = [path for path in site.asked if path.startswith("/read/")]
    assert {path[:8] for path in asked[:10]} == {"/read/13"}
    again = kliping(folder, "crawl", "uji", *LOOPBACK, *DAYS)
    assert runs(folder)[-1].counts == {"known": len(paths)}, again.stderr


def test_killed_it_goes_on_with_all_that_waits(site: LiveSite, tmp_path: Path) -> None:
    folder = project(tmp_path, site.url)
    paths = dated(folder, site, slow=True)
    with start_kliping(folder, "crawl", "uji", *LOOPBACK, *DAYS) as process:
        until(lambda: sum("slow" in path for path in site.asked) >= 5)
        process.kill()
    with Pending(folder / "archive/pending.db", read_only=True) as pending:
        left = pending.count()
    assert left >= 10  # those of the first day, and of what was read of the second
    site.hold.set()
    site.answers = {path: answer for path, answer in site.answers.items() if "slow" in path}
    (folder / "outlets_of_test.py").write_text(
        DATED.format(site=site.url).replace(
            "    back", f"    sources=(Listing('{site.url}/none', links='a'),),\n    back"
        )
    )
    ran = kliping(folder, "crawl", "uji", *LOOPBACK, "-q")
    assert ran.returncode == ExitCode.PARTIAL, ran.stderr  # its only source is not there
    last = runs(folder)[-1]
    assert (last.counts, last.pending) == ({"saved": left}, 0)
    with Catalog(folder / "archive/catalog.db", read_only=True) as catalog:
        kept = {entry.article.url.removeprefix(site.url) for entry in catalog.articles()}
    assert len(kept) == left
    assert set(paths[-10:]) <= kept <= set(paths)
    assert list(verify_archive(Archive.open(folder / "archive"))) == []


def test_days_that_nobody_can_mean(site: LiveSite, tmp_path: Path) -> None:
    folder = project(tmp_path, site.url)
    turned = kliping(folder, "crawl", "uji", *LOOPBACK, "--since", "2021-01-13", "--until", "2021-01-10")
    assert turned.returncode == ExitCode.USAGE
    assert "turn them round" in turned.stderr
    half = kliping(folder, "crawl", "uji", *LOOPBACK, "--until", "2021-01-10")
    assert half.returncode == ExitCode.USAGE
    assert "needs --since" in half.stderr
