"""Which addresses are captured for a draft, once the first page is there."""

from __future__ import annotations

from archiver.drafting.gather import ARTICLES, further_addresses
from archiver.drafting.material import Material
from tests.drafting import site


def test_articles_that_the_page_links_to_and_the_sources_that_are_named() -> None:
    index = next(document for document in site.documents() if document.url.endswith("/indeks"))
    material = Material("muara.example", site.captures(0), (index,), ())
    further = list(further_addresses(index.url, material))
    stories = [site.address(number) for number in range(len(site.SUBJECTS))]
    assert sorted(further[: len(stories)]) == sorted(stories)
    assert further[len(stories) :] == [f"{site.SITE}/sitemap.xml"]
    assert len(stories) <= ARTICLES


def test_a_story_leads_to_others_and_to_its_feed() -> None:
    (first, *_) = site.documents()
    further = list(further_addresses(first.url, Material("muara.example", (), (first,), ())))
    assert further == [site.address(1), f"{site.SITE}/rss.xml"]
