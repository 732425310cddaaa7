"""Pictures with their captions and credits."""

from __future__ import annotations

from archiver.article import Image
from tests.extraction.pages import STORY, clip, html

SITE = "https://berita.contoh.id"


def photo(number: int, credit: str, caption: str) -> str:
    return f'<div class="foto"><img src="/{number}.jpg"><span class="juru">{credit}</span> {caption}</div>'


def test_a_credit_in_an_element_of_its_own_is_parted_from_each_caption() -> None:
    body = photo(1, "CONTOH/ANI", "Pasar dari udara") + f"<p>{STORY[0]}</p>" + photo(2, "CONTOH/BAYU", "Perahu sayur")
    article = clip(html(body), image=".isi .foto img", caption=".foto", credit=".foto .juru")
    assert article.images == (
        Image(f"{SITE}/1.jpg", "Pasar dari udara", "CONTOH/ANI"),
        Image(f"{SITE}/2.jpg", "Perahu sayur", "CONTOH/BAYU"),
    )
    assert article.text == STORY[0]


def test_a_credit_beside_the_first_picture_is_its_own() -> None:
    body = (
        f'<div class="kredit">Contoh/Ani</div><div class="foto"><img src="/1.jpg"><i>Perahu</i></div><p>{STORY[0]}</p>'
    )
    article = clip(html(body), image=".foto img", caption=".foto i", credit=".kredit")
    assert article.images == (Image(f"{SITE}/1.jpg", "Perahu", "Contoh/Ani"),)
