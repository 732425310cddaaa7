"""The same layout, told by places."""

from __future__ import annotations

from dataclasses import replace

from archiver.extraction import extract
from archiver.extraction.dom import Page
from archiver.healing.places import by_place
from archiver.outlet import Css, Layout, Meta
from tests.extraction.pages import html
from tests.healing.small import AFTER, BEFORE, OUTLET, seen

OLD = seen(html(), BEFORE)


def test_a_page_whose_names_are_all_new_is_read_by_place() -> None:
    placed = by_place(OUTLET.layouts[0], [OLD.page])
    assert placed is not None
    page = html().replace("isi", "x1").replace("penulis", "x2").replace("tanggal", "x3").replace("artikel", "x4")
    after = extract(seen(page, AFTER).capture, replace(OUTLET, layouts=(placed,)))
    assert (after.text, after.authors, after.published) == (
        OLD.article.text,
        OLD.article.authors,
        OLD.article.published,
    )


def test_the_place_of_most_pages() -> None:
    """An advertisement stands before the text of one page of three."""
    pages = [Page(f"<body>{banner}<div class='isi'><p>x</p></div></body>") for banner in ("", "<div>Iklan</div>", "")]
    placed = by_place(Layout(name="a", body=".isi"), pages)
    assert placed is not None
    assert placed.body == "body > div:nth-of-type(1)"


def test_elements_that_differ_in_their_number_alone_are_told_together() -> None:
    page = Page("<body><ul><li><a class='topik'>satu</a></li><li><a class='topik'>dua</a></li></ul><p>isi</p></body>")
    placed = by_place(Layout(name="a", body="p", tags=".topik"), [page])
    assert placed is not None
    assert placed.tags == "body > ul:nth-of-type(1) > li > a:nth-of-type(1)"


def test_what_is_no_place_stays_and_what_is_missing_goes() -> None:
    page = Page("<body><time datetime='2020-03-04'>kemarin</time><p>isi</p></body>")
    layout = Layout(
        name="a", body="p", title=(".tiada",), published=(Css("time", attr="datetime"), Meta("pubdate")), tags=".tiada"
    )
    placed = by_place(layout, [page])
    assert placed is not None
    assert placed.published == (Css("body > time:nth-of-type(1)", attr="datetime"), Meta("pubdate"))
    assert (placed.title, placed.tags) == ((), None)


def test_without_a_body_there_is_no_layout() -> None:
    assert by_place(Layout(name="a", body=".tiada"), [Page("<p>x</p>")]) is None
    assert by_place(Layout(name="a", body="p"), []) is None
