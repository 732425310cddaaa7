from __future__ import annotations

import pytest
from scrapy.utils.test import get_crawler
from twisted.internet.interfaces import IHostnameResolver
from zope.interface.verify import verifyObject  # type: ignore[import-untyped]  # it has no types

from archiver.simulation.resolver import LoopbackResolver


class Receiver:
    def __init__(self) -> None:
        self.heard: list[object] = []

    def resolutionBegan(self, resolution: object) -> None:  # noqa: N802 - Twisted's interface
        self.heard.append(resolution)

    def addressResolved(self, address: object) -> None:  # noqa: N802 - Twisted's interface
        self.heard.append(address)

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's interface
        self.heard.append("complete")


def resolve(port: int, resolver: LoopbackResolver | None = None) -> tuple[str, int]:
    receiver = Receiver()
    resolver = resolver or LoopbackResolver(None, {443: 40443, 80: 40080})
    assert verifyObject(IHostnameResolver, resolver)
    resolution = resolver.resolveHostName(receiver, "belitung.tribunnews.com", port)
    assert receiver.heard[0] is resolution
    assert receiver.heard[2] == "complete"
    address = receiver.heard[1]
    return address.host, address.port  # type: ignore[attr-defined]  # an IPv4Address


def test_a_well_known_port_becomes_the_servers() -> None:
    assert resolve(443) == ("127.0.0.1", 40443)
    assert resolve(80) == ("127.0.0.1", 40080)


def test_any_other_port_stays() -> None:
    assert resolve(8000) == ("127.0.0.1", 8000)


def test_it_takes_the_place_of_the_reactors_resolver() -> None:
    installed: list[object] = []

    class Reactor:
        installNameResolver = installed.append  # noqa: N815 - Twisted's name

    resolver = LoopbackResolver(Reactor(), {})
    resolver.install_on_reactor()
    assert installed == [resolver]


@pytest.mark.parametrize("ports", [{80: 40080}, '{"80": 40080}'])
def test_the_ports_come_from_the_settings_or_from_a_command_line(ports: object) -> None:
    crawler = get_crawler(settings_dict={"SIMULATION_PORTS": ports})
    assert resolve(80, LoopbackResolver.from_crawler(crawler, None)) == ("127.0.0.1", 40080)
