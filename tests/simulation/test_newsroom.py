from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from archiver.simulation.desk import load_desk
from archiver.simulation.newsroom import publish
from tests.simulation.newsrooms import NOON, START, one_story, stories

MONTH = publish(load_desk("tempo"), START, 30, seed=3, per_day=40)


def test_a_seed_settles_everything() -> None:
    again = publish(load_desk("tempo"), START, 4, seed=7, per_day=12)
    assert again == stories("tempo")
    assert publish(load_desk("tempo"), START, 4, seed=8, per_day=12) != again


def test_nights_are_quiet_and_weekends_half_as_busy() -> None:
    hours = Counter(story.published.hour for story in MONTH)
    assert sum(hours[hour] for hour in range(5)) < sum(hours[hour] for hour in range(9, 14)) / 5
    days = Counter(story.published.weekday() for story in MONTH)
    assert 0.3 < (days[5] + days[6]) / 2 / (sum(days[day] for day in range(5)) / 5) < 0.7


def test_a_month_has_every_kind_of_fate() -> None:
    assert {story.named for story in MONTH} == {"own", "tracked", "twin", "moved", "closed"}
    assert {story.farewell for story in MONTH if story.withdrawn} == {200, 404, 410}
    assert {version.change for story in MONTH for version in story.versions} == {
        "published",
        "ralat",
        "diperbarui",
        "judul",
    }
    assert any(story.walled for story in MONTH)


def test_each_story_has_a_title_and_an_address_of_its_own() -> None:
    assert len({story.versions[0].title for story in MONTH}) == len(MONTH)
    assert len({story.url for story in MONTH}) == len(MONTH)


def test_versions_differ_and_come_one_after_the_other() -> None:
    for story in MONTH:
        moments = [version.moment for version in story.versions]
        assert moments == sorted(set(moments))
        assert len({(version.title, version.paragraphs) for version in story.versions}) == len(story.versions)


def test_which_version_is_up() -> None:
    story = one_story("tempo")
    assert story.version_at(NOON - timedelta(hours=3)) is None
    assert story.version_at(NOON - timedelta(minutes=90)) == 0
    assert story.version_at(NOON) == 1
    assert replace(story, withdrawn=NOON).version_at(NOON) is None
