from __future__ import annotations

import pytest

from archiver.errors import NotFoundError
from archiver.outlets import load_outlets
from archiver.simulation.desk import load_desk
from archiver.simulation.story import outlet_names
from tests.simulation.newsrooms import NOON, one_story


@pytest.mark.parametrize("outlet", outlet_names())
def test_every_outlet_has_a_newsroom_whose_addresses_its_spider_wants(outlet: str) -> None:
    desk, declared, story = load_desk(outlet), load_outlets().get(outlet), one_story(outlet)
    for form in filter(None, (desk.url, desk.twin, desk.moved)):
        assert declared.wants(desk.address(form, story)), form
    assert declared.owns(desk.address(desk.closed, story))


@pytest.mark.parametrize("outlet", [name for name in outlet_names() if load_desk(name).twin])
def test_what_a_spider_makes_of_a_twins_address_is_there(outlet: str) -> None:
    desk, declared, story = load_desk(outlet), load_outlets().get(outlet), one_story(outlet)
    twin = desk.address(desk.twin or "", story)
    there = {desk.address(form, story) for form in (desk.url, desk.twin, desk.moved) if form}
    for pattern, replacement in declared.twins:
        assert pattern.sub(replacement, twin) in there


def test_an_outlet_without_a_site_is_a_message_with_those_there_are() -> None:
    with pytest.raises(NotFoundError, match="no simulated outlet 'harian': there are antara, detik"):
        load_desk("harian")


def test_a_case_is_printed_with_the_models_furniture_and_the_storys_words() -> None:
    desk, story = load_desk("okezone"), one_story("okezone")
    case = desk.to_case(story, story.versions[1], NOON, "Kabar Lain")
    assert case.title == story.versions[1].title
    assert list(case.kept()) == list(story.versions[1].paragraphs)
    assert "Kabar Lain" in [line.text for line in case.pages[0].lines]
    assert case.pictures == desk.case.pictures
    assert case.page["id"] == desk.first_id + 7 * story.number
    assert case.printed_date == "Rabu, 04 Maret 2026 |10:00 WIB"
