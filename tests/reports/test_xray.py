"""The drawing: complete, true to the article, and loading nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup, Tag

from archiver.article import Article
from archiver.capture import Capture
from archiver.extraction import extract, join
from archiver.reports.xray import draw
from tests.extraction.pages import STORY, URL, html, outlet

RELATED = '<div class="terkait"><a href="/2020/01/02/lain">Judul lain</a> 3 Januari 2020</div>'


def capture(page: str, url: str = URL) -> Capture:
    return Capture(url, page.encode(), (), datetime(2020, 3, 5, tzinfo=UTC))


def drawn(page: Capture, article: Article | None = None) -> BeautifulSoup:
    return BeautifulSoup(draw(article or extract(page, outlet()), [page]), "lxml")


def rows(soup: BeautifulSoup, fate: str) -> list[Tag]:
    return soup.select(f".row.{fate}")


def folded(element: Tag | None) -> str:
    assert element is not None
    for tip in element.select(".tip"):
        tip.extract()
    return " ".join(element.get_text().split())


def test_text_and_clipping_stand_side_by_side() -> None:
    soup = drawn(capture(html(f"<p>KARANG - {STORY[0]}</p><h3>Besok</h3><ul><li>ikan</li><li>sayur</li></ul>")))
    kept = rows(soup, "kept")
    assert [folded(row.select_one(".source")) for row in kept] == [
        "Pasar Apung Karang Dibuka Lagi",
        f"KARANG - {STORY[0]}",
        "Besok",
        "ikan sayur",
    ]
    assert folded(kept[0].select_one(".clip h2")) == "Pasar Apung Karang Dibuka Lagi"
    assert [folded(kind) for kind in kept[1].select(".kind")] == ["dateline", "paragraph"]
    assert [folded(clip) for clip in kept[1].select(".clip")] == ["KARANG -", STORY[0]]
    assert [item.get_text() for item in kept[3].select(".clip li")] == ["ikan", "sayur"]


def test_what_was_cut_is_told_with_its_rule_and_links() -> None:
    (row,) = rows(drawn(capture(html(around=RELATED))), "removed")
    assert folded(row.select_one(".kind")) == "related list"
    assert "✂ 5 words .terkait 1 link kept as data" in folded(row.select_one(".clip"))
    assert "https://berita.contoh.id/2020/01/02/lain" in folded(row.select_one(".items"))


def test_kind_and_rule_show_on_hover_and_on_focus() -> None:
    soup = drawn(capture(html(around=RELATED)))
    passage = soup.select_one(".passage.removed")
    assert passage is not None
    assert passage["tabindex"] == "0"
    tip = folded(passage.select_one(".tip"))
    assert tip.startswith("removed · related list rule .terkait /html[1]/body[1]/")
    style = soup.select_one("style")
    assert style is not None
    assert "[tabindex]:hover > .tip, [tabindex]:focus > .tip" in style.get_text()


def test_counts() -> None:
    soup = drawn(capture(html(around=RELATED)))
    counts = {folded(head).split()[1]: int(folded(head).split()[0]) for head in soup.select(".counts h2")}
    body = sum(len(line.split()) for line in STORY)
    assert counts == {"kept": body + 5, "re-routed": 3 + 6, "removed": 5, "outside": 3}
    kinds = [folded(item) for item in soup.select(".counts li")]
    assert f"paragraph {body}" in kinds
    assert "related list 5" in kinds


def test_facts_come_with_their_evidence() -> None:
    facts = {
        folded(row.select_one("th")): [folded(cell) for cell in row.select("td")]
        for row in drawn(capture(html())).select(".facts tr")
    }
    assert facts["authors"] == ["Bayu Segara", "css:.penulis"]
    assert facts["published"] == ["2020-03-04T09:15:00+07:00", "css:.tanggal"]


def test_it_loads_nothing_and_runs_nothing() -> None:
    hostile = "<p>Baca &lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=alert(2)&gt; di sini.</p>"
    page = capture(
        html(hostile + f"<p>{STORY[0]}</p>", around='<div class="terkait"><a href="javascript:x">y</a></div>')
    )
    soup = drawn(page)
    assert "<script>alert(1)</script>" in soup.get_text()
    assert soup.select("script, img, iframe, link, object, [onerror], [src], [style*=url]") == []
    assert "url(" not in str(soup.select_one("style"))
    assert all(re.match("https?://", str(link["href"])) for link in soup.select("[href]"))
    policy = soup.select_one("meta[http-equiv=Content-Security-Policy]")
    assert policy is not None
    assert "default-src 'none'" in str(policy["content"])


def test_all_pages_of_a_joined_article() -> None:
    pages = [
        capture(html(f"<p>{STORY[0]}</p>", around=f'<a href="{URL}?page=2">2</a>')),
        capture(html(f"<p>{STORY[1]}</p>", around=f'<a href="{URL}">1</a>'), f"{URL}?page=2"),
    ]
    article = join([extract(page, outlet()) for page in pages])
    soup = BeautifulSoup(draw(article, pages[::-1]), "lxml")
    assert [folded(head) for head in soup.select(".pagehead")] == [f"Page 1 of 2 {URL}", f"Page 2 of 2 {URL}?page=2"]
    first, second = soup.select(".sheet")
    assert STORY[0] in folded(first)
    assert STORY[1] in folded(second)
    assert "title repeated on a later page" in folded(second)


def test_a_page_that_is_no_article_says_why() -> None:
    page = capture(
        "<html><head><title>404 Not Found</title></head><body><h1>Halaman tidak ditemukan</h1></body></html>"
    )
    soup = drawn(page)
    assert folded(soup.select_one(".badges .bad")) == extract(page, outlet()).outcome.replace("_", " ")
    assert extract(page, outlet()).evidence["outcome"] in folded(soup.select_one(".remark"))


@pytest.mark.parametrize("body", [b"", b"   ", b"<p hidden>x</p>"])
def test_a_page_without_text(body: bytes) -> None:
    page = Capture(URL, body)
    assert "The page has no visible text." in drawn(page).get_text()


def test_a_title_that_the_page_does_not_print() -> None:
    page = html(head='<meta property="og:title" content="Pasar Apung Karang Dibuka Lagi">')
    soup = drawn(capture(page.replace("<h1>Pasar Apung Karang Dibuka Lagi</h1>", "")))
    assert folded(soup.select_one(".clip h2")) == "Pasar Apung Karang Dibuka Lagi"
    assert "meta:og:title" in folded(soup.select_one(".row.kept .source"))


def test_a_piece_without_a_place_is_said() -> None:
    page = capture(html())
    article = extract(page, outlet())
    elsewhere = capture(html(f"<p>{STORY[0]}</p>"))
    soup = drawn(elsewhere, article)
    lost = [folded(row) for row in rows(soup, "kept") if "Not located on the page" in row.get_text()]
    assert len(lost) == 2
    assert STORY[1] in lost[0]


def test_the_same_article_is_drawn_the_same() -> None:
    page = capture(html(around=RELATED))
    assert draw(extract(page, outlet()), [page]) == draw(extract(page, outlet()), [page])
