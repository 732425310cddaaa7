"""What kind of junk it is."""

from __future__ import annotations

import pytest

from archiver.healing.kinds import Box, kind_of
from tests.extraction.pages import html
from tests.healing.small import case_of


@pytest.mark.parametrize(
    ("markup", "kind", "because"),
    [
        ("<div class='box-newsletter'>Surat pagi pembaca</div>", "promo", "its name says newsletter"),
        ("<div class='x'><a href='/a'>Satu kabar</a> <a href='/b'>Dua kabar</a></div>", "related_list", "links"),
        ("<div class='x'>Sesuatu yang lain sama sekali</div>", "other", "had it not before"),
        ("<div class='x'>Bagikan artikel ini:</div>", "share", "its words are known"),
    ],
)
def test_by_its_name_its_links_or_its_words(markup: str, kind: str, because: str) -> None:
    case = case_of(html(around=markup))
    node = case.sample.page.first(".x, .box-newsletter")
    assert node is not None
    found, why = kind_of([Box(case, node, (case.lookup.text(node),))], {})
    assert found == kind
    assert because in why


def test_what_was_removed_before_goes_before_all() -> None:
    case = case_of(html(around="<div class='box-newsletter'>Surat pagi pembaca</div>"))
    node = case.sample.page.first(".box-newsletter")
    assert node is not None
    assert kind_of([Box(case, node, ("Surat pagi pembaca",))], {"Surat pagi pembaca": "ad"})[0] == "ad"


def test_what_says_the_same_everywhere_invites() -> None:
    boxes = []
    for _ in range(2):
        case = case_of(html(around="<div class='x'>Sesuatu yang lain sama sekali</div>"))
        node = case.sample.page.first(".x")
        assert node is not None
        boxes.append(Box(case, node, ("Sesuatu yang lain sama sekali",)))
    assert kind_of(boxes, {}) == ("promo", "it says the same on 2 pages")
