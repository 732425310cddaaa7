"""Makes Scrapy spiders of the declared outlets, so that `scrapy list` and `scrapy crawl OUTLET` know them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from archiver.crawling.configure import config_of
from archiver.crawling.spider import OutletSpider
from archiver.errors import UsageError
from archiver.outlets import Outlets, load_outlets

if TYPE_CHECKING:
    import builtins

    from scrapy import Request
    from scrapy.settings import BaseSettings

    from archiver.outlet import Outlet

UNKNOWN: Final = "unknown"
"""The name of the outlet that pages of unknown hosts go to: in locks, in a run's account, as a spider's name."""


class OutletSpiderLoader:
    """Scrapy's spider loader protocol over the outlets of the modules that kliping.toml names."""

    def __init__(self, outlets: Outlets) -> None:
        self._outlets = outlets

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """The loader for a project's settings; raises `ConfigError`."""
        return cls(load_outlets(config_of(settings).outlets))

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


def spider_class(outlet: Outlet | None) -> type[OutletSpider]:
    """The class of the spider that crawls this outlet; None makes the one for pages of unknown hosts."""
    name = outlet.name if outlet else UNKNOWN
    return type(f"{name.title()}Spider", (OutletSpider,), {"name": name, "outlet": outlet})
