"""What `scrapy crawl -a` may say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from scrapy.settings import Settings

from archiver.config import Config
from archiver.crawling.plain import Arguments, crawl_setup, parse_arguments
from archiver.errors import ConfigError, UsageError
from tests.crawling.support import outlet


def test_arguments_come_as_text() -> None:
    given = {"limit": "5", "max_time": "50m", "requisites": "true", "since": "2021-01-01", "_job": "26d1"}
    assert parse_arguments(given) == Arguments(limit=5, max_time="50m", requisites=True, since=date(2021, 1, 1))


@pytest.mark.parametrize("given", [{"limt": "5"}, {"limit": "five"}, {"requisites": "perhaps"}, {"since": "yesterday"}])
def test_a_slip_is_told(given: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="the arguments are limit, max_time, requisites, since, until"):
        parse_arguments(given)


def setup(**given: str) -> Config:
    settings = Settings({"KLIPING_CONFIG": Config(limit=7, requisites=True)})
    return crawl_setup(settings, outlet(), parse_arguments(given)).config


def test_what_is_not_said_stays_as_it_is() -> None:
    assert (setup().limit, setup().requisites, setup().max_time) == (7, True, None)
    assert (setup(limit="3").limit, setup(requisites="false").requisites) == (3, False)
    assert setup(max_time="50m").max_time == 3000


def test_days_and_bounds_are_checked() -> None:
    settings = Settings({"KLIPING_CONFIG": Config(), "KLIPING_AS_OF": "2021-01-13T04:00:00Z"})
    since = parse_arguments({"since": "2021-01-01"})
    assert crawl_setup(settings, outlet(), since).days == (date(2021, 1, 1), date(2021, 1, 13))
    with pytest.raises(ConfigError, match="-a: limit"):
        setup(limit="0")
    with pytest.raises(UsageError, match="declares no sources"):
        crawl_setup(settings, replace(outlet(), sources=()), Arguments())
