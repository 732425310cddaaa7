"""Keeps a crawl off machines that are none of its business: loopback, private and link-local addresses.

An address that a page, a feed or a redirect names may lead into the network of whoever crawls. Every request is
checked where it is about to be sent, so robots.txt and redirects are too. The name is resolved by the reactor's own
resolver, which keeps the answer for the connection that follows.

`--allow-private` lifts this, for a test site. A crawl without a contact, or without a delay, is then held to the
loopback in turn.
"""

from __future__ import annotations

import asyncio
import ipaddress
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy.exceptions import NotConfigured
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IAddress, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]  # it has no types

from archiver.config import POLITE_DELAY
from archiver.crawling.failures import Problem, Refused

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class TargetGuard:
    """Downloader middleware that refuses requests to hosts that this crawl may not talk to."""

    def __init__(self, *, allow_private: bool, loopback_only: bool) -> None:
        self._allow_private = allow_private
        self._loopback_only = loopback_only
        self._verdicts: dict[str, asyncio.Task[str | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """What Scrapy calls. Replays talk to nobody and need no guard."""
        settings = crawler.settings
        if settings["KLIPING_REPLAY"]:
            raise NotConfigured
        polite = settings["KLIPING_CONFIG"].contact is not None and settings.getfloat("DOWNLOAD_DELAY") >= POLITE_DELAY
        return cls(allow_private=settings.getbool("KLIPING_ALLOW_PRIVATE"), loopback_only=not polite)

    async def process_request(self, request: Request) -> None:
        """Raise `Refused` for a target that is out of bounds; a name that does not resolve is not judged here."""
        host = urlsplit(request.url).hostname or ""
        if host not in self._verdicts:
            self._verdicts[host] = asyncio.create_task(self._judge(host))
        reason = await asyncio.shield(self._verdicts[host])
        if reason is not None:
            raise Refused(Problem("forbidden", reason))

    async def _judge(self, host: str) -> str | None:
        """Why the host is out of bounds, or None."""
        for text in await _addresses(host):
            address = ipaddress.ip_address(text.partition("%")[0])
            if self._loopback_only and not address.is_loopback:
                return f"{host} is not this machine: without a contact, or a delay of 1 s, only loopback is crawled"
            if not self._allow_private and not address.is_global:
                return f"{host} is {text}, a private address: such a site is crawled with --allow-private alone"
        return None


async def _addresses(host: str) -> list[str]:
    """The addresses that the reactor will connect to; none if the name does not resolve."""
    from twisted.internet import reactor  # noqa: PLC0415 - imported earlier it would install the wrong reactor

    done: asyncio.Future[list[str]] = asyncio.get_running_loop().create_future()
    reactor.nameResolver.resolveHostName(_Addresses(done), host)
    return await done


@implementer(IResolutionReceiver)
class _Addresses:
    """Collects what a resolver finds."""

    def __init__(self, done: asyncio.Future[list[str]]) -> None:
        self._done = done
        self._found: list[str] = []

    def resolutionBegan(self, resolutionInProgress: IHostResolution) -> None:  # noqa: N802, N803 - Twisted's name
        """Nothing has been found yet."""

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802 - Twisted's name
        """One more address."""
        if isinstance(address, IPv4Address | IPv6Address):
            self._found.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's name
        """All addresses are there."""
        if not self._done.done():
            self._done.set_result(self._found)
