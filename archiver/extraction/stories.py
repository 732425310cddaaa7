"""Whether a link leads to another story: such links, alone on a line, are related items and no running text."""

from __future__ import annotations

from urllib.parse import urlsplit

from archiver.outlet import Outlet

_SLUG_HYPHENS = 2
"""Hyphens from which on a path looks like a story's slug."""


class StoryTest:
    """Tells other stories of the same outlet, or of the same host where the outlet is unknown, by their addresses."""

    def __init__(self, outlet: Outlet | None, url: str) -> None:
        self._outlet = outlet
        self._own = urlsplit(url)

    def __call__(self, url: str) -> bool:
        """Whether this absolute address is another story's."""
        try:
            other = urlsplit(url)
        except ValueError:
            return False
        if other.path == self._own.path:
            return False
        if self._outlet is None:
            return other.hostname == self._own.hostname and other.path.count("-") >= _SLUG_HYPHENS
        return self._outlet.wants(url) or (self._outlet.owns(url) and other.path.count("-") >= _SLUG_HYPHENS)
