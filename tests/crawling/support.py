"""A tiny outlet, its pages, the same pages as a WARC file, and a way to run the command line on them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from archiver.config import Config
from archiver.crawling.ledger import Line, read_ledger
from archiver.crawling.run import RunResult, replay
from archiver.outlet import Layout, Listing, Outlet
from archiver.outlets import Outlets
from warc.read import Record, read_records
from warc.record import Exchange, WarcInfo
from warc.write import WarcWriter

SITE = "https://uji.example"
INFO = WarcInfo("Kliping/test", "", "", "Kliping/test", "obey", "sha256:0", synthetic=True)
MOMENT = datetime(2021, 1, 13, 4, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Answer:
    """What the site says to a GET."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    missing: int = 0
    """Bytes that are promised and never come."""

    def message(self) -> bytes:
        """As bytes on the wire."""
        length = len(self.body) + self.missing
        lines = [f"HTTP/1.1 {self.status} X", f"Content-Type: {self.content_type}", f"Content-Length: {length}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


def story(subject: str, *, pages: tuple[str, ...] = (), canonical: str | None = None, title: str = "") -> Answer:
    """An article about the subject; `pages` are the links of its pager."""
    pager = "".join(f'<a class="pg" href="{page}">{page}</a>' for page in pages)
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    text = (
        f"Warga {subject} menanam padi gogo di lereng bukit sejak musim hujan tiba pekan lalu, kata kepala desa. " * 3
    )
    body = (
        f"<!doctype html><html><head><title>{title or subject}</title>{link}</head><body><article>"
        f"<h1>{title or f'Panen di {subject}'}</h1><time>Rabu, 13 Januari 2021 10:00 WIB</time>"
        f"<div class=body><p>{text}</p></div>"
        f"<div class=paging>{pager}</div></article></body></html>"
    )
    return Answer(body.encode())


def listing(*urls: str, more: str | None = None) -> Answer:
    """An index page with links to articles, and to a further page of it."""
    links = "".join(f'<a class="l" href="{url}">Baca {url}</a>' for url in urls)
    links += f'<a class="n" href="{more}">Berikut</a>' if more else ""
    return Answer(f"<html><body>{links}</body></html>".encode())


def redirect(target: str) -> Answer:
    """A permanent redirect."""
    return Answer(status=301, headers={"Location": target})


def outlet(site: str = SITE, name: str = "uji", domain: str = "uji.example") -> Outlet:
    """The outlet of the site: articles are /read/NUMBER, /index lists them."""
    return Outlet(
        name=name,
        title=name.title(),
        domains=(domain,),
        article_url=re.compile(r"/read/\d+"),
        sources=(Listing(f"{site}/index", links="a.l", next="a.n"),),
        layouts=(Layout(name="test", body="div.body", title=("h1",), published=("time",), pager="a.pg"),),
    )


def write_warc(folder: Path, answers: Mapping[str, Answer], *, site: str = SITE, hour: int = 0) -> Path:
    """A WARC file with these answers, by path, in this order, captured that many hours after `MOMENT`."""
    moment = MOMENT + timedelta(hours=hour)
    writer = WarcWriter(folder, "fixture", INFO, clock=lambda: moment)
    for path, answer in answers.items():
        request = f"GET {path} HTTP/1.1\r\nHost: uji.example\r\n\r\n".encode()
        writer.write_exchange(Exchange(site + path, "GET", request, answer.message(), moment))
    (written,) = writer.close()
    return written


def run_replay(archive: Path, *paths: Path, any_host: bool = False) -> RunResult:
    """Replay into the archive, with the tiny outlet alone."""
    return replay(paths, Config(archive=archive), Outlets([outlet()]), any_host=any_host)


def ledger_of(archive: Path, run: str) -> dict[str, Line]:
    """The run's ledger by address; fails where one has two lines."""
    lines = list(read_ledger(archive / "runs" / run / "ledger.jsonl"))
    by_url = {line.url: line for line in lines}
    assert len(by_url) == len(lines)
    return by_url


def outcomes(archive: Path, run: str, site: str = SITE) -> dict[str, str]:
    """The run's outcomes by path."""
    return {url.removeprefix(site): line.outcome for url, line in ledger_of(archive, run).items()}


def records_of(archive: Path) -> list[Record]:
    """All records of the archive's WARC files."""
    return [record for path in sorted((archive / "warc").glob("*.warc.gz")) for record in read_records(path)]


OUTLET_FILE = """
import re
from archiver.outlet import Layout, Listing, Outlet

UJI = Outlet(
    name="uji", title="Uji", domains=("127.0.0.1",), article_url=re.compile(r"/read/\\d+"),
    sources=(Listing("{site}/index", links="a.l", next="a.n"),),
    layouts=(Layout(name="test", body="div.body", title=("h1",), published=("time",), pager="a.pg"),),
)
"""


def project(folder: Path, site: str, config: str = "") -> Path:
    """A working directory with kliping.toml and a module `outlets_of_test` that declares the outlet of a live site."""
    (folder / "outlets_of_test.py").write_text(OUTLET_FILE.format(site=site))
    (folder / "kliping.toml").write_text(f'outlets = ["outlets_of_test"]\nretries = 1\n{config}')
    return folder


def start(folder: Path, *command: str) -> subprocess.Popen[str]:
    """Start Python in the project's folder."""
    environ = {key: value for key, value in os.environ.items() if key != "KLIPING_CONTACT"}
    environ |= {"PYTHONPATH": str(folder), "SCRAPY_SETTINGS_MODULE": "archiver.settings"}
    return subprocess.Popen(
        [sys.executable, *command], cwd=folder, env=environ, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def start_kliping(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start the command line in the project's folder."""
    return start(folder, "-c", "import sys; from archiver.cli import main; sys.exit(main())", *arguments)


def kliping(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in the project's folder to its end."""
    return _ended(start_kliping(folder, *arguments))


def scrapy(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Scrapy's own command line in the project's folder to its end."""
    return _ended(start(folder, "-m", "scrapy", *arguments))


def _ended(process: subprocess.Popen[str]) -> subprocess.CompletedProcess[str]:
    with process:
        out, err = process.communicate(timeout=60)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)
