"""A back-catalogue of many thousand addresses: whether memory stays flat and time grows with their number alone.

    python benchmarks/backlog.py [--articles 50000] [--a-day 100]

A site on loopback, in a process of its own, has an index page for each day and an article behind each link. `crawl` is
asked for all the days, with everything on: recording, extraction, catalog, ledger, pending table. Its size and pace are
printed on the way. Exits with 1 where it grew by more than `ALLOWED` megabytes for a thousand articles in the second
half, or where an article is missing. Reads /proc, so it runs on Linux alone.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archiver.crawling.ledger import Line

LAST = date(2020, 12, 31)
STEPS = 20
ALLOWED = 1.0
"""Megabytes a thousand articles. The addresses alone, kept as strings, would take more."""

WORDS = "warga pasar kota jalan sungai kantor harga pagi siang malam hujan kebun sekolah guru kapal nelayan".split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--a-day", type=int, default=100, metavar="N")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        asyncio.run(serve(options.a_day))
        return
    command = [sys.executable, __file__, "--a-day", str(options.a_day), "--serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - this file
        try:
            assert server.stdout  # noqa: S101 - a pipe
            crawl_all(server.stdout.readline().strip(), options.articles, options.a_day)
        finally:
            server.terminate()


@dataclass(slots=True)
class Watch:
    """Hears of each outcome, and looks at clock and memory on the way."""

    step: int
    began: float = field(default_factory=time.perf_counter)
    counts: Counter[str] = field(default_factory=Counter)
    sizes: list[float] = field(default_factory=list)
    last: float = field(default_factory=time.perf_counter)

    def __call__(self, line: Line) -> None:
        """The ledger's listener."""
        self.counts[line.outcome] += 1
        if line.outcome != "saved":
            print(line.outcome, line.url, line.evidence, flush=True)
        done = self.counts.total()
        if done % self.step == 0:
            now = time.perf_counter()
            self.sizes.append(megabytes())
            pace = self.step / (now - self.last)
            print(f"{done:7} articles {now - self.began:7.0f} s {pace:6.0f}/s {self.sizes[-1]:8.1f} MB", flush=True)
            self.last = now


def crawl_all(site: str, articles: int, a_day: int) -> None:
    """Crawl all days of the site, in this process."""
    from archiver.config import Config  # noqa: PLC0415 - the server doesn't need it
    from archiver.crawling.run import crawl  # noqa: PLC0415 - the same
    from archiver.outlet import ByDate, Layout, Listing, Outlet  # noqa: PLC0415 - the same

    outlet = Outlet(
        name="loopback",
        title="Loopback",
        domains=("127.0.0.1",),
        article_url=re.compile(r"/read/"),
        back_catalogue=(ByDate(source=Listing(f"{site}/indeks/{{day}}", links="a")),),
        layouts=(Layout(name="bench", body="div.isi", title=("h1",), published=("time",)),),
    )
    watch = Watch(max(articles // STEPS, 1))
    with tempfile.TemporaryDirectory(prefix="kliping-bench-") as folder:
        result = crawl(
            [outlet],
            Config(archive=Path(folder) / "archive", delay=0),
            allow_private=True,
            days=(LAST - timedelta(days=articles // a_day - 1), LAST),
            listener=watch,
        )
    later = watch.sizes[len(watch.sizes) // 2 :]
    grown = (later[-1] - later[0]) / max(len(later) - 1, 1) / watch.step * 1000
    print(f"{result.account.counts}; {grown:.2f} MB for a thousand articles in the second half")
    if result.account.counts != {"saved": articles // a_day * a_day} or grown > ALLOWED:
        sys.exit("backlog: articles are missing, or memory is not flat")


def megabytes() -> float:
    """Size of this process in memory."""
    resident = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return resident * resource.getpagesize() / 1e6


async def serve(a_day: int) -> None:
    """Answers are made as they are asked for; the first line on stdout is the site's address."""
    server = await asyncio.start_server(lambda reader, writer: _answer(reader, writer, a_day), "127.0.0.1", 0)
    print("http://{}:{}".format(*server.sockets[0].getsockname()), flush=True)
    await server.serve_forever()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, a_day: int) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            body = _body(head.split(b" ", 2)[1].decode("ascii"), a_day)
            status = b"200 OK" if body else b"404 Not Found"
            length = b"Content-Length: %d\r\n\r\n" % len(body)
            writer.write(b"HTTP/1.1 %b\r\nContent-Type: text/html; charset=utf-8\r\n%b%b" % (status, length, body))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def _body(path: str, a_day: int) -> bytes:
    _, kind, *rest = path.split("/")
    if kind == "indeks":
        return "".join(f'<a href="/read/{rest[0]}/{number}">Berita {number}</a>' for number in range(a_day)).encode()
    if kind != "read":
        return b""
    day, number = rest
    words = [WORDS[(int(number) * 7 + place * place) % len(WORDS)] for place in range(90)]
    text = "".join(f"<p>{' '.join(words[start : start + 30]).capitalize()} {path}.</p>" for start in (0, 30, 60))
    moment = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    head = f"<h1>Kabar {number} dari {day}</h1><time datetime={moment.isoformat()}>{day}</time>"
    return f"<!doctype html><title>x</title><article>{head}<div class=isi>{text}</div></article>".encode()


if __name__ == "__main__":
    main()
