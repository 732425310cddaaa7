"""Records a case into a fixture: the outlet's real spider crawls the simulated network under the case's date.

The archive that the crawl writes is thrown away but for its captures: a fixture holds one warcinfo, requests and
responses (robots.txt, source, redirect, pages) and nothing that was derived from them.
"""

from __future__ import annotations

import gzip
import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import urlsplit

from archiver.config import Config
from archiver.errors import BadDataError, CannotWriteError, UsageError
from archiver.outlet import Feed
from archiver.outlets import load_outlets
from archiver.simulation.certificates import issue
from archiver.simulation.pages import page_url, render
from archiver.simulation.server import network
from archiver.simulation.story import Case, load_case
from warc.read import read_member, read_records

WIB = timezone(timedelta(hours=7))

KEPT = frozenset({"warcinfo", "request", "response", "revisit"})


def record(outlet_name: str, case_name: str, target: Path, *, as_of: str | None = None) -> Path:
    """Crawl a case and write its captures to `target` (`.warc.gz`); one recording a process, as Twisted has it.

    `as_of` (ISO 8601) moves the recording to another date. Raises `NotFoundError` for an unknown outlet or case,
    `UsageError` for what is no date, `BadDataError` where the crawl did not fetch every page, `CannotWriteError`.
    """
    from archiver.crawling.run import crawl  # noqa: PLC0415 - starts Scrapy

    case = load_case(outlet_name, case_name)
    declared = load_outlets().get(outlet_name)
    outlet = replace(declared, sources=(*declared.sources, *map(Feed, case.feeds)))
    moment = _moment(as_of or case.as_of)
    answers = render(outlet_name, case_name)
    with tempfile.TemporaryDirectory(prefix="kliping-record-") as name:
        folder = Path(name)
        certificates = issue(folder, (urlsplit(url).hostname or "" for url in answers))
        os.environ["SSL_CERT_FILE"] = str(certificates.authority)
        config = Config(archive=folder / "archive", delay=0, operator="Kliping simulation")
        with network(answers, certificates.context(), moment) as ports:
            crawl(
                [outlet],
                config,
                allow_private=True,
                as_of=moment.isoformat(),
                settings={
                    "TWISTED_DNS_RESOLVER": "archiver.simulation.resolver.LoopbackResolver",
                    "SIMULATION_PORTS": ports.mapping,
                    "CONCURRENT_REQUESTS": 1,
                },
            )
        recorded = sorted((folder / "archive" / "warc").glob("*.warc.gz"))
        members = b"".join(member for path in recorded for member in _captures(path, target.name))
        _check_whole(case, recorded)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(members)
    except OSError as error:
        raise CannotWriteError(f"cannot write {target}: {error.strerror}; name another file with -o") from error
    return target


def _moment(text: str) -> datetime:
    """The date and time of a recording; without an offset it is Jakarta's."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no date: write it as 2020-02-18T09:15:00+07:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=WIB)


def _captures(path: Path, name: str) -> Iterator[bytes]:
    """The gzip members of the captures, byte for byte; the warcinfo with the fixture's name in place of its file's."""
    for found in read_records(path):
        if found.ref.type == "warcinfo":
            raw = gzip.decompress(read_member(path, found.ref))
            yield gzip.compress(raw.replace(path.name.encode(), name.encode(), 1), 6, mtime=0)
        elif found.ref.type in KEPT:
            yield read_member(path, found.ref)


def _check_whole(case: Case, recorded: list[Path]) -> None:
    """A fixture has every page of its article."""
    captured = {found.ref.url for path in recorded for found in read_records(path) if found.ref.type == "response"}
    absent = [url for page in case.pages if (url := page_url(case, page)) not in captured]
    if absent:
        raise BadDataError(f"{case.outlet}/{case.name}: the spider did not fetch {', '.join(absent)}")
