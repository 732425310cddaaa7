"""Which selectors name an element, and which of them last."""

from __future__ import annotations

from archiver.extraction.dom import Page
from archiver.healing.selectors import adapted, candidates, names_in

PAGE = Page(
    """
    <main class="halaman"><article id="post-48213" class="Berita_isi__x7Yz1q card-3">
      <h1 class="judul-berita">Judul</h1><p itemprop="author">Nama</p><p>Lain</p>
    </article></main>
    """
)


def queries(of: str) -> list[str]:
    node = PAGE.first(of)
    assert node is not None
    return [query for query, _ in candidates(node)]


def test_every_candidate_matches_its_element() -> None:
    for node in PAGE.all("main, article, h1, p"):
        for query, _ in candidates(node):
            assert any(found.mem_id == node.mem_id for found in PAGE.all(query)), query


def test_the_cheapest_first() -> None:
    assert queries("h1")[0] == ".judul-berita"
    assert queries("p")[0] == "[itemprop=author]"
    found = candidates(PAGE.all("p")[1])
    assert [cost for _, cost in found] == sorted(cost for _, cost in found)


def test_a_stem_lasts_longer_than_what_a_build_tool_makes_of_it() -> None:
    found = queries("article")
    assert found.index("[class*=Berita_isi__]") < found.index(".Berita_isi__x7Yz1q")
    assert found.index("article") < found.index("#post-48213")


def test_the_names_in_use() -> None:
    assert names_in([".isi > p, #utama .baca-juga:not(.iklan)"]) == {"isi", "utama", "baca-juga", "iklan"}


def test_a_selector_with_less_in_it() -> None:
    found = [query for query, _ in adapted("article.detail:not(.lain) .kotak:first-child a, #lama")]
    assert ".detail:not(.lain) .kotak:first-child a" in found
    assert ".kotak:first-child a" in found
    assert "#lama" in found
    assert [query for query, _ in adapted("h1 + p")] == ["h1 + p"]
