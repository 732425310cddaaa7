"""The page that shows a proposal."""

from __future__ import annotations

from archiver.healing import heal
from archiver.reports.healing import draw_healing
from tests.extraction.pages import html
from tests.healing.small import BEFORE, OUTLET, seen


def test_before_and_after_side_by_side() -> None:
    broken = seen(html().replace('class="isi"', 'class="naskah"'))
    page = draw_healing(heal(OUTLET, [broken], [seen(html(), BEFORE)]), "--- a/x.py\n+++ b/x.py\n+<b>\n")
    assert page.count("<iframe") == 2
    assert "1 of 1 captures are not read as they should be" in page
    assert "<code>.naskah</code>" in page
    assert '<span class="plus">+&lt;b&gt;</span>' in page
    assert "src=" not in page.replace("srcdoc=", "")


def test_what_is_refused_is_told() -> None:
    bare = seen("<html><body><div>Halaman ini sedang diperbaiki.</div></body></html>")
    page = draw_healing(heal(OUTLET, [bare], [seen(html(), BEFORE)]), None)
    assert "No proposal" in page
    assert "<iframe" not in page
