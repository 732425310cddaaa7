"""A name resolver for Scrapy that knows every host, and sends all of them to the simulated network.

    TWISTED_DNS_RESOLVER = "archiver.simulation.resolver.LoopbackResolver"
    SIMULATION_PORTS = {80: 40801, 443: 40443}

Requests keep the outlets' own addresses: the port is changed where the address is resolved, below HTTP and TLS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from twisted.internet.address import IPv4Address
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution
from zope.interface import implementer  # type: ignore[import-untyped]  # it has no types

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scrapy.crawler import Crawler

LOOPBACK = "127.0.0.1"


@implementer(IHostnameResolver)
class LoopbackResolver:
    """Answers for every name with the loopback address, and for port 80 or 443 with the port that stands for it."""

    def __init__(self, reactor: Any, ports: Mapping[int, int]) -> None:
        self._reactor = reactor
        self._ports = ports

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        """What Scrapy calls when it sets up the reactor; reads the setting `SIMULATION_PORTS`, a dict or JSON."""
        ports = crawler.settings.getdict("SIMULATION_PORTS")
        return cls(reactor, {int(asked): int(stands_for) for asked, stands_for in ports.items()})

    def install_on_reactor(self) -> None:
        """Take the place of the reactor's own resolver."""
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 - Twisted's interface
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: ARG002, N803
        transportSemantics: str = "TCP",  # noqa: ARG002, N803
    ) -> _Resolution:
        """See `twisted.internet.interfaces.IHostnameResolver`."""
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        port = self._ports.get(portNumber, portNumber)
        resolutionReceiver.addressResolved(IPv4Address("TCP", LOOPBACK, port))
        resolutionReceiver.resolutionComplete()
        return resolution


@implementer(IHostResolution)
class _Resolution:
    """A resolution that is over as soon as it has begun."""

    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """There is nothing to cancel."""
