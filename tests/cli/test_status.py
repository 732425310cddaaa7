"""`kliping status`, as an operator reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archiver.archive import Archive
from archiver.crawling.account import SourceVisit
from archiver.drift.report import Breach, DriftReport, write_report
from tests.catalog.support import Writer, article
from tests.operating.support import SOURCE, account, keep

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Done

AT = ("--at", "2021-01-13T15:00")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Outlets of which one is well, one drifts, one was killed, one failed."""
    with Writer(tmp_path / "archive") as writer:
        writer.read(writer.capture(), article(outlet="antara"))
    archive = writer.archive
    keep(archive, account(1, "antara"), {f"https://contoh.test/{n}": "saved" if n else "timeout" for n in range(4)})
    drifting = account(2, "tempo", code=3, sources=(SourceVisit(url=SOURCE, outlet="tempo", problem="dns: no host"),))
    keep(archive, drifting)
    breach = Breach("fallback", "3%", "62%", "10%", "62% of the pages fit no layout, 3% is usual")
    write_report(
        archive,
        DriftReport(outlet="tempo", run=drifting.run, time=drifting.started, state="break", breaches=(breach,)),
    )
    keep(archive, account(2, "detik", code=None))
    keep(archive, account(2, "viva", code=73, reason="disk full"))
    return archive


def test_all_outlets_at_a_glance(kliping: Callable[..., Done], archive: Archive) -> None:
    done = kliping("status", archive.root, *AT)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    words = {line.split()[0]: line.split() for line in reversed(lines) if line and not line.startswith(" ")}
    assert words["antara"][1:] == "2 h ago 1m30s well 3 1 1 1 2021-01-13 2021-01-13".split()
    assert lines[lines.index(next(line for line in lines if line.startswith("antara"))) + 1] == (
        "  4 addresses: 3 saved, 1 timeout"
    )
    assert words["okezone"][1] == "never"
    assert words["viva"][1:7] == "1 h ago 1m30s failure 73".split()
    assert max(map(len, lines[2 : lines.index("", 2)])) <= 100


def test_what_needs_a_look_stands_below(kliping: Callable[..., Done], archive: Archive) -> None:
    out = kliping("status", archive.root, *AT).out
    for line in (
        "detik           the run of 2021-01-13 14:00 UTC was killed; the next one finishes its files",
        f"tempo           1 source not read: {SOURCE}: dns: no host",
        "tempo           drift since 2021-01-13 14:00 UTC, 1 alarm",
        "tempo             62% of the pages fit no layout, 3% is usual",
        "viva            the run of 2021-01-13 14:00 UTC failed: disk full",
    ):
        assert f"{line}\n" in out


def test_json_has_all_of_it(kliping: Callable[..., Done], archive: Archive) -> None:
    found = kliping("status", archive.root, *AT, "--json").json()
    states = {outlet["outlet"]: outlet["state"] for outlet in found["outlets"]}
    assert (states["antara"], states["tempo"], states["detik"], states["viva"], states["kompas"]) == (
        "well",
        "drift",
        "killed",
        "failure",
        "never",
    )
    assert found["disk"]["warc"] > 0


def test_metrics_on_demand(kliping: Callable[..., Done], archive: Archive, tmp_path: Path) -> None:
    done = kliping("status", archive.root, *AT, "--metrics", "kliping.prom", "--quiet")
    assert (done.code, done.err) == (0, "")
    assert 'kliping_last_run_exit_code{outlet="viva"} 73.0' in (tmp_path / "kliping.prom").read_text()


def test_an_archive_must_be_there(kliping: Callable[..., Done]) -> None:
    assert kliping("status", "tiada").code == 66


def test_what_cannot_be_read_changes_no_code(kliping: Callable[..., Done], archive: Archive) -> None:
    (archive.runs / account(1, "antara").run / "run.json").write_text("{")
    done = kliping("status", archive.root, *AT)
    assert done.code == 0
    assert "run.json" in done.err


def test_a_page_cannot_steer_a_terminal(kliping: Callable[..., Done], archive: Archive) -> None:
    keep(archive, account(2.5, "viva", code=73, reason="\x1b[2Jdisk full"))
    assert "\x1b" not in kliping("status", archive.root, *AT).out
