"""Makes Scrapy spiders of the declared outlets, so that `scrapy list` and `scrapy crawl OUTLET` know them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, Self

from scrapy.exceptions import UsageError as ScrapyUsageError

from archiver.crawling.configure import config_of
from archiver.crawling.spider import OutletSpider
from archiver.errors import KlipingError, UsageError
from archiver.outlets import Outlets, load_outlets

if TYPE_CHECKING:
    import builtins
    from collections.abc import Callable

    from scrapy import Request
    from scrapy.settings import BaseSettings

    from archiver.outlet import Outlet

UNKNOWN: Final = "unknown"
"""The name of the outlet that pages of unknown hosts go to: in locks, in a run's account, as a spider's name."""


class OutletSpiderLoader:
    """Scrapy's spider loader protocol over the outlets that `find` gives.

    They are looked for when the first of them is asked for: an error then ends in a line, where Scrapy's commands
    would show a traceback for one in the making of their loader.
    """

    def __init__(self, find: Callable[[], Outlets]) -> None:
        self._find = find

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """The loader for a project's settings."""
        return cls(lambda: _declared(settings))

    @cached_property
    def _outlets(self) -> Outlets:
        return self._find()

    def load(self, spider_name: str) -> type[OutletSpider]:
        """The spider class of the outlet; raises KeyError for an unknown one, as Scrapy expects."""
        try:
            return spider_class(self._outlets.get(spider_name))
        except UsageError as error:
            raise KeyError(str(error)) from None

    def list(self) -> builtins.list[str]:
        """The names of all outlets."""
        return [outlet.name for outlet in self._outlets]

    def find_by_request(self, request: Request) -> builtins.list[str]:
        """The names of the outlets on whose hosts the request's address lies."""
        return [outlet.name for outlet in self._outlets if outlet.owns(request.url)]


def _declared(settings: BaseSettings) -> Outlets:
    """The outlets that kliping.toml names. Raises Scrapy's `UsageError`, which its command line tells plainly."""
    try:
        config = config_of(settings)
        return load_outlets(config.outlets, config.outlet_dirs)
    except KlipingError as error:
        raise ScrapyUsageError(str(error), print_help=False) from error


def spider_class(outlet: Outlet | None) -> type[OutletSpider]:
    """The class of the spider that crawls this outlet; None makes the one for pages of unknown hosts."""
    name = outlet.name if outlet else UNKNOWN
    return type(f"{name.title()}Spider", (OutletSpider,), {"name": name, "outlet": outlet})
