"""What is written can be read back, and ruff leaves it as it is."""

from __future__ import annotations

import ast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archiver.literals import quoted, selector
from archiver.outlet import Css, JsonLd, Meta


@given(st.text())
@example("a[href^='/x']")
@example('p:lexbor-contains("x")')
@example("both ' and \" and \\' and \\")
@example('"""\nimport os  # \r\x0c\u2028')
def test_a_string_means_itself_and_stays_on_its_line(text: str) -> None:
    literal = quoted(text)
    assert ast.literal_eval(literal) == text
    assert len(literal.splitlines()) == 1


def test_double_quotes_are_the_rule() -> None:
    assert quoted("a[href='x']") == "\"a[href='x']\""
    assert quoted('p[id="x"]') == "'p[id=\"x\"]'"


@pytest.mark.parametrize(
    "value",
    ["h1", Css("time", attr="datetime"), Css("p", own=True), Css("p"), Meta("author"), JsonLd("author.name")],
)
def test_a_selector_makes_itself(value: str | Css | Meta | JsonLd) -> None:
    made = eval(selector(value), {"Css": Css, "Meta": Meta, "JsonLd": JsonLd})  # noqa: S307 - our own output
    assert made == value
