"""Outlets as Scrapy's spiders."""

from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.settings import Settings

from archiver.config import Config
from archiver.crawling.loader import OutletSpiderLoader, spider_class
from archiver.crawling.spider import OutletSpider
from archiver.outlets import Outlets
from tests.crawling.support import SITE, outlet

OUTLETS = Outlets([outlet(), outlet("https://lain.example", "lain", "lain.example")])
LOADER = OutletSpiderLoader(lambda: OUTLETS)


def test_outlets_are_listed_loaded_and_found_by_address() -> None:
    assert LOADER.list() == ["uji", "lain"]
    assert LOADER.find_by_request(Request(f"{SITE}/read/1")) == ["uji"]
    assert LOADER.find_by_request(Request("https://asing.example/")) == []
    spider = LOADER.load("lain")
    assert issubclass(spider, OutletSpider)
    assert (spider.name, spider.outlet and spider.outlet.name) == ("lain", "lain")


def test_an_unknown_name_is_a_key_error_that_names_the_known_ones() -> None:
    with pytest.raises(KeyError, match="the outlets are lain, uji"):
        LOADER.load("none")


def test_the_configured_modules_are_loaded() -> None:
    settings = Settings({"KLIPING_CONFIG": Config(outlets=("spiders",))})
    assert {"tempo", "okezone", "tribunnews"} <= set(OutletSpiderLoader.from_settings(settings).list())


def test_pages_of_unknown_hosts_have_a_spider_too() -> None:
    assert (spider_class(None).name, spider_class(None).outlet) == ("unknown", None)
