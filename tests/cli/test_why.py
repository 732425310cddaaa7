"""The story of one address, in words and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archiver.cli import main
from archiver.config import Config
from archiver.crawling.pending import Pending, Waiting
from archiver.crawling.run import replay
from archiver.errors import ExitCode
from archiver.outlets import Outlets
from tests.crawling.support import SITE, Answer, listing, outlet, redirect, story, write_warc

OUTLETS = """
import re
from archiver.outlet import Layout, Outlet

UJI = Outlet(name="uji", title="Uji", domains=("uji.example",), article_url=re.compile(r"/read/\\d+"),
             twins=((re.compile(r"/read/(\\d+)/amp"), r"/read/\\1"),))
"""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two captures of an article, an hour apart, a redirect to it and an address that is gone."""
    answers = {
        "/index": listing("/read/1", "/read/2", "/read/3"),
        "/read/1": story("Cibodas", canonical=f"{SITE}/berita/1"),
        "/read/2": redirect("/read/1"),
        "/read/3": Answer(b"", 410),
    }
    first = write_warc(tmp_path / "a", answers)
    second = write_warc(tmp_path / "b", {"/read/1": story("Cibodas", title="Ralat: panen di Cibodas")}, hour=1)
    folder = tmp_path / "archive"
    for paths in ((first,), (second,)):
        replay(paths, Config(archive=folder), Outlets([outlet()]))
    outlets = tmp_path / "outlets"
    outlets.mkdir()
    (outlets / "uji.py").write_text(OUTLETS)
    (tmp_path / "kliping.toml").write_text('outlets = []\noutlet_dirs = ["outlets"]\n')
    monkeypatch.chdir(tmp_path)
    return folder


def why(archive: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["why", str(archive), *words]) == ExitCode.OK, capsys.readouterr().err
    return capsys.readouterr().out


def test_an_article_from_its_discovery_to_its_next_visit(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = why(archive, capsys, f"{SITE}/read/1").splitlines()
    assert told[0] == f"{SITE}/read/1"
    assert "  an article of uji: Ralat: panen di Cibodas" in told
    assert f"  it also goes by {SITE}/berita/1" in told
    assert "      saved: a new article was kept" in told
    assert "      updated: it had changed: a new version was kept" in told
    assert f"      named by {SITE}/index; 1 attempt" in told
    assert f"      stands for {SITE}/read/2: redirected, captured: it leads elsewhere" in told
    assert "     ~ [-Panen-]{+Ralat: panen+} di Cibodas" in told
    assert told[-1] == "  due 2021-01-14T04:00:00+00:00"


def test_any_of_its_addresses_will_do(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"its own address is {SITE}/read/1" in why(archive, capsys, f"{SITE}/berita/1")
    assert why(archive, capsys, f"{SITE}/read/1/amp?utm_source=wa#atas") == why(archive, capsys, f"{SITE}/read/1")


def test_what_gave_no_article(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = why(archive, capsys, f"{SITE}/read/3")
    assert "no article in the archive; of the outlet uji" in told
    assert "gone: the server no longer has it" in told
    assert "because: HTTP 410 Gone" in told
    assert "Captures (1)" in told


def test_what_waits(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Pending(archive / "pending.db") as pending:
        pending.add([Waiting("uji", f"{SITE}/read/9", 0, via=f"{SITE}/index", found="2021-01-13", failures=2)])
    told = why(archive, capsys, f"{SITE}/read/9")
    assert f"of uji, since 2021-01-13, named by {SITE}/index, failed in 2 runs" in told
    assert "in the next run: it waits" in told


def test_what_was_taken_down(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["takedown", str(archive), f"{SITE}/read/1", "--reason", "uji", "-q"]) == ExitCode.OK
    capsys.readouterr()
    told = why(archive, capsys, f"{SITE}/read/1")
    assert "taken down at 20" in told
    assert "never: it was taken down" in told


def test_as_json(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fate = json.loads(why(archive, capsys, f"{SITE}/read/1", "--json"))
    outcomes = {told["line"]["outcome"] for told in fate["told"] if told["line"]["url"] == fate["url"]}
    assert outcomes == {"saved", "updated"}  # two runs of one second have no order
    assert [version["number"] for version in fate["versions"]] == [1, 2]
    assert len(fate["captures"]) == 2


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (f"{SITE}/read/77", "uji would take it for an article: kliping discover uji"),
        (f"{SITE}/tag/padi", "uji takes it for no article's address"),
        ("https://lain.example/", "no outlet owns its host"),
    ],
)
def test_an_address_that_nobody_knows(archive: Path, capsys: pytest.CaptureFixture[str], url: str, said: str) -> None:
    assert main(["why", str(archive), url]) == ExitCode.NOT_FOUND
    assert said in capsys.readouterr().err


def test_what_is_no_address(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", str(archive), "berita"]) == ExitCode.USAGE
    assert "is no web address" in capsys.readouterr().err


def test_versions_and_what_changed_between_them(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(archive), f"{SITE}/read/1", "--versions"]) == ExitCode.OK
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("1\t2021-01-13T04:00:00")
    assert second.endswith("words\tRalat: panen di Cibodas")
    assert main(["show", str(archive), f"{SITE}/read/1", "--diff"]) == ExitCode.OK
    assert "~ [-Panen-]{+Ralat: panen+} di Cibodas" in capsys.readouterr().out
    assert main(["show", str(archive), f"{SITE}/read/1", "--diff", "--version", "1"]) == ExitCode.OK
    assert "is the first" in capsys.readouterr().out
    assert main(["show", str(archive), f"{SITE}/read/1", "--diff", "--versions"]) == ExitCode.USAGE
