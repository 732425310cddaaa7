"""Offsets of an article of several pages: each part's in its own page."""

from __future__ import annotations

from archiver.article import Block, Rerouted
from archiver.capture import Capture
from archiver.extraction import extract, join
from archiver.extraction.charset import decode
from archiver.extraction.offsets import offsets
from tests.extraction.pages import STORY, URL, html, outlet


def test_each_part_is_found_in_its_own_page() -> None:
    bodies = (f"<p>{STORY[0]}</p>", f"<p>{STORY[1]}</p><p>{STORY[2]}</p>")
    captures = [
        Capture(f"{URL}?page={number}", html(body, around=f'<div class="terkait">Simak {number}</div>').encode())
        for number, body in enumerate(bodies, start=1)
    ]
    article = join([extract(capture, outlet()) for capture in captures])
    found = offsets(article, captures)
    sources = [decode(capture)[0] for capture in captures]
    assert (len(found.blocks), len(found.rerouted)) == (len(article.blocks), len(article.rerouted))
    parts: list[Block | Rerouted] = [*article.blocks, *article.rerouted]
    pieces = [(part.text, part.where.page) for part in parts]
    for (text, page), place in zip(pieces, found.blocks + found.rerouted, strict=True):
        assert place is not None
        assert " ".join(sources[page - 1][slice(*span)] for span in place) == text
    assert {part.where.page for part in article.blocks} == {1, 2}
    assert len(found.removed) == len(article.removed)
    assert found.title is not None
    assert offsets(article, captures[:1]).blocks[1:] == (None, None)
