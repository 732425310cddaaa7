"""The live site of the crawling tests."""

from tests.crawling.conftest import site

__all__ = ["site"]
