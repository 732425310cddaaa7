"""The real crawl, run after run, each in a process of its own: Twisted's reactor starts but once in a process.

    python -m archiver.simulation.shift

says that it is ready, then reads one order a line on stdin and answers with one report a line on stdout, both JSON. It
loads Scrapy once and forks for each order, which saves the second that every start of Python and Scrapy costs. `Shift`
drives it.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

from archiver.capture import Capture
from archiver.errors import KlipingError
from archiver.simulation.desk import load_desk
from archiver.simulation.pages import article_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NAMED_IN: Final = ("EXTENSIONS", "DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "DOWNLOAD_HANDLERS", "ITEM_PIPELINES")
"""Settings that name what Scrapy loads for every crawl."""

_READY: Final = b"ready\n"


class Order(Struct, frozen=True):
    """One run of `kliping crawl`: which outlets, under which date, with which kliping.toml, against which network.

    `ports` map the well-known ports to those of the network, `authority` is the file of whoever signed its
    certificates. `delay` (seconds) takes the place of the file's, which may not be as short.
    """

    outlets: tuple[str, ...]
    as_of: str
    config: str
    delay: float
    ports: dict[int, int]
    authority: str


class Report(Struct, frozen=True):
    """How a run ended: its name, its exit code, and what it told the user."""

    run: str | None
    exit_code: int
    problems: tuple[str, ...] = ()


class Shift:
    """The process that runs the crawls. `crawl` waits for the end of one."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def crawl(self, order: Order) -> Report:
        """Run one crawl. Raises `KlipingError` where the process has ended."""
        if self._process.stdin is None or self._process.stdout is None:
            raise KlipingError("the crawling process has no pipes")
        self._process.stdin.write(msgspec.json.encode(order) + b"\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise KlipingError(f"the crawling process has ended with code {self._process.wait()}")
        return msgspec.json.decode(answer, type=Report)


@contextmanager
def open_shift() -> Iterator[Shift]:
    """A process that runs crawls until the block ends; it has loaded everything when the block begins."""
    command = [sys.executable, "-m", "archiver.simulation.shift"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603 - ourselves
        try:
            if process.stdout is None or process.stdout.readline() != _READY:
                raise KlipingError(f"the crawling process did not start: code {process.wait()}")
            yield Shift(process)
        finally:
            if process.stdin is not None:
                process.stdin.close()


def main() -> int:
    """Serve orders until stdin ends."""
    _load()
    sys.stdout.buffer.write(_READY)
    sys.stdout.buffer.flush()
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(_in_a_fork(msgspec.json.decode(line, type=Order)))
        sys.stdout.buffer.flush()
    return 0


def _load() -> None:
    """Load before the first fork what every crawl loads and compiles; nothing of it may start a reactor."""
    from scrapy.settings import Settings  # noqa: PLC0415 - the children's work, done once

    from archiver.crawling import run, spider  # noqa: F401, PLC0415 - the same
    from archiver.discovery import discover  # noqa: F401, PLC0415 - the same
    from archiver.extraction import extract  # noqa: PLC0415 - the same
    from archiver.operating import after_run  # noqa: F401, PLC0415 - the same
    from archiver.outlets import load_outlets  # noqa: PLC0415 - the same
    from archiver.reports import run_page  # noqa: F401, PLC0415 - the same

    settings = Settings()
    settings.setmodule("archiver.settings")
    for group in _NAMED_IN:
        for path in settings.getwithbase(group):
            if isinstance(path, str) and "." in path:
                _import(path.rpartition(".")[0])
    page = article_page(load_desk("tempo").case)
    for outlet in load_outlets():
        extract(Capture("https://www.tempo.co/", page.body, page.headers), outlet)
    if "twisted.internet.reactor" in sys.modules:
        raise KlipingError("a Twisted reactor was started before its time: a fork cannot have it")


def _import(name: str) -> None:
    try:
        importlib.import_module(name)
    except ImportError:
        return  # what only some installations have, Scrapy leaves out too


def _in_a_fork(order: Order) -> bytes:
    """The report of a run in a child process, as a line; one that dies without a report has exit code 1."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(reading)
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what is printed must not get between the reports
            os.write(writing, msgspec.json.encode(crawl(order)) + b"\n")
            code = 0
        except BaseException:  # noqa: BLE001 - the child ends here, and its parent tells that it did
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    failure = f"the crawling process ended with code {os.waitstatus_to_exitcode(status)}"
    return answer or msgspec.json.encode(Report(None, 1, (failure,))) + b"\n"


def crawl(order: Order) -> Report:
    """One run in this process, as `kliping crawl` does it."""
    from archiver.config import load_config, with_changes  # noqa: PLC0415 - a child's work
    from archiver.crawling.run import crawl as run  # noqa: PLC0415 - the same
    from archiver.operating.after_run import after_run  # noqa: PLC0415 - the same
    from archiver.outlets import load_outlets  # noqa: PLC0415 - the same

    os.environ["SSL_CERT_FILE"] = order.authority
    try:
        config = with_changes(load_config(order.config, environ={}), delay=order.delay)
        outlets = load_outlets(config.outlets, config.outlet_dirs)
        result = run(
            [outlets.get(name) for name in order.outlets],
            config,
            allow_private=True,
            as_of=order.as_of,
            settings=loopback(order.ports),
        )
    except KlipingError as error:
        return Report(None, int(error.exit_code), (str(error),))
    problems = (*result.problems, *after_run(result, config))
    return Report(result.account.run, result.exit_code, problems)


def loopback(ports: Mapping[int, int]) -> dict[str, object]:
    """Scrapy's settings for a crawl of the network: its own resolver, and one request at a time to a host.

    The latter is what a polite crawl does anyway; with the short delays of the simulation it has to be said.
    """
    return {
        "TWISTED_DNS_RESOLVER": "archiver.simulation.resolver.LoopbackResolver",
        "SIMULATION_PORTS": dict(ports),
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    }


if __name__ == "__main__":
    sys.exit(main())
