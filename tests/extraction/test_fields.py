"""Titles: as a heading, as any element, in the metadata alone."""

from __future__ import annotations

import pytest

from archiver.extraction.fields import strip_suffix
from tests.extraction.pages import clip, html

TITLE = "Pasar Apung Karang Dibuka Lagi"
OG = '<meta property="og:title" content="{}">'


def test_a_title_that_stands_in_no_heading_is_found_and_is_no_part_of_the_text() -> None:
    page = html(head=OG.format(TITLE)).replace(f"<h1>{TITLE}</h1>", f'<div class="kop">{TITLE}</div>')
    article = clip(page, title=(), area=None)
    assert (article.title, article.evidence["title"]) == (TITLE, "css:div")
    assert TITLE not in article.text
    assert article.published == "2020-03-04T09:15:00+07:00"


def test_a_link_with_the_title_is_not_the_title() -> None:
    page = html(head=OG.format(TITLE)).replace(f"<h1>{TITLE}</h1>", f'<div><a href="/">{TITLE}</a></div>')
    assert clip(page, title=(), area=None).evidence["title"] == "meta:og:title"


@pytest.mark.parametrize(
    "declared",
    [f"{TITLE} - Contoh", f"Contoh: {TITLE}", f"CONTOH.ID: {TITLE} | Contoh", f"{TITLE} - Halaman 2 - Contoh"],
)
def test_a_declared_title_is_freed_of_the_sites_name(declared: str) -> None:
    page = html(head=OG.format(declared)).replace(f"<h1>{TITLE}</h1>", "")
    assert clip(page, title=()).title == TITLE


def test_a_colon_within_a_title_stays() -> None:
    assert strip_suffix("Karang: Pasar Dibuka", ("Contoh",)) == "Karang: Pasar Dibuka"


def test_of_two_meta_elements_with_keywords_the_first_is_the_articles() -> None:
    head = '<meta name="keywords" content="pasar, apung"><meta name="keywords" content="berita, olahraga">'
    assert clip(html(head=head)).tags == ("pasar", "apung")
