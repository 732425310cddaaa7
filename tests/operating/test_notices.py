"""Notices arrive as mail and at a webhook; what goes wrong with them is told."""

from __future__ import annotations

import asyncio
import email
import email.policy
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from archiver.errors import ConfigError, LockedError
from archiver.operating.notices import Notice, check_notices, notice_of_refusal, notice_of_run, send
from archiver.operating.tables import Notify
from tests.operating.support import account

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.operating.support import Sink

NOTICE = Notice("Kliping: tempo: the run failed", "exit code 73: disk full\n", "failure")


@contextmanager
def mail_server() -> Iterator[tuple[int, list[Any]]]:
    """-> a port that takes mail in, and what came, parsed. It speaks as much SMTP as a client needs."""
    messages: list[Any] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 uji ESMTP\r\n")
        while line := await reader.readline():
            command = line[:4].upper()
            if command == b"DATA":
                writer.write(b"354 go on\r\n")
                content = await reader.readuntil(b"\r\n.\r\n")
                messages.append(email.message_from_bytes(content[:-3], policy=email.policy.default))
            writer.write(b"221 bye\r\n" if command == b"QUIT" else b"250 OK\r\n")
            await writer.drain()
            if command == b"QUIT":
                break
        writer.close()

    started: list[Any] = []
    ready = threading.Event()

    async def serve() -> None:
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        stop = asyncio.Event()
        started.extend([asyncio.get_running_loop(), stop, server.sockets[0].getsockname()[1]])
        ready.set()
        await stop.wait()
        server.close()

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    assert ready.wait(10)
    loop, stop, port = started
    try:
        yield port, messages
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


def test_a_webhook_gets_it_as_json(web: Sink) -> None:
    assert send(NOTICE, Notify(targets=(f"json://{web.url}/hook",))) == ()
    ((method, path, body),) = web.asked
    assert (method, path) == ("POST", "/hook")
    sent = msgspec.json.decode(body)
    assert (sent["title"], sent["type"]) == (NOTICE.title, "failure")
    assert sent["message"].strip() == NOTICE.body.strip()


def test_a_mail_arrives() -> None:
    with mail_server() as (port, messages):
        target = f"mailto://127.0.0.1:{port}?from=kliping@contoh.example&to=redaksi@contoh.example&format=text"
        assert send(NOTICE, Notify(targets=(target,))) == ()
    (message,) = messages
    assert (message["Subject"], message["To"]) == (NOTICE.title, "redaksi@contoh.example")
    assert "kliping@contoh.example" in message["From"]
    assert message.get_content().strip() == NOTICE.body.strip()


def test_what_was_not_taken_is_told_without_the_password(web: Sink) -> None:
    web.status = 500
    notify = Notify(targets=(f"json://saya:rahasia@{web.url}/hook", f"json://{web.url}/other"))
    told = send(NOTICE, notify)
    assert len(told) == 2
    assert told[0].startswith("no notice to json://saya:****@127.0.0.1")
    assert "500" in told[0]
    assert "rahasia" not in told[0]


def test_nobody_is_waited_for_too_long(web: Sink) -> None:
    web.silent.clear()
    (told,) = send(NOTICE, Notify(targets=(f"json://{web.url}/hook",), timeout=0.2))
    assert told.startswith("no notice to json://127.0.0.1")


def test_a_target_that_leads_nowhere_is_told_before_a_run() -> None:
    with pytest.raises(ConfigError, match=r"notify\.targets: apprise cannot read .* begins with nosuch://; write"):
        check_notices(Notify(targets=("nosuch://saya:rahasia@x",)))
    check_notices(Notify(targets=("mailto://saya:rahasia@contoh.example", "jsons://contoh.example/hook")))


def test_without_the_library_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(ConfigError, match=r"need the package apprise: install kliping\[notify\]"):
        check_notices(Notify(targets=("json://contoh.example",)))
    check_notices(Notify())


def test_what_is_said_of_a_run() -> None:
    made = account(code=2, outlet="tempo", discovered=5, counts={"saved": 3, "server_error": 2})
    notice = notice_of_run(made, ("always", "partial"), Path("arsip/runs/x"), [f"problem {n}" for n in range(22)])
    assert (notice.title, notice.urgency) == ("Kliping: tempo: done in part", "warning")
    for part in (
        "crawl of tempo, 2021-01-13 12:00 UTC\nexit code 2: finished",
        "      3  saved\n      2  server error",
        "problem 19\nand 2 more",
        "page     arsip/runs/x/index.html",
    ):
        assert part in notice.body
    assert "problem 20" not in notice.body


@pytest.mark.parametrize(("code", "title"), [(0, "well again"), (2, "working again, and done in part")])
def test_recovery_is_told_as_such(code: int, title: str) -> None:
    notice = notice_of_run(account(code=code), ("always", "recovery"), Path("x"), ())
    assert notice.title == f"Kliping: contoh: {title}"


def test_what_is_said_of_a_run_that_could_not_begin() -> None:
    notice = notice_of_refusal(LockedError("cannot write /srv: read-only"), ["satu", "dua"])
    assert notice.title == "Kliping: satu, dua could not be crawled"
    assert "cannot write /srv: read-only" in notice.body
    assert notice.urgency == "failure"
