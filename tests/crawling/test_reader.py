"""Pages are read alike in this process and in another one, which ends with this one."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archiver.article import Article
from archiver.capture import Capture
from archiver.crawling.reader import Reader, is_worth_it
from archiver.extraction import extract
from archiver.outlets import load_outlets
from tests.extraction.pages import URL, html, outlet

PAGE = Capture(URL, html().encode(), (("Content-Type", "text/html; charset=utf-8"),))


@contextmanager
def reading(*, apart: bool) -> Iterator[Reader]:
    """A reader, when its other process is there if it is `apart`."""
    reader = Reader(may_part=apart, after=0)
    try:
        asyncio.run(read(reader))
        if apart:
            assert reader._ready is not None
            reader._ready.result(timeout=60)
        yield reader
    finally:
        reader.close()


async def read(reader: Reader) -> list[Article]:
    return await asyncio.gather(*(reader.extract(PAGE, known) for known in (outlet(), None, outlet())))


@pytest.mark.parametrize("apart", [False, True])
def test_what_is_read_does_not_depend_on_where(*, apart: bool) -> None:
    with reading(apart=apart) as reader:
        assert asyncio.run(read(reader)) == [extract(PAGE, outlet()), extract(PAGE), extract(PAGE, outlet())]


def test_a_short_crawl_starts_no_other_process() -> None:
    reader = Reader(may_part=True, after=6)
    asyncio.run(read(reader))
    asyncio.run(read(reader))
    assert not _is_started(reader)
    asyncio.run(read(reader))
    assert _is_started(reader)
    reader.close()
    assert asyncio.run(read(reader))[0] == extract(PAGE, outlet())
    assert not _is_started(reader)


def test_when_the_other_process_dies_this_one_reads_on(caplog: pytest.LogCaptureFixture) -> None:
    with reading(apart=True) as reader:
        os.kill(_workers(reader)[0], signal.SIGKILL)
        assert asyncio.run(read(reader))[0] == extract(PAGE, outlet())
    assert "this one reads on" in caplog.text


def test_the_other_process_does_not_outlive_this_one() -> None:
    command = [sys.executable, "-c", "import tests.crawling.test_reader as test; test.read_and_wait()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        assert _is_alive(worker)
        parent.kill()
    deadline = time.monotonic() + 20
    while _is_alive(worker):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def read_and_wait() -> None:
    """What that test runs in a process of its own."""
    with reading(apart=True) as reader:
        print(_workers(reader)[0], flush=True)
        input()


def test_every_outlet_can_be_sent_to_another_process() -> None:
    reader = Reader(may_part=False)
    assert all(reader._pack(each) for each in load_outlets())


def test_who_waits_between_requests_needs_no_second_process() -> None:
    assert not is_worth_it(1.0)


def _is_started(reader: Reader) -> bool:
    return reader._executor is not None


def _workers(reader: Reader) -> list[int]:
    assert reader._executor is not None
    return list(reader._executor._processes)


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
