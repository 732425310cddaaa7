"""The pattern of article addresses, from a handful of them."""

from __future__ import annotations

import re

import pytest

from archiver.drafting.addresses import alike, learn, likely

SITE = "https://www.muara.example"


@pytest.mark.parametrize(
    ("articles", "pattern"),
    [
        (
            ("/berita/2026/11/09/satu-dua-tiga-12.html", "/berita/2026/12/10/empat-lima-enam-13.html"),
            r"/berita/\d{4}/\d{2}/\d{2}/[\w.%-]+\.html/?(?:\?|$)",
        ),
        (("/read/123456/satu-dua-tiga", "/read/99/empat-lima-enam"), r"/read/\d+/[\w.%-]+/?(?:\?|$)"),
        (("/ekonomi/satu-dua-12345", "/olahraga/tiga-empat-12346"), r"/[\w-]+/[\w-]+-\d+/?(?:\?|$)"),
        (("/12345-satu-dua", "/12346-tiga-empat"), r"/\d+-[\w-]+/?(?:\?|$)"),
    ],
)
def test_what_is_common_stays_and_the_rest_is_told_by_its_make(articles: tuple[str, ...], pattern: str) -> None:
    learnt = learn([SITE + path for path in articles], [])
    assert learnt.pattern == r"^https?://[^/]+" + pattern
    assert not learnt.missed


def test_addresses_of_two_shapes_are_alternatives() -> None:
    articles = [f"{SITE}/read/123456/satu-dua-tiga", f"{SITE}/foto/2026/satu-dua-tiga-9", f"{SITE}/read/1/a-b-c"]
    learnt = learn(articles, [])
    assert learnt.articles == tuple(articles)
    assert all(re.search(learnt.pattern, url) for url in articles)


def test_what_it_takes_wrongly_is_told() -> None:
    others = [f"{SITE}/tentang", f"{SITE}/berita/2026/11/10/ketentuan-untuk-pengguna.html"]
    learnt = learn([f"{SITE}/berita/2026/11/09/satu-dua-tiga.html"], others)
    assert (learnt.others, learnt.wrong) == (2, (others[1],))


def test_links_of_the_same_shape_are_articles_too() -> None:
    links = [f"{SITE}/read/7/x-y-z", f"{SITE}/tag/x", f"{SITE}/a/b/c"]
    assert alike([f"{SITE}/read/1/a-b-c"], links) == links[:1]


def test_the_commonest_shape_of_links_is_tried_first() -> None:
    links = [f"{SITE}/indeks", f"{SITE}/topik/apa-saja-ini", f"{SITE}/read/1/a-b-c", f"{SITE}/read/2/d-e-f"]
    assert likely(links) == [*links[2:], links[1]]
