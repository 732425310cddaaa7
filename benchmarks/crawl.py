"""Pages per second of a crawl with everything on, beside bare Scrapy that throws its pages away.

    python benchmarks/crawl.py [--articles 500] [--rounds 5]

A site on loopback, in a process of its own, serves articles of about 80 kB, gzipped. Both crawl it without a delay and
with the same concurrency, in turn, each time in a fresh process. Kliping records every exchange into a WARC file, cuts
out the article and writes text, metadata and catalog; Scrapy does nothing. Measured are the time from the start of the
crawl to its end, and the CPU time of the process from its first line on, which a busy machine disturbs less.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONCURRENCY = 32
PARAGRAPHS = 24
WORDS = (
    "warga pasar kota jalan sungai kantor harga pagi siang malam hujan kebun sekolah guru murid kapal nelayan "
    "pelabuhan jembatan kereta stasiun petani padi sawah bukit desa lurah camat bupati gubernur menteri rapat laporan"
).split()
MODES = ("scrapy", "kliping")


@dataclass(frozen=True, slots=True)
class Measured:
    """One crawl: seconds from start to end, seconds of CPU, articles that came."""

    wall: float
    cpu: float
    pages: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--mode", choices=MODES, help=argparse.SUPPRESS)
    parser.add_argument("--site", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        asyncio.run(serve(options.articles))
    elif options.mode:
        run = {"scrapy": crawl_bare, "kliping": crawl_ours}[options.mode]
        print(json.dumps(run(options.site)))
    else:
        compare(options.articles, options.rounds)


def compare(articles: int, rounds: int) -> None:
    command = [sys.executable, __file__, "--articles", str(articles)]
    with subprocess.Popen([*command, "--serve"], stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - this file
        try:
            assert server.stdout  # noqa: S101 - a pipe
            site = server.stdout.readline().strip()
            results: dict[str, list[Measured]] = {mode: [] for mode in MODES}
            for _ in range(rounds):
                for mode in MODES:
                    measured = _measure([*command, "--mode", mode, "--site", site])
                    if measured.pages != articles:
                        sys.exit(f"crawl: {mode} got {measured.pages} of {articles} articles")
                    results[mode].append(measured)
        finally:
            server.terminate()
    print(f"\n{articles} articles, {rounds} rounds, concurrency {CONCURRENCY}\n")
    print("\n".join(table(results, articles)))


def _measure(command: list[str]) -> Measured:
    with tempfile.TemporaryDirectory(prefix="kliping-bench-") as folder:
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=folder)  # noqa: S603 - ours
    return Measured(**json.loads(done.stdout))


def table(results: dict[str, list[Measured]], articles: int) -> list[str]:
    """Medians as a Markdown table; the ratios are of each round's pair."""
    lines = ["| crawl | pages/s | CPU ms a page |", "|---|---:|---:|"]
    for mode, measured in results.items():
        rate = statistics.median(articles / one.wall for one in measured)
        cpu = statistics.median(one.cpu for one in measured) / articles * 1000
        lines.append(f"| {mode} | {rate:.0f} | {cpu:.1f} |")
    pairs = list(zip(results["scrapy"], results["kliping"], strict=True))
    speed = statistics.median(bare.wall / ours.wall for bare, ours in pairs)
    cpu = statistics.median(bare.cpu / ours.cpu for bare, ours in pairs)
    return [*lines, f"| ratio | {speed:.2f} | {cpu:.2f} |"]


