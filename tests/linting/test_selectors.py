"""Which selectors a layout has, and which of them are CSS."""

from __future__ import annotations

import pytest

from archiver.linting.selectors import Use, fault, unknown, uses
from archiver.outlet import Css, JsonLd, Layout, Meta


def test_every_selector_is_named_with_its_key() -> None:
    layout = Layout(
        name="a",
        body="#isi",
        title=("h1", Css("h2", own=True), Meta("og:title"), JsonLd("headline")),
        tags=".tag a",
        drop={"ad": (".iklan", ".promo")},
    )
    assert list(uses(layout)) == [
        Use("a", "body", "#isi"),
        Use("a", "tags", ".tag a"),
        Use("a", "title", "h1"),
        Use("a", "title", "h2"),
        Use("a", "drop ad", ".iklan"),
        Use("a", "drop ad", ".promo"),
    ]
    assert [use.is_drop for use in uses(layout)] == [False, False, False, False, True, True]


@pytest.mark.parametrize(
    "query",
    ["p", "#a .b > c", "a:not(.x):has(> b)", 'p:lexbor-contains("a ) \' b")', "[class^='x[']", "a, b", "p + q ~ r"],
)
def test_css_has_no_fault(query: str) -> None:
    assert fault(query) is None


@pytest.mark.parametrize("query", ["", "p:unknown", "div >", ".a $ b", "a:contains('x')"])
def test_what_the_parser_does_not_know(query: str) -> None:
    assert unknown(query)
    assert fault(query) == "the parser does not know it"


@pytest.mark.parametrize("query", ["a[href", "p:not(.x"])
def test_what_the_parser_passes_over(query: str) -> None:
    assert not unknown(query)
    assert fault(query) == "a bracket or a quotation is left open"
