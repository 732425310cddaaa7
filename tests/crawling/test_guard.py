"""No request to a machine that is none of the crawl's business."""

from __future__ import annotations

import asyncio

import pytest
from scrapy import Request

from archiver.crawling import guard
from archiver.crawling.failures import Refused
from archiver.crawling.guard import TargetGuard

HOSTS = {
    "public.example": ["93.184.215.14"],
    "loopback.example": ["127.0.0.1"],
    "lan.example": ["192.168.1.7"],
    "mixed.example": ["93.184.215.14", "10.0.0.7"],
    "cloud.example": ["169.254.169.254"],
    "six.example": ["::1"],
    "zone.example": ["fe80::1%eth0"],
    "nowhere.example": [],
}


@pytest.fixture(autouse=True)
def _resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    async def addresses(host: str) -> list[str]:
        return HOSTS[host]

    monkeypatch.setattr(guard, "_addresses", addresses)


def reason(host: str, *, allow_private: bool = False, loopback_only: bool = False) -> str | None:
    """Why a request to the host is refused; None where it is not."""

    async def ask() -> BaseException | None:
        target = TargetGuard(allow_private=allow_private, loopback_only=loopback_only)
        request = target.process_request(Request(f"http://{host}/read/1"))
        (answer,) = await asyncio.gather(request, return_exceptions=True)
        return answer

    refused = asyncio.run(ask())
    return refused.problem.evidence if isinstance(refused, Refused) else None


@pytest.mark.parametrize(
    "host",
    ["loopback.example", "lan.example", "mixed.example", "cloud.example", "six.example", "zone.example"],
)
def test_private_addresses_are_refused_unless_allowed(host: str) -> None:
    said = reason(host)
    assert said is not None
    assert "--allow-private" in said
    assert reason(host, allow_private=True) is None


def test_public_addresses_are_not_judged() -> None:
    assert reason("public.example") is None


def test_a_name_that_does_not_resolve_fails_where_it_is_connected_to() -> None:
    assert reason("nowhere.example") is None


def test_without_contact_or_delay_only_loopback_is_crawled() -> None:
    assert reason("loopback.example", allow_private=True, loopback_only=True) is None
    for host in ("public.example", "lan.example"):
        said = reason(host, allow_private=True, loopback_only=True)
        assert said is not None
        assert "is not this machine" in said
