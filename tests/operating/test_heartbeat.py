"""The heartbeat reaches its address, and is no trouble where it doesn't."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from archiver.operating.heartbeat import beat, failed
from archiver.operating.tables import Heartbeat

if TYPE_CHECKING:
    from tests.operating.support import Sink


def test_success_and_failure_have_their_addresses(web: Sink) -> None:
    heartbeat = Heartbeat(url=f"http://{web.url}/ping/4f2a")
    assert beat(heartbeat, well=True) is None
    assert beat(heartbeat, well=False) is None
    assert web.asked == [("GET", "/ping/4f2a", b""), ("GET", "/ping/4f2a/fail", b"")]


def test_nothing_is_asked_where_none_is_configured() -> None:
    assert beat(Heartbeat(), well=True) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://hc.example/4f", "https://hc.example/4f/fail"),
        ("https://hc.example/4f/", "https://hc.example/4f/fail"),
        ("https://hc.example/4f?name=a", "https://hc.example/4f/fail?name=a"),
    ],
)
def test_where_a_failure_is_told(url: str, expected: str) -> None:
    assert failed(url) == expected


def test_an_answer_that_is_an_error_is_told_without_the_secret(web: Sink) -> None:
    web.status = 404
    told = beat(Heartbeat(url=f"http://{web.url}/ping/rahasia"), well=True)
    assert told == "the heartbeat did not reach 127.0.0.1: HTTP 404; see [heartbeat] in kliping.toml"


def test_nobody_waits_longer_than_allowed(web: Sink) -> None:
    web.silent.clear()
    begun = time.monotonic()
    told = beat(Heartbeat(url=f"http://{web.url}/ping", timeout=0.2), well=True)
    assert time.monotonic() - begun < 5
    assert told == "the heartbeat did not reach 127.0.0.1: timed out; see [heartbeat] in kliping.toml"


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/x", "http://127.0.0.1:99999/x", "http://[/x"])
def test_no_address_raises(url: str) -> None:
    assert (beat(Heartbeat(url=url), well=True) or "").startswith("the heartbeat did not reach ")
