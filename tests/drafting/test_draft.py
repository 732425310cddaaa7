"""An unknown site is drafted: what is found, what speaks for it, and what it is worth."""

from __future__ import annotations

import pytest

from archiver.drafting.document import read_document
from archiver.drafting.draft import Draft, draft
from archiver.drafting.proof import prove
from archiver.errors import NotFoundError
from archiver.extraction import extract
from archiver.outlet import Feed, Listing
from tests.drafting import site


@pytest.fixture(scope="module")
def drafted() -> Draft:
    return draft("muara", "muara.example", site.documents(), site.captures())


def test_a_story_is_read_as_a_reader_would(drafted: Draft) -> None:
    for number in range(len(site.SUBJECTS)):
        article = extract(site.capture(site.address(number), site.story(number)), drafted.outlet)
        assert article.layout == "article-2026"
        assert article.title == site.title(number)
        assert article.authors == (site.NAMES[number % 2],)
        assert article.published == f"2026-11-{10 + number}T08:30:00+07:00"
        assert article.text.split("\n\n") == site.lines(number)


def test_the_story_that_was_not_captured_is_read_too() -> None:
    early = draft("muara", "muara.example", site.documents(3), site.captures(3)).outlet
    article = extract(site.capture(site.address(4), site.story(4)), early)
    assert article.text.split("\n\n") == site.lines(4)
    assert early.wants(site.address(4))


def test_names_that_last_are_chosen(drafted: Draft) -> None:
    (layout,) = drafted.outlet.layouts
    assert (layout.body, layout.title) == (".isi-berita", (".judul-berita",))
    assert (layout.authors, layout.published) == ((".nama-penulis",), (".waktu-terbit",))
    assert dict(layout.drop) == {"related_inline": (".sisipan-terkait",), "promo": (".ajakan",)}


def test_sources_are_those_that_were_tried(drafted: Draft) -> None:
    feed, listing = drafted.outlet.sources
    assert feed == Feed(f"{site.SITE}/rss.xml")
    assert isinstance(listing, Listing)
    assert (listing.url, listing.links, listing.item, listing.dates) == (
        f"{site.SITE}/indeks",
        ".tautan-judul",
        "li",
        "time",
    )
    assert [item.source.url for item in drafted.untried] == [f"{site.SITE}/sitemap.xml"]


def test_the_outlet_knows_what_the_site_calls_itself(drafted: Draft) -> None:
    outlet = drafted.outlet
    assert (outlet.title, outlet.brand, outlet.language, outlet.utc_offset) == (
        "Kabar Muara",
        ("Kabar Muara",),
        "id",
        7,
    )
    assert outlet.wants(site.address(0))
    assert not outlet.wants(f"{site.SITE}/indeks")
    assert not outlet.wants(f"{site.SITE}/tentang-kami")


def test_pages_of_two_templates_are_two_layouts() -> None:
    new = [site.capture(site.address(number), site.story(number, body="konten-utama")) for number in (3, 4)]
    pages = [*site.documents(3), *map(read_document, new)]
    outlet = draft("muara", "muara.example", pages, []).outlet
    assert [layout.body for layout in outlet.layouts] == [".isi-berita", ".konten-utama"]
    assert [layout.name for layout in outlet.layouts] == ["article-2026", "article-2026-2"]


def test_the_proof_says_what_the_draft_makes_of_each_page(drafted: Draft) -> None:
    proofs = prove(drafted)
    assert [(proof.title, proof.date, proof.layout) for proof in proofs] == [(True, True, "article-2026")] * 5
    assert all(proof.more == () for proof in proofs)


def test_without_any_article_there_is_no_draft() -> None:
    pages = [read_document(site.capture("/indeks", site.index()))]
    with pytest.raises(NotFoundError, match=r"none of the 1 captured pages of muara\.example tells a story"):
        draft("muara", "muara.example", pages, [])


def test_names_that_a_build_tool_made_are_cut_to_what_lasts() -> None:
    hashed = [
        site.capture(site.address(number), site.story(number, body="Berita_isi__3kF2a9", judul="Berita_judul__x7Yz1q"))
        for number in range(3)
    ]
    (layout,) = draft("muara", "muara.example", list(map(read_document, hashed)), []).outlet.layouts
    assert (layout.body, layout.title) == ('[class*="Berita_isi__"]', ("h1",))
    rebuilt = site.story(3, body="Berita_isi__9pQ4rs", judul="Berita_judul__a1b2c3")
    outlet = draft("muara", "muara.example", list(map(read_document, hashed)), []).outlet
    assert extract(site.capture(site.address(3), rebuilt), outlet).text.split("\n\n")[:4] == site.lines(3)


def test_a_single_article_is_enough_for_a_draft() -> None:
    one = draft("muara", "muara.example", site.documents(1)[:1], [])
    article = extract(site.capture(site.address(1), site.story(1)), one.outlet)
    assert (article.title, article.layout) == (site.title(1), "article-2026")
    assert article.text.startswith(site.lines(1)[0])


def test_metadata_that_say_the_same_of_every_story_are_not_trusted() -> None:
    lying = [
        site.capture(site.address(number), site.story(number).replace(site.NAMES[number % 2], "Redaksi Kabar", 1))
        for number in range(4)
    ]
    assert draft("muara", "muara.example", list(map(read_document, lying)), []).outlet.distrust == {"jsonld:author"}
