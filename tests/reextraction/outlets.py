"""The outlet as it is read today. It is found by this module's name, as those of kliping.toml are."""

from tests.crawling.support import outlet

UJI = outlet()