def crawl_bare(site: str) -> dict[str, float]:
    """Scrapy as it comes: it fetches the pages and does nothing with them."""
    import scrapy  # noqa: PLC0415 - the other processes don't need it
    from scrapy.crawler import AsyncCrawlerProcess  # noqa: PLC0415 - the same

    pages = []

    class Bare(scrapy.Spider):
        name = "bare"

        async def start(self) -> AsyncIterator[Any]:
            yield scrapy.Request(f"{site}/index", callback=self.parse_index)

        def parse_index(self, response: Any) -> Any:
            for link in response.css("a.l::attr(href)").getall():
                yield scrapy.Request(link)

        def parse(self, response: Any) -> None:
            pages.append(response.status)

    settings = {**_settings(), "ROBOTSTXT_OBEY": True, "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False}
    settings |= {"LOG_LEVEL": "ERROR", "DEFAULT_REQUEST_HEADERS": {"Accept-Encoding": "gzip"}, "COOKIES_ENABLED": False}
    began = time.perf_counter()
    process = AsyncCrawlerProcess(settings)
    process.crawl(Bare)
    process.start()
    return {"wall": time.perf_counter() - began, "cpu": time.process_time(), "pages": len(pages)}


def crawl_ours(site: str) -> dict[str, float]:
    """`kliping crawl`, but for the command line around it."""
    from archiver.config import Config  # noqa: PLC0415 - the other processes don't need it
    from archiver.crawling.run import crawl  # noqa: PLC0415 - the same
    from archiver.outlet import Layout, Listing, Outlet  # noqa: PLC0415 - the same

    outlet = Outlet(
        name="loopback",
        title="Loopback",
        domains=("127.0.0.1",),
        article_url=re.compile(r"/read/\d+"),
        sources=(Listing(f"{site}/index", links="a.l"),),
        layouts=(Layout(name="bench", body="div.isi", title=("h1",), drop={"related_inline": (".baca-juga",)}),),
    )
    config = Config(archive=Path("archive"), delay=0)
    began = time.perf_counter()
    result = crawl([outlet], config, allow_private=True, apart=True, settings=_settings())
    wall = time.perf_counter() - began
    return {"wall": wall, "cpu": time.process_time(), "pages": result.account.counts.get("saved", 0)}


def _settings() -> dict[str, Any]:
    return {
        "AUTOTHROTTLE_ENABLED": False,
        "CONCURRENT_REQUESTS": CONCURRENCY,
        "CONCURRENT_REQUESTS_PER_DOMAIN": CONCURRENCY,
        "DOWNLOAD_DELAY": 0,
    }


async def serve(articles: int) -> None:
    """Every answer is ready before the first request; the first line on stdout is the site's address."""
    server = await asyncio.start_server(lambda reader, writer: _answer(reader, writer, answers), "127.0.0.1", 0)
    site = "http://{}:{}".format(*server.sockets[0].getsockname())
    listing = "".join(f'<a class="l" href="{site}/read/{number}">{number}</a>' for number in range(articles))
    answers = {
        b"/robots.txt": _message(b"User-agent: *\nAllow: /\n", b"text/plain"),
        b"/index": _message(listing.encode()),
    }
    answers |= {b"/read/%d" % number: _message(_page(number)) for number in range(articles)}
    print(site, flush=True)
    await server.serve_forever()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, answers: dict[bytes, bytes]) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            writer.write(answers.get(head.split(b" ", 2)[1], b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def _message(body: bytes, content_type: bytes = b"text/html; charset=utf-8") -> bytes:
    packed = gzip.compress(body, 6, mtime=0)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
    return head % (content_type, len(packed)) + packed


def _page(number: int) -> bytes:
    """An article in the shell that news pages have: menus, lists of other stories, scripts."""
    chance = random.Random(number)  # noqa: S311 - words, not secrets

    def words(count: int) -> str:
        return " ".join(chance.choices(WORDS, k=count)).capitalize()

    menu = "".join(f'<li class="m"><a href="/kanal/{i}">{words(2)}</a></li>' for i in range(80))
    others = "".join(
        f'<div class="item"><a href="/read/{9000 + i}"><img src="/g/{i}.jpg" alt=""><h3>{words(9)}</h3></a>'
        f"<span>{words(2)}</span></div>"
        for i in range(80)
    )
    script = f"<script>var data = {json.dumps([chance.random() for _ in range(500)])};</script>"
    body = "".join(
        f"<p>{words(60)}.</p>"
        + (f'<div class="baca-juga"><a href="/read/{i}">Baca juga: {words(8)}</a></div>' * (i % 6 == 5))
        for i in range(PARAGRAPHS)
    )
    article = f"<h1>{words(8)}</h1><div class=tgl>Rabu, 13 Januari 2021 10:30 WIB</div><div class=isi>{body}</div>"
    main = f"<nav><ul>{menu}</ul></nav><main><article>{article}</article><aside>{others}</aside></main>"
    head = f"<head><meta charset=utf-8><title>{words(8)}</title>{script}</head>"
    return f"<!doctype html><html lang=id>{head}<body>{main}{script * 4}</body></html>".encode()


if __name__ == "__main__":
    main()
