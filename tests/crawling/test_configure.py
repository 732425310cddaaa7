"""From kliping.toml to Scrapy's settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from archiver.config import Config
from archiver.crawling.configure import config_of, configure

CONTACT = "kliping@contoh.example"


def configured(config: Config, **given: Any) -> Settings:
    """The project's settings, as the command line completes them."""
    settings = Settings()
    settings.setmodule("archiver.settings", priority="project")
    settings.setdict({"KLIPING_CONFIG": config, **given}, priority="cmdline")
    configure(settings)
    return settings


def test_a_crawl_is_polite() -> None:
    settings = configured(Config(contact=CONTACT, delay=3, timeout=5, retries=1, max_page_bytes=7))
    assert settings["DOWNLOAD_HANDLERS"]["https"] == "warc.wire.WireDownloadHandler"
    assert settings["USER_AGENT"].endswith(f"(+mailto:{CONTACT})")
    assert settings.getbool("ROBOTSTXT_OBEY")
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    assert (settings["DOWNLOAD_DELAY"], settings["AUTOTHROTTLE_ENABLED"]) == (3, True)
    assert settings["CONCURRENT_REQUESTS_PER_DOMAIN"] == 1
    assert (settings["DOWNLOAD_TIMEOUT"], settings["RETRY_TIMES"], settings["DOWNLOAD_MAXSIZE"]) == (5, 1, 7)


def test_no_doors_are_open() -> None:
    settings = configured(Config(contact=CONTACT))
    for name in ("REMOTE_CONTROL_ENABLED", "TELNETCONSOLE_ENABLED", "COOKIES_ENABLED", "METAREFRESH_ENABLED"):
        assert not settings.getbool(name)


def test_a_replay_does_not_wait_or_repeat() -> None:
    settings = configured(Config(), KLIPING_REPLAY=["a.warc.gz"])
    assert settings["DOWNLOAD_HANDLERS"]["http"] == "warc.replay.ReplayDownloadHandler"
    assert (settings["DOWNLOAD_DELAY"], settings["RETRY_ENABLED"], settings["CONCURRENT_REQUESTS"]) == (0, False, 1)


def test_what_the_command_line_says_goes_first() -> None:
    settings = configured(Config(contact=CONTACT), DOWNLOAD_DELAY="7", USER_AGENT="Lain/1.0", KLIPING_ARCHIVE="lain")
    assert settings.getfloat("DOWNLOAD_DELAY") == settings.getfloat("AUTOTHROTTLE_START_DELAY") == 7
    assert settings["USER_AGENT"] == "Lain/1.0"
    config = settings["KLIPING_CONFIG"]
    assert (config.archive, config.delay) == (Path("lain"), 7)  # pauses after a 429 go by this delay


def test_a_crawl_without_contact_is_refused_plainly() -> None:
    with pytest.raises(UsageError, match="a crawl needs a contact"):
        configured(Config())
    assert configured(Config(), KLIPING_ALLOW_PRIVATE="1")["USER_AGENT"].startswith("Kliping/")
    assert configured(Config(), KLIPING_CONTACT=CONTACT)["USER_AGENT"].endswith(f"(+mailto:{CONTACT})")


def test_a_configuration_may_be_named_by_its_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("delay = 9\n")
    assert config_of(Settings({"KLIPING_CONFIG": str(path)})).delay == 9
