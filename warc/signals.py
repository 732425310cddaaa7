"""Telling the application of an exchange or a replay, and hearing from it that it could not keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warc.errors import WarcError

if TYPE_CHECKING:
    from scrapy.signalmanager import SignalManager


def announce(signals: SignalManager, signal: object, **told: object) -> None:
    """Send a signal. A WarcError of a receiver is raised here; any other error Scrapy logs and passes over."""
    for _receiver, result in signals.send_catch_log(signal, **told):
        error = getattr(result, "value", None)  # Twisted's Failure has the error there
        if isinstance(error, WarcError):
            raise error
