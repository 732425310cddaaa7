"""From kliping.toml to Scrapy's settings: the one place where the two meet.

It runs when a spider's settings are put together, so that `scrapy crawl` and `kliping crawl` are the same. What is
given with `-s NAME=VALUE` goes before it.

Settings of our own: `KLIPING_CONFIG` (a path, or a `Config`), `KLIPING_ARCHIVE`, `KLIPING_CONTACT`,
`KLIPING_ALLOW_PRIVATE`, `KLIPING_AS_OF` (the recorder's clock), `KLIPING_REPLAY` (WARC files to answer from).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from scrapy.exceptions import UsageError as ScrapyUsageError

from archiver.config import POLITE_DELAY, Config, check_contact, load_config, with_changes
from archiver.errors import KlipingError

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

_HANDLERS = {"wire": "warc.wire.WireDownloadHandler", "replay": "warc.replay.ReplayDownloadHandler"}


def config_of(settings: BaseSettings) -> Config:
    """The configuration that the settings name, with what they override; raises `ConfigError`."""
    given = settings.get("KLIPING_CONFIG")
    config = given if isinstance(given, Config) else load_config(given)
    return with_changes(config, archive=settings.get("KLIPING_ARCHIVE"), contact=settings.get("KLIPING_CONTACT"))


def configure(settings: BaseSettings) -> None:
    """Complete the settings of a spider. Raises Scrapy's `UsageError`, which its command line tells plainly."""
    replays = bool(settings.get("KLIPING_REPLAY"))
    try:
        config = config_of(settings)
        if not replays:
            check_contact(config, allow_private=settings.getbool("KLIPING_ALLOW_PRIVATE"))
    except KlipingError as error:
        raise ScrapyUsageError(str(error), print_help=False) from error
    settings.set("DOWNLOAD_DELAY", 0 if replays else config.delay, priority="spider")
    if not replays:
        config = msgspec.structs.replace(config, delay=settings.getfloat("DOWNLOAD_DELAY"))
    settings.setdict(_replay(config) if replays else _crawl(config), priority="spider")
    settings.set("KLIPING_CONFIG", config, priority="cmdline")


def _common(config: Config, handler: str) -> dict[str, Any]:
    return {
        "USER_AGENT": config.user_agent,
        "DOWNLOAD_HANDLERS": {"http": _HANDLERS[handler], "https": _HANDLERS[handler]},
    }


def _crawl(config: Config) -> dict[str, Any]:
    polite = config.delay >= POLITE_DELAY
    return _common(config, "wire") | {
        "AUTOTHROTTLE_ENABLED": polite,
        "AUTOTHROTTLE_START_DELAY": config.delay,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1 if polite else 8,
        "DOWNLOAD_TIMEOUT": config.timeout,
        "DOWNLOAD_MAXSIZE": config.max_page_bytes,
        "RETRY_TIMES": config.retries,
    }


def _replay(config: Config) -> dict[str, Any]:
    """No waiting, no repeating, one page after the other: a replay runs the same way each time."""
    return _common(config, "replay") | {
        "AUTOTHROTTLE_ENABLED": False,
        "CONCURRENT_REQUESTS": 1,
        "DOWNLOAD_MAXSIZE": config.max_source_bytes,
        "RETRY_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
    }
