"""Runs that somebody is said to have made, and a server that notes what it is asked."""

from __future__ import annotations

import http.server
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from archiver.crawling.account import Account, SourceVisit, write_account
from archiver.crawling.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from archiver.archive import Archive
    from archiver.article import Outcome

NOON = datetime(2021, 1, 13, 12, 0, tzinfo=UTC)
SOURCE = "https://contoh.test/sitemap.xml"


def account(hour: float = 0, outlet: str = "contoh", code: int | None = 0, **changes: Any) -> Account:
    """A crawl that began so many hours after `NOON` and took 90 seconds; without a code it has no end."""
    start = NOON + timedelta(hours=hour)
    made = Account(
        run=f"{start:%Y%m%dT%H%M%SZ}-{outlet}-0000",
        kind="crawl",
        outlets=(outlet,),
        started=start.isoformat(),
        version="0.1.0",
        settings_digest="sha256:0",
        finished=None if code is None else (start + timedelta(seconds=90)).isoformat(),
        reason=None if code is None else "finished",
        sources=(SourceVisit(url=SOURCE, outlet=outlet, candidates=3),),
        exit_code=code,
    )
    return msgspec.structs.replace(made, **changes)


def keep(archive: Archive, made: Account, outcomes: Mapping[str, Outcome] | None = None) -> Path:
    """Write the run's folder: run.json, and a ledger of its first outlet with these outcomes by address."""
    folder = archive.runs / made.run
    folder.mkdir(parents=True)
    ledger = Ledger(folder / "ledger.jsonl", clock=lambda: datetime.fromisoformat(made.started))
    for url, outcome in (outcomes or {}).items():
        ledger.discover(url, SOURCE, outlet=made.outlets[0])
        ledger.settle(url, outcome, evidence=None if outcome == "saved" else f"because of {outcome}")
    ledger.close()
    write_account(
        folder,
        msgspec.structs.replace(made, counts=dict(sorted(ledger.counts.items())), discovered=ledger.discovered),
    )
    return folder


@dataclass
class Sink:
    """A running server. `status` is what it answers with; `asked` are method, path and body of what came."""

    url: str = ""
    status: int = 200
    asked: list[tuple[str, str, bytes]] = field(default_factory=list)
    silent: threading.Event = field(default_factory=threading.Event)
    """While it is cleared, nobody gets an answer."""


@contextmanager
def sink() -> Iterator[Sink]:
    """A web server on a free port of this machine."""
    found = Sink()
    found.silent.set()

    class Handler(http.server.BaseHTTPRequestHandler):
        def _note(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            found.asked.append((self.command, self.path, body))
            found.silent.wait(20)
            self.send_response(found.status)
            self.end_headers()

        do_GET = do_POST = _note  # noqa: N815 - the names in the standard library

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name in the standard library
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found.url = f"127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield found
        found.silent.set()
        server.shutdown()
        thread.join()
