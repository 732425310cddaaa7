"""What the tap records is what the server got and sent, byte for byte."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import trustme

from tests.warc.crawl import Job, Outcome, crawl
from tests.warc.rawserver import RawServer, Script, Served
from tests.warc.samples import PAGE, chunked_message, in_chunks, message
from warc.spill import SPILL_AT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warc.record import Exchange

LARGE = message(b"x" * (SPILL_AT + 1000))

SCRIPTS = {
    "/plain": Script(message()),
    "/chunked": Script(
        message(in_chunks(PAGE, 70, extension=b";note=1", trailers=b"X-Sum: 42\r\n"), "Transfer-Encoding: chunked")
    ),
    "/gzip": Script(message(gzip.compress(PAGE, mtime=0), "Content-Encoding: gzip")),
    "/gzip-chunked": Script(chunked_message()),
    "/204": Script(b"HTTP/1.1 204 No Content\r\nDate: Sat, 21 Nov 2026 12:00:00 GMT\r\n\r\n"),
    "/304": Script(b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n'),
    "/empty": Script(message(b"")),
    "/until-close": Script(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE, "close"),
    "/odd": Script(
        b"HTTP/1.1 200 Alles Gut\nserver:x\nX-Fold: one,\n two\nX-Dup: a\nx-dup: b\n"
        b"X-L: caf\xe9\ncontent-LENGTH: 2\n\nok"
    ),
    "/no-reason": Script(b"HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok"),
    "/echo": Script(b"HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n"),
    "/moved": Script(message(b"", "Location: /plain", status="301 Moved Permanently")),
    "/large": Script(LARGE),
    "/surplus": Script(message() + b"HTTP/1.1 200 OK\r\n\r\nnot asked for", "close"),
    "/interim": Script(b"HTTP/1.1 103 Early Hints\r\nLink: </s.css>\r\n\r\n" + message()),
    "/stale": Script(message(), "go stale"),
}
BROKEN = {
    "/plain": Script(message()),
    "/reset": Script(message()[:200], "reset"),
    "/cut": Script(message()[:200], "close"),
    "/cut-chunk": Script(message(b"ffff\r\n<p>", "Transfer-Encoding: chunked"), "close"),
    "/cut-head": Script(b"HTTP/1.1 200 OK\r\nContent-Ty", "close"),
    "/garbage": Script(b"220 mail.example ESMTP\r\n", "close"),
    "/silent": Script(b"", "close"),
    "/stall": Script(message()[:200], "stall"),
    "/large": Script(LARGE),
    "/large-chunked": Script(message(in_chunks(PAGE * 100), "Transfer-Encoding: chunked")),
    "/stop": Script(LARGE),
}


@dataclass
class Crawled:
    """A server's account beside the outcomes of a crawl, by path."""

    served: dict[str, list[Served]]
    outcomes: dict[str, list[Outcome]]

    def pair(self, path: str, turn: int = 0) -> tuple[Served, Outcome, Exchange]:
        """The server's side, the spider's and the recorder's of one request."""
        outcome = self.outcomes[path][turn]
        (exchange,) = outcome.exchanges
        return self.served[path][turn], outcome, exchange


def by_path(server: RawServer, jobs: list[Job], outcomes: list[Outcome]) -> Crawled:
    found: dict[str, list[Outcome]] = {}
    for job, outcome in zip(jobs, outcomes, strict=True):
        found.setdefault(job.url.removeprefix(server.url), []).append(outcome)
    return Crawled(server.served, found)


@pytest.fixture(scope="module")
def tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture(scope="module", params=["tcp", "tls"])
def crawled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, tls: ssl.SSLContext
) -> Iterator[Crawled]:
    with RawServer(SCRIPTS, tls if request.param == "tls" else None) as server:
        jobs = [Job(server.url + path) for path in SCRIPTS]
        jobs[list(SCRIPTS).index("/echo")] = Job(server.url + "/echo", method="POST", body=b"a=1&b=2")
        jobs += [Job(server.url + "/stale"), Job(server.url + "/plain", method="HEAD")]
        yield by_path(server, jobs, crawl(tmp_path_factory.mktemp("crawl"), jobs, REDIRECT_ENABLED=False))


EXACT = [path for path in SCRIPTS if path not in {"/interim", "/surplus"}]


@pytest.mark.parametrize("path", EXACT)
def test_request_and_response_are_recorded_byte_for_byte(crawled: Crawled, path: str) -> None:
    served, outcome, exchange = crawled.pair(path)
    assert exchange.sent == served.request
    assert exchange.received == served.response
    assert (exchange.exact, exchange.truncated, exchange.error, exchange.notes) == (True, None, None, ())
    assert exchange.ip == "127.0.0.1"
    assert outcome.error is None


