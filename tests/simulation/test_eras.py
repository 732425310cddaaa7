"""What the outlets' eras have of their own, beside the layout of the page."""

from __future__ import annotations

from datetime import datetime

import pytest

from archiver.capture import Capture
from archiver.discovery import discover
from archiver.extraction import extract, join
from archiver.outlet import Feed, Listing
from archiver.outlets import load_outlets
from archiver.simulation.pages import page_url, render
from archiver.simulation.story import Page, load_case
from tests.simulation.cases import CASES

WHOLE = [(outlet, name) for outlet, name in CASES if load_case(outlet, name).whole]


@pytest.mark.parametrize(("outlet", "name"), WHOLE, ids=["/".join(each) for each in WHOLE])
def test_the_address_with_all_pages_has_the_same_story(outlet: str, name: str) -> None:
    case, answers, declared = load_case(outlet, name), render(outlet, name), load_outlets().get(outlet)
    captured = datetime.fromisoformat(case.as_of)
    urls = [*(page_url(case, page) for page in case.pages), page_url(case, Page((), case.whole))]
    *pages, whole = [extract(Capture(url, answers[url].body, date=captured), declared) for url in urls]
    assert whole.complete
    assert not any(page.complete for page in pages)
    assert whole.text == join(pages).text


def test_a_feed_may_lead_to_nothing_but_the_homepage() -> None:
    case, answers = load_case("tribunnews", "kereta-kelinci"), render("tribunnews", "kereta-kelinci")
    declared = load_outlets().get("tribunnews")
    (url,) = case.feeds
    found = discover(Feed(url), Capture(url, answers[url].body), zone=declared.zone)
    assert answers[url].body.count(b"<item>") == 9
    assert found.candidates == ()


def test_an_index_may_repeat_its_last_page() -> None:
    answers, declared = render("tribunnews", "kereta-kelinci"), load_outlets().get("tribunnews")
    listing = next(source for source in declared.sources if isinstance(source, Listing))
    first = discover(listing, Capture(listing.url, answers[listing.url].body), zone=declared.zone)
    (following,) = first.more
    second = discover(following, Capture(following.url, answers[following.url].body), zone=declared.zone)
    assert [each.url for each in second.candidates] == [each.url for each in first.candidates]
    assert following.url.endswith("?page=2")
    assert second.more[0].url.endswith("?page=3")
