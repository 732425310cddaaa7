"""Fixture pages with their junk moved, renamed and doubled: still every word of the area is accounted for."""

from __future__ import annotations

import copy
import functools
import random
from collections import Counter
from pathlib import Path

import pytest
from bs4.element import Tag

from archiver.capture import Capture
from archiver.extraction import extract
from archiver.extraction.charset import decode
from tests.extraction.walker import accounted, by_path, soup_of, visible, words
from tests.test_fixtures import CASES, OUTLETS, expected, name, pages_of

ROUNDS = 2
STORIES = [case for case in CASES if expected(case)["outcome"] == "saved"]


@functools.cache
def first_page(case: Path) -> Capture:
    return next(capture for capture, _ in pages_of(case))


def letters(counted: Counter[str]) -> Counter[str]:
    """The letters and digits of counted words."""
    return Counter("".join(counted.elements()))


def mutated(page: str, chance: random.Random) -> str:
    """The page with some of its elements moved elsewhere, under other class names, or there twice.

    A cut may fall between two words that nothing parts, as in `<b>now</b><i>12 March</i>`: to one reader that is one
    word, to another two. So the mutations are counted in letters.
    """
    soup = soup_of(page)
    body = soup.body
    assert body is not None
    elements = list(body.find_all(["div", "p", "ul", "table", "section", "aside", "span", "a", "figure"]))
    for node in chance.sample(elements, min(12, len(elements))):
        match chance.choice(("move", "rename", "double")):
            case "move":
                target = chance.choice(elements)
                if target is not node and node not in target.parents and target.parent is not None:
                    target.insert_before(" ", node.extract(), " ")
            case "rename":
                node["class"] = chance.choice(("terkait", "isi", "x1", "share"))
            case _:
                node.insert_after(" ", copy.copy(node), " ")
    return str(soup)


@pytest.mark.parametrize("case", STORIES, ids=name)
def test_conservation_survives_mutations(case: Path) -> None:
    capture = first_page(case)
    outlet = OUTLETS.get(expected(case)["outlet"])
    chance = random.Random(name(case))  # noqa: S311 - the same mutations each time
    for _ in range(ROUNDS):
        page = mutated(decode(capture)[0], chance)
        article = extract(Capture(capture.url, page.encode()), outlet)
        area = by_path(soup_of(page), article.areas[0])
        assert isinstance(area, Tag)
        assert letters(accounted(article)) == letters(words(visible(area)))
