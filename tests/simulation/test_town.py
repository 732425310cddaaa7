from __future__ import annotations

import http.client
import socket
import ssl
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from archiver.simulation.certificates import issue
from archiver.simulation.pages import Answer
from archiver.simulation.server import serve
from archiver.simulation.town import Clock, Town
from archiver.simulation.weather import Breakdown, Spell
from tests.simulation.newsrooms import NOON, edition, one_story

STORY = one_story("tempo")
AGENT = "Kliping/0 (+mailto:a@example.org)"


def town(*spells: Spell) -> Town:
    return Town([edition("tempo", changed=(STORY,))], spells, Clock(NOON))


def test_the_journal_tells_what_was_shown_and_to_whom() -> None:
    place = town()
    place.run = 4
    result = place.respond(STORY.url, AGENT)
    (visit,) = place.journal
    assert isinstance(result, Answer)
    assert (visit.sight, visit.status, visit.story, visit.version) == ("story", 200, STORY.id, 1)
    assert (visit.run, visit.outlet, visit.url, visit.agent) == (4, "tempo", STORY.url, AGENT)
    assert abs(datetime.fromisoformat(visit.time) - NOON) < timedelta(seconds=1)


def test_bad_weather_comes_before_everything_else() -> None:
    place = town(Spell("tempo", "throttled", NOON, NOON + timedelta(hours=1), 1, 30))
    refused = place.respond(STORY.url, AGENT)
    assert isinstance(refused, Answer)
    assert refused.status == 429
    place.respond(STORY.url, AGENT)
    first, second = place.journal
    assert (first.sight, first.story, first.retry_after) == ("throttled", None, 30)
    assert (second.sight, second.retry_after) == ("story", None)


def test_nobody_answers_for_a_host_that_is_not_there() -> None:
    place = town()
    result = place.respond("https://example.org/", AGENT)
    (visit,) = place.journal
    assert isinstance(result, Answer)
    assert (result.status, visit.outlet, visit.sight) == (404, None, "unknown")


def test_the_clock_stands_where_it_is_set_and_goes_on() -> None:
    clock = Clock(NOON)
    clock.set(NOON + timedelta(days=3))
    first = clock()
    assert NOON + timedelta(days=3) <= first <= clock()


@pytest.mark.parametrize(("kind", "broken"), [(Breakdown.RESET, ConnectionResetError), (Breakdown.HANG, TimeoutError)])
def test_a_breakdown_is_one_on_the_wire(kind: Breakdown, broken: type[OSError], tmp_path: Path) -> None:
    certificates = issue(tmp_path, ["www.tempo.co"])
    with serve(lambda _url, _agent: kind, certificates.context(), lambda: NOON) as ports:
        connection = http.client.HTTPConnection("127.0.0.1", ports.http, timeout=0.5)
        connection.request("GET", "/", headers={"Host": "www.tempo.co"})
        with pytest.raises(broken):
            connection.getresponse()
        connection.close()


def test_a_reset_goes_through_tls_too(tmp_path: Path) -> None:
    certificates = issue(tmp_path, ["www.tempo.co"])
    context = ssl.create_default_context(cafile=certificates.authority)
    with serve(lambda _url, _agent: Breakdown.RESET, certificates.context(), lambda: NOON) as ports:
        plain = socket.create_connection(("127.0.0.1", ports.https), timeout=5)
        with context.wrap_socket(plain, server_hostname="www.tempo.co", suppress_ragged_eofs=False) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: www.tempo.co\r\n\r\n")
            with pytest.raises((ConnectionResetError, ssl.SSLEOFError)):
                connection.recv(1)
