from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from archiver.simulation.pages import page_url, render
from archiver.simulation.record import KEPT
from archiver.simulation.server import MISSING
from archiver.simulation.story import case_names, load_case
from tests.simulation.cases import CASES, IDS
from warc.message import parse_head
from warc.read import Record, read_records, response_entity
from warc.record import parse_warc_date

FIXTURES = Path(__file__).parents[2] / "fixtures"


def records(outlet: str, name: str) -> list[Record]:
    return list(read_records(FIXTURES / outlet / f"{name}.warc.gz"))


def responses(found: list[Record]) -> dict[str, Record]:
    return {record.ref.url or "": record for record in found if record.ref.type == "response"}


@pytest.mark.parametrize(("outlet", "name"), CASES, ids=IDS)
def test_a_fixture_holds_captures_alone_and_is_small(outlet: str, name: str) -> None:
    assert {record.ref.type for record in records(outlet, name)} <= KEPT
    assert (FIXTURES / outlet / f"{name}.warc.gz").stat().st_size < 100_000


@pytest.mark.parametrize(("outlet", "name"), CASES, ids=IDS)
def test_a_fixture_says_that_it_is_made_up(outlet: str, name: str) -> None:
    first, *rest = records(outlet, name)
    assert first.ref.type == "warcinfo"
    assert b"\r\nsynthetic: yes" in first.block
    assert first.get("WARC-Filename") == f"{name}.warc.gz"
    assert "warcinfo" not in {record.ref.type for record in rest}


@pytest.mark.parametrize(("outlet", "name"), CASES, ids=IDS)
def test_a_fixture_is_of_the_cases_date(outlet: str, name: str) -> None:
    start = datetime.fromisoformat(load_case(outlet, name).as_of)
    dates = [parse_warc_date(record.ref.date) for record in records(outlet, name)]
    assert all(start <= date < start + timedelta(minutes=10) for date in dates)


@pytest.mark.parametrize(("outlet", "name"), CASES, ids=IDS)
def test_a_fixture_holds_what_the_case_renders_today(outlet: str, name: str) -> None:
    answers = render(outlet, name)
    for url, record in responses(records(outlet, name)).items():
        status, headers, body = response_entity(record)
        assert (status, body) == (answers[url].status, answers[url].body), f"record {outlet} {name} anew: {url} differs"
        assert set(answers[url].headers) <= set(headers)


@pytest.mark.parametrize(("outlet", "name"), CASES, ids=IDS)
def test_a_fixture_has_robots_source_redirect_and_every_page(outlet: str, name: str) -> None:
    case = load_case(outlet, name)
    captured = responses(records(outlet, name))
    assert {page_url(case, page) for page in case.pages} | {case.listed} <= set(captured)
    assert any(url.endswith("/robots.txt") for url in captured)
    sources = set(captured) - {page_url(case, page) for page in case.pages} - {case.listed}
    assert [url for url in sources if not url.endswith("/robots.txt")]


def test_framing_varies_among_the_fixtures() -> None:
    framings = set()
    for outlet, name in CASES:
        for record in responses(records(outlet, name)).values():
            head = parse_head(record.block)
            assert head is not None
            framings.add((head.get("transfer-encoding"), head.get("content-encoding")))
    assert {(None, None), (None, "gzip"), ("chunked", "gzip")} <= framings


def test_recording_drives_the_real_spider(tmp_path: Path) -> None:
    target = tmp_path / "mural.warc.gz"
    command = [sys.executable, "-m", "archiver.simulation", "record", "kanal247", "mural-stasiun", "-o", str(target)]
    run = subprocess.run(
        [*command, "--as-of", "2018-01-02T03:04:05+07:00"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
    found = list(read_records(target))
    bodies = _bodies(found)
    assert bodies.pop("https://www.kanal247.com/ai.txt") == MISSING.body
    assert bodies == {url: answer.body for url, answer in render("kanal247", "mural-stasiun").items()}
    assert found[0].get("WARC-Filename") == "mural.warc.gz"
    assert {record.ref.date[:10] for record in found} == {"2018-01-01"}
    requests = [record for record in found if record.ref.type == "request"]
    assert all(b"\r\nUser-Agent: Kliping/" in record.block for record in requests)


def test_a_case_that_is_not_there_is_a_message(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "archiver.simulation", "record", "tempo", "kompas", "-o", str(tmp_path / "x")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 66
    assert run.stderr == f"simulation: no case 'kompas' of tempo: there are {', '.join(case_names('tempo'))}\n"
    assert not (tmp_path / "x").exists()


def _bodies(found: list[Record]) -> dict[str, bytes]:
    return {url: response_entity(record)[2] for url, record in responses(found).items()}
