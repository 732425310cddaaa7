"""Reading pages beside the crawl: extraction in a process of its own, where pages come faster than one can read them.

A crawl that waits between requests has time to read. One that does not, of a mirror on loopback say, would spend a
third of its time on reading. Extraction is pure, so it does not matter which process does it.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import pickle
import signal
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from typing import TYPE_CHECKING

from archiver.extraction import extract

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from archiver.article import Article
    from archiver.capture import Capture
    from archiver.outlet import Outlet

_LOG = logging.getLogger(__name__)


class Reader:
    """Extracts articles: in this process and, where it `may_part`, soon in another one, which ends with it."""

    def __init__(self, *, may_part: bool, after: int = 25) -> None:
        """`after` so many pages the other process is started: a short crawl is over before it would be ready."""
        self._here: int | None = after if may_part else None
        self._executor: ProcessPoolExecutor | None = None
        self._ready: Future[int] | None = None
        self._packed: dict[str, bytes] = {}

    async def extract(self, capture: Capture, outlet: Outlet | None) -> Article:
        """The article in a page: see `archiver.extraction.extract`. Raises what that raises."""
        if not self._is_apart():
            return extract(capture, outlet)
        packed, loop = self._pack(outlet), asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._executor, _extract, capture, packed)
        except BrokenProcessPool:
            if self._executor is not None:
                _LOG.warning("the process that reads pages has died; this one reads on")
                self.close()
            return extract(capture, outlet)

    def close(self) -> None:
        """End the other process, and start none any more."""
        self._here = self._ready = None
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None

    def _is_apart(self) -> bool:
        """Whether the other process is there; it is started when its time has come."""
        if self._here is not None:
            self._here -= 1
            if self._here < 0:
                self._here = None
                # Spawned and not forked: a fork would hold the archive's locks for as long as it lives.
                context = multiprocessing.get_context("spawn")
                self._executor = ProcessPoolExecutor(1, context, initializer=_depend_on_parent)
                self._ready = self._executor.submit(int)
        return self._ready is not None and self._ready.done()

    def _pack(self, outlet: Outlet | None) -> bytes | None:
        if outlet is None:
            return None
        if outlet.name not in self._packed:
            self._packed[outlet.name] = pickle.dumps(outlet)
        return self._packed[outlet.name]


def is_worth_it(delay: float) -> bool:
    """Whether a crawl with this delay (seconds) reads faster in two processes."""
    return delay == 0 and len(os.sched_getaffinity(0)) > 1


def _extract(capture: Capture, packed: bytes | None) -> Article:
    return extract(capture, _unpacked(packed) if packed is not None else None)


@lru_cache(maxsize=64)
def _unpacked(packed: bytes) -> Outlet:
    outlet: Outlet = pickle.loads(packed)  # noqa: S301 - from this very program
    return outlet


def _depend_on_parent() -> None:
    """Leave Ctrl-C to the parent, and end when it ends, however that is."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(0)  # the pool waits for work that nobody can give it any more
