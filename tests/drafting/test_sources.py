"""Where an unknown site says what is new."""

from __future__ import annotations

from archiver.drafting.document import read_document
from archiver.drafting.sources import listing, named_sources, proven, sitemap_lines, untried
from archiver.outlet import Feed, Listing, NewsSitemap
from tests.drafting import site

ARTICLES = [site.address(number) for number in range(len(site.SUBJECTS))]


def test_sources_are_named_by_heads_and_robots_and_seen_among_the_captures() -> None:
    sitemap = site.capture("/peta.xml", "<urlset><url><loc>x</loc></url></urlset>", "application/xml")
    found = named_sources(site.documents(), [*site.captures(), sitemap], "muara.example")
    assert [item.source for item in found] == [
        Feed(f"{site.SITE}/rss.xml"),
        NewsSitemap(f"{site.SITE}/sitemap.xml"),
        NewsSitemap(f"{site.SITE}/peta.xml"),
    ]


def test_a_feed_of_one_story_or_of_another_site_is_none_of_the_outlet() -> None:
    own = f'href="{site.address(0)}feed/"'
    page = read_document(site.capture(site.address(0), site.story(0).replace('href="/rss.xml"', own)))
    other = read_document(
        site.capture(site.address(1), site.story(1).replace('href="/rss.xml"', 'href="https://lain.example/rss"'))
    )
    assert named_sources([page, other], [], "muara.example") == []


def test_a_source_counts_by_what_it_names() -> None:
    empty = site.capture("/kosong.xml", "<rss version='2.0'><channel></channel></rss>", "text/xml")
    captures = [*site.captures(), empty]
    proposed = named_sources(site.documents(), captures, "muara.example")
    (only,) = proven(proposed, captures, ARTICLES)
    assert only.source == Feed(f"{site.SITE}/rss.xml")
    assert only.reason.endswith("names 5 addresses, 5 of the captured articles")
    assert [item.source.url for item in untried(proposed, captures)] == [f"{site.SITE}/sitemap.xml"]


def test_a_sitemap_of_news_is_named_first() -> None:
    robots = site.capture("/robots.txt", "Sitemap: /a.xml\nsitemap: /news-b.xml\nAllow: /\n", "text/plain")
    assert list(sitemap_lines(robots)) == [f"{site.SITE}/news-b.xml", f"{site.SITE}/a.xml"]


def test_an_index_gives_a_selector_for_its_links() -> None:
    found = listing(read_document(site.capture("/indeks", site.index())), ARTICLES)
    assert found is not None
    assert found.source == Listing(f"{site.SITE}/indeks", links=".tautan-judul", item="li", dates="time")
    assert found.reason == "5 links to articles, 0 others"


def test_a_page_with_few_links_to_articles_is_no_index() -> None:
    assert listing(read_document(site.capture("/indeks", site.index())), ARTICLES[:2]) is None
