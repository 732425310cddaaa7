from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest

from archiver.article import Article
from archiver.capture import Capture
from archiver.discovery import discover
from archiver.extraction import extract
from archiver.outlet import Listing
from archiver.outlets import load_outlets
from archiver.simulation.edition import View
from archiver.simulation.pages import Answer
from archiver.simulation.story import outlet_names
from tests.simulation.newsrooms import NOON, edition, one_story, stories

OUTLETS = outlet_names()


def answer(view: View) -> Answer:
    assert isinstance(view.answer, Answer)
    return view.answer


def capture(url: str, view: View, moment: datetime = NOON) -> Capture:
    return Capture(url, answer(view).body, answer(view).headers, moment)


def read(outlet: str, url: str, view: View) -> Article:
    return extract(capture(url, view), load_outlets().get(outlet))


@pytest.mark.parametrize("outlet", OUTLETS)
def test_what_is_read_of_a_page_is_what_was_published(outlet: str) -> None:
    paper = edition(outlet)
    shown = 0
    for story in stories(outlet)[:12]:
        view = paper.look(story.url, NOON)
        if view.sight != "story" or story.named == "closed":
            continue
        assert view.version is not None
        version = story.versions[view.version]
        article = read(outlet, story.url, view)
        assert (article.title, article.text) == (version.title, "\n\n".join(version.paragraphs))
        assert article.method == "layout"
        shown += 1
    assert shown


@pytest.mark.parametrize("outlet", OUTLETS)
def test_the_outlets_own_sources_name_what_is_new(outlet: str) -> None:
    paper, declared = edition(outlet), load_outlets().get(outlet)
    named = set()
    for source in declared.sources:
        view = paper.look(source.url, NOON)
        assert view.sight == "source", source
        found = discover(source, capture(source.url, view), zone=declared.zone)
        for further in found.more:
            found_there = discover(further, capture(further.url, paper.look(further.url, NOON)), zone=declared.zone)
            named |= {candidate.url for candidate in found_there.candidates}
        named |= {candidate.url for candidate in found.candidates}
    day = [s for s in stories(outlet) if s.version_at(NOON) is not None and NOON - s.published < timedelta(hours=24)]
    assert {story.address for story in day} <= named
    assert not {story.address for story in stories(outlet) if story.published > NOON} & named


def test_a_pager_may_never_end() -> None:
    paper, source = edition("tribunnews"), load_outlets().get("tribunnews").sources[0]
    assert isinstance(source, Listing)
    last = answer(paper.look(f"{source.url}?page=3", NOON)).body
    later = answer(paper.look(f"{source.url}?page=900", NOON)).body
    assert later.replace(b"page=901", b"page=4") == last
    assert answer(paper.look(source.url, NOON)).body != last


def test_a_correction_shows_from_its_moment_on() -> None:
    story = one_story("tempo")
    paper = edition("tempo", changed=(story,))
    before = paper.look(story.url, NOON - timedelta(minutes=61))
    assert (before.version, paper.look(story.url, NOON).version) == (0, 1)
    assert "Ralat: angkanya keliru." not in read("tempo", story.url, before).text
    assert "Ralat: angkanya keliru." in read("tempo", story.url, paper.look(story.url, NOON)).text


@pytest.mark.parametrize(("status", "sight", "outcome"), [(410, "gone", None), (200, "excuse", "soft_404")])
def test_what_is_withdrawn_is_gone_or_excused(status: int, sight: str, outcome: str | None) -> None:
    story = one_story("okezone", withdrawn=NOON, farewell=status)
    view = edition("okezone", changed=(story,)).look(story.url, NOON)
    assert (view.sight, answer(view).status, view.version) == (sight, status, None)
    if outcome:
        assert read("okezone", story.url, view).outcome == outcome


def test_a_wall_stands_before_a_story_for_a_while() -> None:
    story = one_story("tempo", walled=NOON)
    paper = edition("tempo", changed=(story,))
    wall = paper.look(story.url, NOON - timedelta(seconds=1))
    assert (wall.sight, read("tempo", story.url, wall).outcome) == ("wall", "consent_wall")
    assert paper.look(story.url, NOON).sight == "story"


def test_the_same_hour_gives_the_same_bytes_and_the_next_hour_others() -> None:
    story = one_story("tempo")
    paper = edition("tempo", changed=(story,))
    now = answer(paper.look(story.url, NOON)).body
    assert answer(paper.look(story.url, NOON + timedelta(minutes=59))).body == now
    later = paper.look(story.url, NOON + timedelta(hours=1))
    assert answer(later).body != now
    assert read("tempo", story.url, later).text == read("tempo", story.url, paper.look(story.url, NOON)).text


@pytest.mark.parametrize("outlet", [name for name in OUTLETS if edition(name).desk.twin])
def test_a_twin_says_whose_twin_it_is(outlet: str) -> None:
    story = one_story(outlet)
    paper = edition(outlet, changed=(story,))
    twin = paper.desk.address(paper.desk.twin or "", story)
    view = paper.look(twin, NOON)
    assert view.story == story
    assert read(outlet, twin, view).canonical_url == story.url
    assert load_outlets().get(outlet).wants(twin)


def test_a_tracking_parameter_changes_nothing() -> None:
    story = one_story("okezone")
    paper = edition("okezone", changed=(story,))
    assert paper.look(f"{story.url}?utm_source=rss", NOON) == paper.look(story.url, NOON)


def test_a_short_address_redirects() -> None:
    story = one_story("winpoin")
    paper = edition("winpoin", changed=(story,))
    view = paper.look(paper.desk.address(paper.desk.moved or "", story), NOON)
    assert (view.sight, answer(view).status) == ("moved", 301)
    assert dict(answer(view).headers)["Location"] == story.url


@pytest.mark.parametrize("outlet", OUTLETS)
def test_a_redesign_leaves_no_layout_that_fits(outlet: str) -> None:
    story = one_story(outlet)
    paper = edition(outlet, redesigned=NOON, changed=(story,))
    assert read(outlet, story.url, paper.look(story.url, NOON - timedelta(seconds=1))).method == "layout"
    assert read(outlet, story.url, paper.look(story.url, NOON)).method == "fallback"


@pytest.mark.parametrize("outlet", OUTLETS)
def test_robots_txt_closes_what_is_closed(outlet: str) -> None:
    paper = edition(outlet)
    closed = replace(one_story(outlet), named="closed")
    view = paper.look("https://" + (urlsplit(closed.url).hostname or "") + "/robots.txt", NOON)
    assert f"Disallow: {paper.desk.closed_path}\n" in answer(view).body.decode()
    assert ("Crawl-delay" in paper.robots) == (paper.desk.crawl_delay is not None)


def test_what_is_not_published_yet_is_not_there() -> None:
    story = one_story("tempo")
    paper = edition("tempo", changed=(story,))
    assert answer(paper.look(story.url, NOON - timedelta(days=1))).status == 404
    assert answer(paper.look("https://www.tempo.co/ekonomi/tidak-ada-123456", NOON)).status == 404
