"""`kliping fixture`: what a maintainer sees of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from archiver.archive import Archive
from archiver.drift.report import Aside, Breach, DriftReport, write_report
from archiver.errors import ExitCode
from archiver.fixtures.store import Fixture, find_fixtures
from tests.crawling.conftest import serve
from tests.crawling.support import SITE, Answer, listing, project, run_replay, story, write_warc
from tests.crawling.support import kliping as run_kliping
from tests.fixtures_room.support import EXPECTED, PAGE, ROBOTS, make_fixture

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Done

    Kliping = Callable[..., Done]

OUTLET_FILE = """
import re
from archiver.outlet import Layout, Listing, Outlet

UJI = Outlet(
    name="uji", title="Uji", domains=("uji.example",), article_url=re.compile(r"/read/\\d+"),
    sources=(Listing("https://uji.example/index", links="a.l", next="a.n"),),
    layouts=(Layout(name="test", body="div.body", title=("h1",), published=("time",), pager="a.pg"),),
)
"""


@pytest.fixture
def fixture(tmp_path: Path) -> Fixture:
    """The fixture uji/panen in ./fixtures, and the outlet's file in a folder that kliping.toml names."""
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets" / "uji.py").write_text(OUTLET_FILE)
    (tmp_path / "kliping.toml").write_text('outlets = []\noutlet_dirs = ["outlets"]\n')
    return make_fixture(tmp_path / "fixtures")


def change(fixture: Fixture, **values: object) -> None:
    """Write other values into its JSON file, by hand."""
    told = json.loads(fixture.json.read_text())
    fixture.json.write_text(json.dumps(told | values))


def test_check_when_all_is_as_expected(kliping: Kliping, fixture: Fixture) -> None:
    done = kliping("fixture", "check")
    assert (done.code, done.out, done.err) == (ExitCode.OK, "", "1 fixture, 19 checks: all as expected\n")
    assert fixture.json.is_file()


def test_check_tells_what_differs_and_how_to_see_it(kliping: Kliping, fixture: Fixture) -> None:
    change(fixture, title="Panen raya di Cibodas", lead="Padi gogo.")
    done = kliping("fixture", "check", "uji")
    assert done.code == ExitCode.PARTIAL
    assert done.out.splitlines() == [
        "uji/panen: title",
        '  expected  "Panen raya di Cibodas"',
        '  got       "Panen di Cibodas"',
        "  differs   - expected, + got, within a line [-expected-]{+got+}",
        "    ~ Panen[- raya-] di Cibodas",
        "uji/panen: lead",
        '  expected  "Padi gogo."',
        "  got       nothing",
        "  X-ray     kliping fixture review uji/panen",
    ]
    assert done.err == "1 fixture, 19 checks: not as expected: uji/panen (title, lead)\n"


def test_check_goes_on_after_what_cannot_be_read(kliping: Kliping, fixture: Fixture) -> None:
    other = make_fixture(fixture.warc.parents[1] / "x")
    other.warc.rename(fixture.warc.with_name("rusak.warc.gz"))
    fixture.warc.with_name("rusak.json").write_text('{"url": "x", "titel": ""}')
    done = kliping("fixture", "check")
    assert done.code == ExitCode.BAD_DATA
    assert "rusak.json: unknown key 'titel'; did you mean title?" in done.err
    assert done.err.endswith("2 fixtures, 19 checks: not as expected: uji/rusak (cannot be read)\n")


def test_diff_of_one_fixture(kliping: Kliping, fixture: Fixture) -> None:
    assert kliping("fixture", "diff", "uji/panen").out == "uji/panen: as expected in 19 checks\n"
    change(fixture, layout="2020")
    done = kliping("fixture", "diff", "uji/panen", "--fixtures", fixture.warc.parents[1])
    assert done.code == ExitCode.PARTIAL
    assert done.out.splitlines()[-1] == "  accept    kliping fixture accept uji/panen"


def test_list(kliping: Kliping, fixture: Fixture) -> None:
    done = kliping("fixture", "list")
    head, row = [line.split("\t") for line in done.out.splitlines()]
    assert head == ["case", "captured", "age", "layout", "outcome", "fields", "attested", "size"]
    assert (row[:2], row[3:7]) == (["uji/panen", "2021-01-13"], ["test", "saved", "9", "no"])
    (told,) = kliping("fixture", "list", "--json").rows()
    assert told["fields"][:3] == ["outcome", "layout", "title"]
    assert (told["bytes"], told["attestation"]) == (fixture.size, "none")
    assert told["age_days"] > 2000


def test_accept_writes_nothing_without_being_told(kliping: Kliping, fixture: Fixture) -> None:
    change(fixture, title="Panen raya di Cibodas")
    before = fixture.json.read_bytes()
    done = kliping("fixture", "accept", "uji/panen")
    assert done.code == ExitCode.PARTIAL
    assert done.out.splitlines()[1:] == ["  title", "    ~ Panen[- raya-] di Cibodas"]
    assert done.err == "nothing was written; --yes writes it\n"
    assert fixture.json.read_bytes() == before
    assert kliping("fixture", "accept", "uji/panen", "--yes").code == ExitCode.OK
    assert fixture.expectation() == EXPECTED
    done = kliping("fixture", "accept", "uji/panen")
    assert (done.code, done.out) == (ExitCode.OK, "uji/panen: as expected, there is nothing to accept\n")


