from __future__ import annotations

import gzip
import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from archiver.simulation.certificates import Certificates, issue
from archiver.simulation.pages import Answer
from archiver.simulation.server import CHUNK, Ports, network

HOST = "tekno.tempo.co"
MOMENT = datetime.fromisoformat("2024-04-27T08:30:00+07:00")
LONG = b"<p>Pasar pagi.</p>\n" * 2000
HTML = (("Content-Type", "text/html; charset=UTF-8"),)
ANSWERS = {
    f"https://{HOST}/amp/1/pasar": Answer(200, HTML, LONG),
    f"https://{HOST}/amp/2/pasar": Answer(200, HTML, LONG, chunked=True),
    f"http://{HOST}/amp/1/pasar": Answer(301, (*HTML, ("Location", f"https://{HOST}/amp/1/pasar")), b"moved"),
    f"https://{HOST}/amp/1/pasar?page=2": Answer(200, HTML, b"page two"),
}


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return issue(tmp_path_factory.mktemp("certificates"), [HOST, "rss.tempo.co"])


@pytest.fixture(scope="module")
def ports(certificates: Certificates) -> Iterator[Ports]:
    with network(ANSWERS, certificates.context(), MOMENT) as ports:
        yield ports


@contextmanager
def connected(ports: Ports, certificates: Certificates, url: str) -> Iterator[http.client.HTTPConnection]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", ports.http, timeout=5)
    if parts.scheme == "https":
        context = ssl.create_default_context(cafile=certificates.authority)
        plain = socket.create_connection(("127.0.0.1", ports.https), timeout=5)
        connection.sock = context.wrap_socket(plain, server_hostname=parts.hostname)
    with closing(connection):
        yield connection


def get(
    ports: Ports, certificates: Certificates, url: str, encoding: str = "gzip"
) -> tuple[http.client.HTTPResponse, bytes]:
    parts = urlsplit(url)
    with connected(ports, certificates, url) as connection:
        path = url.removeprefix(f"{parts.scheme}://{parts.netloc}")
        connection.request("GET", path, headers={"Host": parts.netloc, "Accept-Encoding": encoding})
        response = connection.getresponse()
        return response, response.read()


def test_answers_by_host_and_path_over_tls(ports: Ports, certificates: Certificates) -> None:
    response, body = get(ports, certificates, f"https://{HOST}/amp/1/pasar")
    assert response.status == 200
    assert response.version == 11
    assert response.headers["Content-Encoding"] == "gzip"
    assert int(response.headers["Content-Length"]) == len(body)
    assert gzip.decompress(body) == LONG


def test_a_query_is_part_of_the_address(ports: Ports, certificates: Certificates) -> None:
    assert get(ports, certificates, f"https://{HOST}/amp/1/pasar?page=2")[1] == b"page two"


def test_chunks_where_the_outlet_does(ports: Ports, certificates: Certificates) -> None:
    response, body = get(ports, certificates, f"https://{HOST}/amp/2/pasar", encoding="identity")
    assert response.headers["Transfer-Encoding"] == "chunked"
    assert response.headers["Content-Length"] is None
    assert len(LONG) > CHUNK
    assert body == LONG


def test_http_and_https_are_different_addresses(ports: Ports, certificates: Certificates) -> None:
    response, _ = get(ports, certificates, f"http://{HOST}/amp/1/pasar")
    assert response.status == 301
    assert response.headers["Location"] == f"https://{HOST}/amp/1/pasar"


def test_the_date_is_the_simulated_one(ports: Ports, certificates: Certificates) -> None:
    response, _ = get(ports, certificates, f"https://{HOST}/amp/1/pasar")
    assert response.headers["Date"] == "Sat, 27 Apr 2024 01:30:00 GMT"


def test_what_is_not_there_is_404(ports: Ports, certificates: Certificates) -> None:
    assert get(ports, certificates, f"https://{HOST}/amp/9/tidak-ada")[0].status == 404


def test_a_picture_is_drawn(ports: Ports, certificates: Certificates) -> None:
    response, body = get(ports, certificates, f"http://{HOST}/data/foto.jpg?w=320", encoding="identity")
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert body.startswith(b"<svg")


def test_the_authority_vouches_for_no_other_host(ports: Ports, certificates: Certificates) -> None:
    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        get(ports, certificates, "https://bisnis.tempo.co/")


def test_a_taken_port_is_an_error(ports: Ports, certificates: Certificates) -> None:
    with pytest.raises(OSError, match="in use"), network({}, certificates.context(), MOMENT, Ports(ports.http, 0)):
        pass


def test_ports_are_freed_at_the_end(certificates: Certificates, tmp_path: Path) -> None:
    with network({}, certificates.context(), MOMENT) as ports:
        pass
    with network({}, issue(tmp_path, [HOST]).context(), MOMENT, ports) as again:
        assert again == ports
