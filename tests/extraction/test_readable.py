"""readability-lxml's choice, mapped back to the original tree."""

from __future__ import annotations

from archiver.extraction import dom, readable
from archiver.extraction.dom import Page
from tests.extraction.pages import STORY

PARAGRAPHS = "".join(f"<p>{line}</p>" for line in STORY * 3)


def locate(body: str) -> str | None:
    text = f"<html><head><title>Judul</title></head><body>{body}</body></html>"
    page = Page(text)
    before = page.tree.html
    found = readable.locate(page, text)
    assert page.tree.html == before
    return dom.path(found) if found is not None else None


def test_it_finds_the_story() -> None:
    body = f'<div><a href="/">Beranda</a></div><div><div class="isi">{PARAGRAPHS}</div></div>'
    assert locate(body) == "/html[1]/body[1]/div[2]/div[1]"


def test_it_may_find_nothing() -> None:
    assert locate("") is None