def test_accept_of_a_single_field(kliping: Kliping, fixture: Fixture) -> None:
    change(fixture, title="Lain", lead="Lain.")
    assert kliping("fixture", "accept", "uji/panen", "--field", "lead", "--yes").code == ExitCode.OK
    assert (fixture.expectation().title, fixture.expectation().lead) == ("Lain", None)
    assert kliping("fixture", "accept", "uji/panen", "--field", "judul").code == ExitCode.USAGE


def test_accept_takes_an_attestation_back(kliping: Kliping, fixture: Fixture) -> None:
    kliping("fixture", "review", "uji/panen", "--by", "Siti", "--yes", "-o", "r.html")
    change(fixture, title="Lain")
    assert "what Siti attested has changed since" in kliping("fixture", "check").err
    assert kliping("fixture", "list").out.splitlines()[1].split("\t")[6] == "void (Siti)"
    done = kliping("fixture", "accept", "uji/panen", "--yes")
    assert "Siti has attested what is there now: that ends when this is written" in done.err
    assert fixture.expectation() == EXPECTED


def test_review_attests_after_a_yes_alone(kliping: Kliping, fixture: Fixture, tmp_path: Path) -> None:
    done = kliping("fixture", "review", "uji/panen", "-o", "r.html")
    assert (done.code, done.out) == (ExitCode.OK, "r.html\n")
    assert "attested by nobody" in (tmp_path / "r.html").read_text()
    done = kliping("fixture", "review", "uji/panen", "--by", "Siti", "-o", "r.html", stdin=b"y\n")
    assert (done.code, fixture.expectation().attested_by) == (ExitCode.PARTIAL, None)
    assert kliping("fixture", "review", "uji/panen", "--by", "Siti", "--yes", "-o", "r.html").code == ExitCode.OK
    assert fixture.expectation().attested_by == "Siti"
    assert kliping("fixture", "list").out.splitlines()[1].split("\t")[6].startswith("Siti, 20")


@pytest.mark.parametrize(("answer", "code"), [("y\n", ExitCode.OK), ("\n", ExitCode.PARTIAL)])
def test_review_asks_on_a_terminal(
    kliping: Kliping, fixture: Fixture, monkeypatch: pytest.MonkeyPatch, answer: str, code: ExitCode
) -> None:
    monkeypatch.setattr("archiver.cli.fixture.judge.on_terminal", lambda: True)
    done = kliping("fixture", "review", "uji/panen", "--by", "Siti", "-o", "r.html", stdin=answer.encode())
    assert done.code == code
    assert "Siti: is what is expected what the page says, and all of it? [y/N]" in done.err
    assert (fixture.expectation().attested_by == "Siti") is (code == ExitCode.OK)


def test_add_from_a_file_then_accept_then_check(kliping: Kliping, fixture: Fixture, tmp_path: Path) -> None:
    done = kliping("fixture", "add", fixture.warc, "--url", PAGE, "--case", "baru")
    assert done.code == ExitCode.OK
    assert done.out.splitlines()[0].startswith(f"{tmp_path / 'fixtures' / 'uji' / 'baru.warc.gz'}  15 records, ")
    assert done.err == "  next: kliping fixture accept uji/baru\n"
    assert kliping("fixture", "check", "uji/baru").code == ExitCode.PARTIAL
    assert kliping("fixture", "accept", "uji/baru", "--yes").code == ExitCode.OK
    assert kliping("fixture", "check", "uji/baru").code == ExitCode.OK


def test_add_from_a_damaged_file_says_so(kliping: Kliping, fixture: Fixture) -> None:
    fixture.warc.write_bytes(fixture.warc.read_bytes()[:-5])
    done = kliping("fixture", "add", fixture.warc, "--url", PAGE, "--case", "baru")
    assert done.code == ExitCode.BAD_DATA
    assert ": the rest was used" in done.err


def alarm(urls: list[tuple[str, tuple[str, ...]]]) -> DriftReport:
    """A drift report that has laid these captures aside, each for its rules."""
    captures = tuple(Aside(url, "", "", 0, "2021-01-13T04:00:00Z", rules) for url, rules in urls)
    breach = Breach("missing:title", "a title", "none", "0", "no title")
    return DriftReport(outlet="uji", run="r1", time="", state="break", breaches=(breach,), captures=captures)


