"""Where an outlet's articles are found: sitemaps, feeds, listings and payloads, read from captured bytes."""

from archiver.discovery.candidate import Candidate, Discovery
from archiver.discovery.discover import discover

__all__ = ["Candidate", "Discovery", "discover"]
