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
