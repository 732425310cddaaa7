"""Facts that pages declare and print."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archiver.capture import Capture
from archiver.extraction import extract
from tests.extraction.pages import URL, clip, html, outlet


@pytest.mark.parametrize(("distrust", "language"), [(frozenset(), "en"), (frozenset({"html:lang"}), "id")])
def test_a_page_may_lie_about_its_language(distrust: frozenset[str], language: str) -> None:
    page = html().replace('<html lang="id">', '<html lang="en">')
    assert extract(Capture(URL, page.encode()), replace(outlet(), distrust=distrust)).language == language


def test_a_source_is_named_without_its_label() -> None:
    article = clip(html(around='<div class="sumber">Sumber : Kantor Cuaca</div>'), source=(".sumber",))
    assert (article.source, article.evidence["source"]) == ("Kantor Cuaca", "css:.sumber")


@pytest.mark.parametrize(
    ("author", "authors"),
    [
        ("Kabar Rimba Media", ()),
        ("KABARRIMBA.EXAMPLE", ()),
        ("Rimba Kabariyanto", ("Rimba Kabariyanto",)),
        ("News Kartika", ("News Kartika",)),  # "news" is too short to be known as the site's name
    ],
)
def test_the_site_is_no_author(author: str, authors: tuple[str, ...]) -> None:
    page = html(head=f'<meta name="author" content="{author}">').replace("Bayu Segara, Jurnalis", "")
    article = extract(Capture("https://news.kabarrimba.example/2020/pasar", page.encode()))
    assert article.authors == authors