def test_a_head_request_has_no_body(crawled: Crawled) -> None:
    served, outcome, exchange = crawled.pair("/plain", 1)
    assert exchange.method == "HEAD"
    assert exchange.sent.startswith(b"HEAD /plain HTTP/1.1\r\n")
    assert exchange.received == served.response
    assert exchange.truncated is None
    assert outcome.status == 200


def test_a_request_that_is_repeated_on_a_fresh_connection_is_recorded_once(crawled: Crawled) -> None:
    served, outcome, exchange = crawled.pair("/stale", 1)
    assert outcome.status == 200
    assert exchange.sent == served.request
    assert exchange.received == served.response


def test_an_interim_response_is_left_out_and_named(crawled: Crawled) -> None:
    served, outcome, exchange = crawled.pair("/interim")
    assert exchange.received == message()
    assert served.response.endswith(message())
    assert exchange.notes == ("interim response not kept: HTTP/1.1 103 Early Hints",)
    assert outcome.body == PAGE


def test_bytes_after_the_response_are_not_part_of_it(crawled: Crawled) -> None:
    _, outcome, exchange = crawled.pair("/surplus")
    assert exchange.received == message()
    assert exchange.truncated is None
    assert outcome.status == 200


def test_the_protocol_is_named(crawled: Crawled, request: pytest.FixtureRequest) -> None:
    _, _, plain = crawled.pair("/plain")
    _, _, old = crawled.pair("/until-close")
    if "tls" in request.node.callspec.id:
        assert plain.protocols == ("http/1.1", "tls/1.3")
        assert old.protocols == ("http/1.0", "tls/1.3")
        assert plain.cipher
        assert plain.cipher.startswith("TLS_")
    else:
        assert plain.protocols == ("http/1.1",)
        assert old.protocols == ("http/1.0",)
        assert plain.cipher is None


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    meta: dict[str, dict[str, Any]] = {
        "/stall": {"download_timeout": 0.5},
        "/large": {"download_maxsize": 100_000},
        "/large-chunked": {"download_maxsize": 10_000},
    }
    with RawServer(BROKEN) as server:
        jobs = [Job(server.url + path, meta=meta.get(path, {}), stop=path == "/stop") for path in BROKEN]
        with socket.create_server(("127.0.0.1", 0)) as unused:
            port = unused.getsockname()[1]
        jobs.append(Job(f"{server.url}-refused".replace(str(server.port), str(port)).replace("-refused", "/")))
        outcomes = crawl(tmp_path_factory.mktemp("broken"), jobs, KLIPING_AS_OF="2016-03-01T10:00:00+07:00")
        crawled = by_path(server, jobs[:-1], outcomes[:-1])
        crawled.outcomes["refused"] = outcomes[-1:]
        yield crawled


@pytest.mark.parametrize(
    ("path", "truncated", "error"),
    [
        ("/reset", "disconnect", "ResponseDataLossError"),
        ("/cut", "disconnect", "ResponseDataLossError"),
        ("/cut-chunk", "disconnect", "ResponseDataLossError"),
        ("/cut-head", "disconnect", "DownloadFailedError"),
        ("/garbage", "disconnect", "DownloadFailedError"),
        ("/stall", "time", "DownloadTimeoutError"),
        ("/large", "length", "DownloadCancelledError"),
        ("/large-chunked", "length", "DownloadCancelledError"),
        ("/stop", "unspecified", None),
    ],
)
def test_what_was_seen_of_a_broken_response_is_kept(
    broken: Crawled, path: str, truncated: str, error: str | None
) -> None:
    served, outcome, exchange = broken.pair(path)
    assert exchange.sent == served.request
    assert exchange.truncated == truncated
    assert outcome.error == error
    assert (exchange.error or "None").startswith(str(error))
    assert len(exchange.received) > 0
    assert served.response.startswith(exchange.received[:])
    if path in {"/cut", "/cut-chunk", "/cut-head", "/garbage", "/stall"}:
        assert exchange.received == served.response


def test_no_answer_at_all(broken: Crawled) -> None:
    served, outcome, exchange = broken.pair("/silent")
    assert exchange.sent == served.request
    assert exchange.received == b""
    assert exchange.truncated is None
    assert outcome.error == "DownloadFailedError"


def test_a_refused_connection_is_told_too(broken: Crawled) -> None:
    (outcome,) = broken.outcomes["refused"]
    (exchange,) = outcome.exchanges
    assert (exchange.sent, exchange.received, exchange.ip, exchange.protocols) == (b"", b"", None, ())
    assert exchange.error
    assert exchange.error.startswith("DownloadConnectionRefusedError")