@pytest.mark.usefixtures("fixture")
def test_add_from_drift_takes_captures_of_different_causes(kliping: Kliping, tmp_path: Path) -> None:
    answers = {"/robots.txt": ROBOTS} | {f"/read/{number}": story(f"Desa {number}") for number in range(1, 6)}
    archive = tmp_path / "archive"
    run_replay(archive, write_warc(tmp_path / "w", answers))
    urls = [(f"{SITE}/read/{number}", ("title",)) for number in range(1, 5)]
    write_report(Archive(archive), alarm([*urls, (f"{SITE}/read/5", ("body",))]))
    done = kliping("fixture", "add", "--from-drift")
    assert done.code == ExitCode.OK, done.err
    assert "uji: break in run r1, 5 captures laid aside" in done.err
    added = [one.expectation().url for one in find_fixtures(tmp_path / "fixtures") if one.case != "panen"]
    assert sorted(added) == [f"{SITE}/read/{number}" for number in (1, 2, 5)]
    done = kliping("fixture", "add", "--from-drift", "--outlet", "lain")
    assert done.code == ExitCode.NOT_FOUND
    assert "no alarm of lain has laid a capture aside in" in done.err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["check", "lain"], ExitCode.USAGE, "has no fixture 'lain'; kliping fixture list shows"),
        (["check", "--fixtures", "tiada"], ExitCode.NOT_FOUND, "there is no fixture in tiada"),
        (["diff", "uji"], ExitCode.USAGE, "uji is an outlet: name one of its cases, uji/panen"),
        (["accept", "uji/panem"], ExitCode.USAGE, "did you mean uji/panen?"),
        (["review", "uji/panen", "-o", "tiada/r.html"], ExitCode.CANNOT_WRITE, "cannot write tiada/r.html"),
        (["add", "x.warc.gz"], ExitCode.USAGE, "say what to add: --url URL, or --from-drift"),
        (["add", "x.warc.gz", "--url", PAGE], ExitCode.NOT_FOUND, "no archive and no WARC file at x.warc.gz"),
        (["add", "{warc}", "--url", f"{SITE}/7"], ExitCode.NOT_FOUND, "/7 is not there"),
        (["add", "{warc}", "--url", PAGE, "--case", "../x"], ExitCode.USAGE, "'../x' is no name for a file"),
        (["add", "{warc}", "--url", PAGE, "--case", "panen"], ExitCode.USAGE, "a fixture uji/panen already"),
        (["record", "tiada"], ExitCode.USAGE, "unknown outlet 'tiada': the outlets are uji"),
        (["record", "uji"], ExitCode.CONFIG, "a crawl needs a contact"),
        (["record", "uji", PAGE], ExitCode.USAGE, "one recording a run: name one outlet, or addresses"),
        (["record", "uji", "--case", "x"], ExitCode.USAGE, "--case names the fixture of one address"),
    ],
)
def test_a_mistake_is_answered_with_a_message(
    kliping: Kliping, fixture: Fixture, arguments: list[str], code: ExitCode, message: str
) -> None:
    done = kliping("fixture", *(argument.format(warc=fixture.warc) for argument in arguments))
    assert (done.code, done.out) == (code, "")
    assert message in done.err


def test_record_an_outlet_from_the_wire(kliping: Kliping, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve() as site:
        site.answers = {
            "/robots.txt": Answer(b"User-agent: *\nDisallow: /read/3\n", content_type="text/plain"),
            "/index": listing("/read/3", "/read/1", "/read/2"),
            "/read/1": story("Cibodas", pages=("/read/1?page=2",)),
            "/read/1?page=2": story("Lembang"),
            "/read/2": story("Garut"),
        }
        folder = project(tmp_path, site.url)
        loopback = ("--allow-private", "--delay", "0", "--as-of", "2021-01-13")
        done = run_kliping(folder, "fixture", "record", "uji", "--limit", "2", *loopback)
        assert done.returncode == ExitCode.PARTIAL, done.stderr
        assert f"kliping: {site.url}/read/3: blocked_by_robots" in done.stderr
        (made,) = find_fixtures(folder / "fixtures")
        assert made.expectation().url == f"{site.url}/read/1"
        assert (made.expectation().captured or "").startswith("2021-01-13T07:00:")
        assert not (folder / "archive").exists()
        done = run_kliping(folder, "fixture", "record", f"{site.url}/read/2", "--case", "garut", *loopback)
        assert done.returncode == ExitCode.OK, done.stderr
    monkeypatch.syspath_prepend(folder)
    for case in find_fixtures(folder / "fixtures"):  # the site is gone: what was recorded is enough
        assert kliping("fixture", "accept", case.name, "--yes").code == ExitCode.OK
    assert kliping("fixture", "check").code == ExitCode.OK


def test_of_a_site_that_does_not_answer_no_fixture_is_made(tmp_path: Path) -> None:
    with serve() as site:
        folder = project(tmp_path, site.url)
    loopback = ("--allow-private", "--delay", "0")
    done = run_kliping(folder, "fixture", "record", f"{site.url}/read/1", *loopback)
    assert done.returncode == ExitCode.NOT_FOUND
    assert "kliping: nothing was captured that could be a fixture\n" in done.stderr
    assert not (folder / "fixtures").exists()
