from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

import html5lib
import pytest
from bs4 import BeautifulSoup

from archiver.capture import Capture
from archiver.discovery import discover
from archiver.outlet import Listing
from archiver.outlets import load_outlets
from archiver.simulation.pages import page_url, render, slug
from archiver.simulation.story import load_case
from tests.simulation.cases import CASES, IDS, STORIES, STORY_IDS
from tests.simulation.patterns import JUNK, STORY


def article_pages(outlet: str, name: str) -> Iterator[str]:
    case = load_case(outlet, name)
    answers = render(outlet, name)
    for page in case.pages:
        answer = answers[page_url(case, page)]
        if answer.status == 200:
            yield answer.body.decode()


@pytest.mark.parametrize(("outlet", "name"), STORIES, ids=STORY_IDS)
def test_an_article_page_is_as_large_as_a_real_one(outlet: str, name: str) -> None:
    assert all(len(page.encode()) >= 40_000 for page in article_pages(outlet, name))


@pytest.mark.parametrize(("outlet", "name"), CASES, ids=IDS)
def test_html_is_valid_to_a_strict_parser(outlet: str, name: str) -> None:
    for answer in render(outlet, name).values():
        if answer.status == 200 and answer.content_type.startswith("text/html"):
            parser = html5lib.HTMLParser(strict=True)
            parser.parse(answer.body.decode())


@pytest.mark.parametrize(("outlet", "name"), CASES, ids=IDS)
def test_a_case_renders_to_the_same_bytes_each_time(outlet: str, name: str) -> None:
    assert render(outlet, name) == render(outlet, name)


@pytest.mark.parametrize("what", JUNK)
def test_every_junk_pattern_occurs(what: str) -> None:
    outlet, pattern = JUNK[what]
    pages = [page for each, name in CASES if each == outlet for page in article_pages(each, name)]
    assert any(re.search(pattern, page) for page in pages)


@pytest.mark.parametrize("what", STORY)
def test_what_looks_like_junk_occurs_in_a_story(what: str) -> None:
    lines = [line for outlet, name in CASES for line in load_case(outlet, name).kept()]
    assert any(STORY[what] in line for line in lines)


@pytest.mark.parametrize(("outlet", "name"), CASES, ids=IDS)
def test_the_story_stands_on_its_pages_in_order(outlet: str, name: str) -> None:
    visible = " ".join(" ".join(_visible(page)) for page in article_pages(outlet, name))
    position = 0
    for line in load_case(outlet, name).kept():
        position = visible.index(" ".join(line.split()), position) + 1


@pytest.mark.parametrize(("outlet", "name"), CASES, ids=IDS)
def test_what_must_not_be_kept_stands_on_the_page(outlet: str, name: str) -> None:
    text = " ".join(piece for page in article_pages(outlet, name) for piece in _visible(page, attributes=True))
    reading = load_case(outlet, name).reading
    absent = [words for words in (*reading.must_not, *(each.contains for each in reading.removed)) if words not in text]
    assert not absent


@pytest.mark.parametrize(("outlet", "name"), CASES, ids=IDS)
def test_every_source_of_the_outlet_is_served_and_leads_to_the_article(outlet: str, name: str) -> None:
    answers = render(outlet, name)
    declared = load_outlets().get(outlet)
    found: set[str] = set()
    pending = list(declared.sources)
    while pending:
        source = pending.pop()
        capture = Capture(source.url, answers[source.url].body)
        discovery = discover(source, capture, zone=declared.zone)
        fresh = {candidate.url for candidate in discovery.candidates} - found
        found |= fresh
        if fresh or not isinstance(source, Listing):  # an index may repeat its last page for ever
            pending += discovery.more
    case = load_case(outlet, name)
    assert {url for url in found if declared.wants(url)} == {case.listed}


@pytest.mark.parametrize(("outlet", "name"), CASES, ids=IDS)
def test_every_origin_has_its_robots_txt(outlet: str, name: str) -> None:
    answers = render(outlet, name)
    origins = {re.match(r"https?://[^/]+", url).group() for url in answers}  # type: ignore[union-attr] # all are absolute
    assert all(f"{origin}/robots.txt" in answers for origin in origins)


def test_a_slug_is_made_of_plain_letters() -> None:
    assert slug("Baca & Tulis: 5 “Kedai” Jum'at") == "baca-tulis-5-kedai-jum-at"


def _visible(page: str, *, attributes: bool = False) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        soup = BeautifulSoup(page, "lxml")
    title = soup.title.get_text() if soup.title else ""
    for element in soup(["script", "style", "template", "noscript", "head"]):
        element.decompose()
    for line_break in soup("br"):
        line_break.replace_with(" ")
    pieces = [" ".join(element.get_text().split()) for element in soup("body")]
    if attributes:
        pieces += [title, *(str(image.get("alt")) for image in soup("img"))]
    return pieces