def test_the_clock_can_be_set_to_another_era(broken: Crawled) -> None:
    dates = [outcome.exchanges[0].date for outcomes in broken.outcomes.values() for outcome in outcomes]
    assert dates == sorted(dates)
    assert all(date.isoformat().startswith("2016-03-01T03:00:0") for date in dates)


SECRETS = {"Authorization": "Basic c2VjcmV0", "Cookie": "session=secret", "Proxy-Authorization": "Basic cHJveHk="}


@pytest.mark.parametrize("keep", [False, True])
def test_credentials_are_not_recorded_unless_asked_for(tmp_path: Path, *, keep: bool) -> None:
    with RawServer(SCRIPTS) as server:
        job = Job(server.url + "/plain", headers=SECRETS)
        (outcome,) = crawl(tmp_path, [job], KLIPING_RECORD_CREDENTIALS=keep)
        sent_for_real = server.served["/plain"][0].request
    (exchange,) = outcome.exchanges
    assert b"session=secret" in sent_for_real
    assert b"cHJveHk=" not in exchange.sent
    assert (b"session=secret" in exchange.sent) == keep
    assert (b"c2VjcmV0" in exchange.sent) == keep
    removed = ["Proxy-Authorization"] if keep else list(SECRETS)
    expected = sent_for_real
    for name in removed:
        expected = expected.replace(f"{name}: {SECRETS[name]}\r\n".encode(), b"")
    assert exchange.sent == expected
    assert not exchange.exact
    assert sorted(exchange.notes) == [f"request header not kept: {name}" for name in sorted(removed)]


def test_proxies_and_tunnels(tmp_path: Path, tls: ssl.SSLContext) -> None:
    secret = {"Proxy-Authorization": "Basic cHJveHk="}
    with RawServer(SCRIPTS) as proxy, RawServer(SCRIPTS, tls) as site:
        meta = {"proxy": proxy.url}
        jobs = [
            Job("http://www.example.com/plain", meta=meta, headers=secret),
            Job(site.url + "/gzip-chunked", meta=meta, headers=secret),
        ]
        outcomes = crawl(tmp_path, jobs)
        (plain,), (tunnelled,) = (outcome.exchanges for outcome in outcomes)
        assert [outcome.status for outcome in outcomes] == [200, 200]
        assert plain.sent.startswith(b"GET http://www.example.com/plain HTTP/1.1\r\n")
        assert plain.received == message()
        assert b"cHJveHk=" in proxy.tunnels[0]
        (inside,) = site.served["/gzip-chunked"]
        assert (tunnelled.sent, tunnelled.received) == (inside.request, inside.response)
        assert tunnelled.exact
        assert tunnelled.cipher
        for exchange in (plain, tunnelled):
            assert b"cHJveHk=" not in exchange.sent
            assert exchange.notes[-1] == "fetched through a proxy: the IP address is the proxy's"


def test_redirects_and_retries_make_exchanges_of_their_own(tmp_path: Path) -> None:
    scripts = {**SCRIPTS, "/busy": Script(message(b"", status="503 Service Unavailable"))}
    with RawServer(scripts) as server:
        jobs = [Job(server.url + "/moved"), Job(server.url + "/busy")]
        moved, busy = crawl(tmp_path, jobs, RETRY_ENABLED=True, RETRY_TIMES=2)
    assert [exchange.url.removeprefix(server.url) for exchange in moved.exchanges] == ["/moved", "/plain"]
    assert moved.body == PAGE
    assert [exchange.received for exchange in busy.exchanges] == [scripts["/busy"].send] * 3


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("scrapy.core.downloader.handlers.http11", "_LenientHTTP11ClientProtocol"),
        ("scrapy.core.downloader.handlers.http11", "_LenientHTTP11ClientProtocol.__base__._finishResponse"),
        ("twisted.web.client", "HTTPConnectionPool._factory"),
    ],
)
def test_a_scrapy_that_does_not_fit_is_told_at_once(module: str, name: str) -> None:
    program = f"import {module} as m\ndel m.{name}\nimport warc.wire"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "warc.errors.WireError: " in answer.stderr
    assert "install 'scrapy>=2.19,<2.20'" in answer.stderr


def test_no_response_goes_up_without_its_capture(tmp_path: Path) -> None:
    with RawServer(SCRIPTS) as server:
        (outcome,) = crawl(tmp_path, [Job(server.url + "/plain")], full_disk=True)
    assert outcome.error == "WarcWriteError"
