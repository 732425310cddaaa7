"""The first and the last line of a story: datelines and sign-offs."""

from __future__ import annotations

import pytest

from tests.extraction.pages import STORY, by_kind, clip, html


@pytest.mark.parametrize("dateline", ["<strong>Karang</strong> - ", "KARANG, CONTOH.ID -- ", "<b>CONTOH.ID</b> – "])
def test_a_dateline_before_the_first_paragraph_element(dateline: str) -> None:
    article = clip(html(dateline + "".join(f"<p>{line}</p>" for line in STORY)))
    assert [block.text for block in article.blocks] == list(STORY)
    assert len(by_kind(article.rerouted)["dateline"]) == 1
    assert article.dateline in ("Karang", "KARANG, CONTOH.ID", "CONTOH.ID")


def test_a_first_line_with_a_dash_is_no_dateline_by_itself() -> None:
    article = clip(html("<p>Inilah yang dibawa setiap pedagang ke pasar apung -</p>" + f"<p>{STORY[0]}</p>"))
    assert article.dateline is None
    assert len(article.blocks) == 2
