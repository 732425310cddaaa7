"""What an address tells of the article at it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.discovery.addresses import first_page, main_address, untracked
from archiver.outlet import Outlet

PAPER = Outlet(
    name="kabar",
    title="Kabar",
    domains=("contoh.test",),
    article_url=re.compile(r"/(?:read|amp)/\d+|/view\?page=\d+"),
    twins=((re.compile(r"//m\.contoh\.test/"), "//contoh.test/"), (re.compile(r"/amp/(\d+)"), r"/read/\1")),
)


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("?utm_source=rss&utm_medium=feed", ""),
        ("?id=7&fbclid=Iw&page=2", "?id=7&page=2"),
        ("?GCLID=1&a", "?a"),
        ("?ref=home&source=x", "?ref=home&source=x"),
        ("?q=a%20b+c&&x=", "?q=a%20b+c&&x="),
        ("?utm=1", "?utm=1"),
    ],
)
def test_what_marks_a_campaign_goes_and_nothing_else(query: str, left: str) -> None:
    assert untracked("https://contoh.test/read/1" + query) == "https://contoh.test/read/1" + left


@given(st.text(alphabet="?&=#/%ab1_utm.", max_size=20))
def test_no_more_than_once(tail: str) -> None:
    url = f"https://contoh.test/{tail}"
    assert untracked(untracked(url)) == untracked(url)


@pytest.mark.parametrize(
    ("url", "first"),
    [
        ("https://contoh.test/read/1?page=3", "https://contoh.test/read/1"),
        ("https://contoh.test/read/1?page=all&x=1", "https://contoh.test/read/1?x=1"),
        ("https://contoh.test/read/1?page=berita", "https://contoh.test/read/1?page=berita"),
        ("https://contoh.test/view?page=12345", "https://contoh.test/view?page=12345"),  # the page is the article
        ("https://contoh.test/read/1?onpage=3", "https://contoh.test/read/1?onpage=3"),
    ],
)
def test_a_further_page_is_of_the_article_that_begins_without_it(url: str, first: str) -> None:
    assert first_page(url, PAPER) == first


@pytest.mark.parametrize(
    "url",
    [
        "https://contoh.test/read/1",
        "https://contoh.test/amp/1",
        "https://m.contoh.test/read/1",
        "https://m.contoh.test/amp/1?page=2",
    ],
)
def test_amp_and_mobile_pages_have_one_main_address(url: str) -> None:
    assert main_address(url, PAPER) == "https://contoh.test/read/1"


def test_what_would_be_no_article_is_nobodys_twin() -> None:
    assert main_address("https://contoh.test/amp/video", PAPER) == "https://contoh.test/amp/video"
