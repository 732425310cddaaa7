"""`kliping outlet`: an unknown site becomes an outlet file with fixtures; lint and passport of what there is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.crawling import support
from tests.crawling.conftest import LiveSite, site
from tests.crawling.support import Answer, write_warc
from tests.drafting import site as muara
from tests.linting.support import fixtures

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Done

    Kliping = Callable[..., Done]

__all__ = ["site"]

UJI = """
import re
from archiver.outlet import Layout, Listing, Outlet

UJI = Outlet(
    name="uji", title="Uji", domains=("uji.example",), article_url=re.compile(r"/read/\\d+"),
    sources=(Listing("https://uji.example/index", links="a.l"),),
    layouts=(Layout(name="test", body="div.body", title=("h1",), authors=(".penulis",)),),
)
"""

STORIES = range(len(muara.SUBJECTS))


@pytest.fixture
def captured(tmp_path: Path) -> Path:
    """A WARC file with the site of `tests.drafting.site`."""
    answers = {each.url.removeprefix(muara.SITE): Answer(each.body, content_type=each.headers[0][1])
               for each in muara.captures()}  # fmt: skip
    return write_warc(tmp_path / "captured", answers, site=muara.SITE)


def test_an_outlet_is_drafted_from_a_warc_file(kliping: Kliping, captured: Path) -> None:
    done = kliping("outlet", "new", "muara", f"{muara.SITE}/indeks", "--from", captured)
    assert done.code == 0, done.err
    rows = [line.split("\t") for line in done.out.splitlines() if "\t" in line]
    assert rows[0] == ["layout", "title", "date", "lines", "page"]
    assert {tuple(row[:3]) for row in rows[1:]} == {("article-2021", "as declared", "as declared")}
    assert 'body=".isi-berita"' in Path("outlets/muara.py").read_text()
    assert len(list(Path("fixtures/muara").glob("*.warc.gz"))) == 2
    assert 'outlet_dirs = ["outlets"]' in done.err
    assert "kliping fixture accept muara/" in done.err


def test_the_draft_is_an_outlet_like_any_other(kliping: Kliping, captured: Path) -> None:
    Path("kliping.toml").write_text('outlet_dirs = ["mine"]\n')
    Path("mine").mkdir()
    assert kliping("outlet", "new", "muara", muara.SITE, "--from", captured, "--quiet").code == 0
    rows = kliping("extract", captured).rows()
    assert {row["url"] for row in rows} == {muara.address(number) for number in STORIES}
    assert [row["text"].split("\n\n") for row in rows] == [muara.lines(number) for number in STORIES]
    checked = kliping("outlet", "check", "muara")
    assert (checked.code, checked.out) == (0, "")
    again = kliping("outlet", "new", "muara", muara.SITE, "--from", captured)
    assert (again.code, "mine/muara.py is there already" in again.err) == (73, True)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("tempo", "https://www.muara.example/"), 64, "there is an outlet 'tempo' already, in"),
        (("baru", "https://news.detik.com/"), 64, "is a page of the outlet 'detik'"),
        (("9kabar", "https://www.muara.example/"), 64, "'9kabar' is no name for an outlet"),
        (("muara", "muara"), 64, "is no web address"),
        (("lain", "https://www.lain.example/"), 66, "there is no page of lain.example in"),
    ],
)
def test_what_cannot_be_drafted(
    kliping: Kliping, captured: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = kliping("outlet", "new", *arguments, "--from", captured)
    assert (done.code, said in done.err) == (code, True), done.err
    assert not Path("outlets").exists()


def test_a_site_is_captured_politely_and_drafted(site: LiveSite, tmp_path: Path) -> None:
    site.answers = {
        each.url.removeprefix(muara.SITE): Answer(
            each.body.replace(muara.SITE.encode(), site.url.encode()), content_type=each.headers[0][1]
        )
        for each in muara.captures()
    }
    ran = support.kliping(tmp_path, "outlet", "new", "muara", f"{site.url}/indeks", "--allow-private", "--delay", "0")
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr.count("capturing http") == 1 + len(STORIES) + 2  # the page, its stories, a sitemap and a feed
    assert len(list((tmp_path / "fixtures" / "muara").glob("*.warc.gz"))) == 2
    assert f'Feed("{site.url}/rss.xml")' in (tmp_path / "outlets" / "muara.py").read_text()
    assert (tmp_path / "drafts" / "muara" / "warc").is_dir()
    crawled = support.kliping(tmp_path, "crawl", "muara", "--outlets", "outlets", "--allow-private", "--delay", "0")
    assert f"{len(STORIES):7}  saved" in crawled.stdout, crawled.stderr


def test_an_address_that_gives_no_page_is_told_with_its_outcome(site: LiveSite, tmp_path: Path) -> None:
    ran = support.kliping(tmp_path, "outlet", "new", "muara", f"{site.url}/tiada", "--allow-private", "--delay", "0")
    assert (ran.returncode, f"{site.url}/tiada gave no page (gone): name one that does" in ran.stderr) == (66, True)
    assert not (tmp_path / "outlets").exists()


@pytest.fixture
def uji(tmp_path: Path) -> None:
    """The folder of `tests.linting.support`, with the outlet in a file; the byline's selector is dead."""
    fixtures(tmp_path)
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets" / "uji.py").write_text(UJI)
    (tmp_path / "kliping.toml").write_text('outlets = []\noutlet_dirs = ["outlets"]\n')


