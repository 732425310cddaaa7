"""Drop rules: by name, by links, by repetition, and never at the cost of a paragraph."""

from __future__ import annotations

from archiver.drafting.container import prose
from archiver.drafting.document import Document
from archiver.drafting.junk import Drop, drops, texts_on_pages
from tests.drafting.pages import PROSE, page


def pages(extra: str, *, count: int = 2) -> list[Document]:
    """Stories of their own, each with the same extra in its container."""
    bodies = {
        word: f'<p>{word}: {PROSE}</p>{extra}<p class="tutup">{word} {PROSE}</p>'
        for word in ("kopi", "teh", "susu")[:count]
    }
    return [
        page(f'<h1>Judul {word}</h1><div class="isi">{body}</div>', path=f"/{word}.html")
        for word, body in bodies.items()
    ]


def found(documents: list[Document]) -> list[Drop]:
    return drops(documents, ".isi", prose(documents), texts_on_pages(documents))


def test_what_calls_itself_junk() -> None:
    (rule,) = found(pages('<div class="share-bar">Bagikan</div>'))
    assert (rule.kind, rule.selector, rule.pages) == ("share", ".share-bar", 2)


def test_links_to_other_stories() -> None:
    link = '<a href="/berita/tiga-empat-lima.html">Tiga Empat Lima</a>'
    (one,) = found(pages(f'<div class="sisipan">{link}</div>', count=1))
    assert (one.kind, one.selector, one.reason) == ("related_inline", ".sisipan", "links to other stories")
    (many,) = found(pages(f'<div class="sisipan">{link}{link}</div>', count=1))
    assert many.kind == "related_list"


def test_words_that_several_pages_repeat() -> None:
    (rule,) = found(pages('<p class="ajakan">Unduh aplikasi kami sekarang juga</p>', count=3))
    assert (rule.kind, rule.selector, rule.reason) == ("promo", ".ajakan", "the same words on 3 pages")


def test_a_rule_never_takes_a_paragraph_of_any_page() -> None:
    assert found(pages('<p class="tutup">Unduh aplikasi kami sekarang juga</p>')) == []


def test_what_has_no_lasting_name_has_no_rule() -> None:
    assert found(pages("<p>Unduh aplikasi kami sekarang juga</p>")) == []
    assert found(pages('<p class="css-1x9y2z">Unduh aplikasi kami sekarang juga</p>')) == []
