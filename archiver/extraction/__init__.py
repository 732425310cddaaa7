"""From captured bytes to an article: a pure function, without Scrapy, clock, network or state."""

from archiver.extraction.extract import EXTRACTOR, extract
from archiver.extraction.join import join

__all__ = ["EXTRACTOR", "extract", "join"]