@pytest.mark.usefixtures("uji")
def test_findings_end_in_code_2_and_can_be_let_stand(kliping: Kliping) -> None:
    done = kliping("outlet", "check")
    assert (done.code, done.out) == (
        2,
        "uji: dead: authors .penulis: matches nothing in any fixture; stands in test\n",
    )
    assert kliping("outlet", "check", "uji", "--accept", " ").code == 64
    assert kliping("outlet", "check", "--accept", "reason").code == 64
    assert kliping("outlet", "check", "uji", "--accept", "no page of ours has a byline").code == 0
    after = kliping("outlet", "check")
    assert (after.code, "uji: 1 finding let stand" in after.err) == (0, True)
    shown = kliping("outlet", "check", "--accepted").out
    assert "(let stand: no page of ours has a byline)" in shown
    Path("outlets/uji.py").write_text(Path("outlets/uji.py").read_text().replace('authors=(".penulis",)', ""))
    assert "'dead authors .penulis' is not found any more" in kliping("outlet", "check").err


@pytest.mark.usefixtures("uji")
def test_a_selector_that_is_no_css_stops_all_commands_but_this_one(kliping: Kliping) -> None:
    path = Path("outlets/uji.py")
    path.write_text(path.read_text().replace(".penulis", "div..x"))
    assert kliping("outlets").code == 78
    done = kliping("outlet", "check")
    assert (done.code, done.out) == (2, "uji: invalid: test authors div..x: is no CSS: the parser does not know it\n")


@pytest.mark.usefixtures("uji")
def test_a_passport_for_people_and_for_programs(kliping: Kliping) -> None:
    lines = kliping("outlet", "passport", "uji").out.splitlines()
    assert lines[0] == "Uji (uji)  uji.example"
    assert lines[1] == "  tier     none; the next asks: `kliping outlet check` finds nothing"
    assert "  layout   test  seen 2021-01-13 in 2 fixtures" in lines
    data = kliping("outlet", "passport", "uji", "--json").json()
    assert (data["tier"], data["findings"], data["practice"]) == ("none", ["dead authors .penulis"], None)
    assert kliping("outlet", "passport", "lain").code == 64


@pytest.mark.usefixtures("uji")
def test_a_passport_with_what_an_archive_knows(kliping: Kliping) -> None:
    Path("archive/warc").mkdir(parents=True)
    assert kliping("catalog", "rebuild", "archive").code == 0
    out = kliping("outlet", "passport", "uji", "--archive", "archive").out
    assert "  last run no good one\n" in out
    assert "  usual    nothing is learnt yet\n" in out
