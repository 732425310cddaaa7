"""How outlets stand after their last run."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from archiver.crawling.account import SourceVisit
from archiver.crawling.lock import outlet_locks
from archiver.crawling.pending import Pending, Waiting
from archiver.drift.report import Breach, DriftReport, write_report
from archiver.operating.status import status
from tests.catalog.support import Writer, article
from tests.operating.support import NOON, SOURCE, account, keep

if TYPE_CHECKING:
    from archiver.archive import Archive
    from archiver.operating.values import OutletStatus

URLS = [f"https://contoh.test/{number}" for number in range(4)]


def outlet_of(archive: Archive, hour: float = 1) -> OutletStatus:
    (found,) = status(archive, ["contoh"], NOON + timedelta(hours=hour)).outlets
    return found


def drifted(archive: Archive, hour: float, state: Any, *words: str) -> None:
    made = account(hour)
    breaches = tuple(Breach("fallback", "0", "1", "0", each) for each in words)
    write_report(archive, DriftReport(outlet="contoh", run=made.run, time=made.started, state=state, breaches=breaches))


def test_an_outlet_that_never_ran_is_there(archive: Archive) -> None:
    found = outlet_of(archive)
    assert (found.state, found.last, found.articles, found.warc_bytes) == ("never", None, 0, 0)


def test_the_last_run_counts(archive: Archive) -> None:
    keep(archive, account(0), {URLS[0]: "error"})
    keep(archive, account(1), {URLS[0]: "saved", URLS[1]: "saved", URLS[2]: "known"})
    found = outlet_of(archive)
    assert found.last is not None
    assert (found.state, found.last.run, found.last.seconds) == ("well", account(1).run, 90.0)
    assert (found.last.counts, found.last.new) == ({"known": 1, "saved": 2}, 2)


@pytest.mark.parametrize(
    ("code", "changes", "state"),
    [
        (0, {}, "well"),
        (73, {"reason": "disk full"}, "failure"),
        (2, {"reason": "stopped"}, "partial"),
        (None, {}, "killed"),
    ],
)
def test_states(archive: Archive, code: int | None, changes: dict[str, Any], state: str) -> None:
    keep(archive, account(0, code=code, **changes))
    assert outlet_of(archive).state == state


def test_a_run_that_goes_on_holds_its_lock(archive: Archive) -> None:
    keep(archive, account(0, code=None))
    with outlet_locks(archive.root / "locks", ["contoh"]):
        found = outlet_of(archive)
    assert found.state == "running"
    assert found.locked_by is not None


def test_outlets_of_one_run_are_told_apart(archive: Archive) -> None:
    problem = SourceVisit(url=SOURCE, outlet="dua", problem="timeout: 60 s")
    made = account(0, run="20210113T120000Z-crawl-0000", outlets=("contoh", "dua"), code=2, sources=(problem,))
    keep(archive, made, {URLS[0]: "saved", URLS[1]: "error"})
    found = {each.outlet: each for each in status(archive, ["contoh", "dua"], NOON + timedelta(hours=1)).outlets}
    first, second = found["contoh"].last, found["dua"].last
    assert first is not None
    assert second is not None
    assert (found["contoh"].state, first.counts, first.problems) == ("partial", {"error": 1, "saved": 1}, ())
    assert (found["dua"].state, second.counts, second.problems) == ("partial", {}, (f"{SOURCE}: timeout: 60 s",))


def test_an_alarm_lasts_until_the_recovery(archive: Archive) -> None:
    for hour in range(5):
        keep(archive, account(hour, code=3 if hour < 4 else 0))
    drifted(archive, 0, "recovered")
    drifted(archive, 1, "break", "first")
    drifted(archive, 2, "quarantined", "second", "third")
    found = outlet_of(archive, 3)
    assert found.state == "well"  # its last run was
    assert found.drift is not None
    assert (found.drift.state, found.drift.since, found.drift.alarms) == ("quarantined", account(1).started, 2)
    assert found.drift.words == ("second", "third")
    drifted(archive, 4, "recovered")
    assert outlet_of(archive, 5).drift is None


def test_drift_is_the_state_after_an_alarm(archive: Archive) -> None:
    keep(archive, account(1, code=3))
    drifted(archive, 1, "break", "62% of the pages fit no layout")
    assert outlet_of(archive).state == "drift"


def test_what_waits_and_what_was_missed(archive: Archive) -> None:
    for hour in (0, 1, 2, 3, 4, 8):
        keep(archive, account(hour))
    with Pending(archive.pending) as pending:
        pending.add([Waiting("contoh", url, 0) for url in URLS])
        pending.add([Waiting("lain", URLS[0], 0)])
    found = outlet_of(archive, 9)
    assert found.pending == 4
    (gap,) = found.gaps
    assert (gap.since, gap.until) == (account(4).started, account(8).started)
    assert outlet_of(archive, 24 * 9).gaps[0].until is None


def test_what_the_catalog_has(archive: Archive) -> None:
    with Writer(archive.root) as writer:
        writer.read(writer.capture(), article())
    found = status(archive, [], NOON + timedelta(hours=1))
    (outlet,) = found.outlets
    assert (outlet.outlet, outlet.articles, outlet.new_day, outlet.new_week) == ("contoh", 1, 1, 1)
    assert outlet.warc_bytes == sum(path.stat().st_size for path in archive.warc_files())
    assert found.unread == ()


def test_what_cannot_be_read_is_named_and_the_rest_told(archive: Archive) -> None:
    folder = keep(archive, account(0), {URLS[0]: "saved"})
    (folder / "ledger.jsonl").write_text("{}\n")
    archive.catalog.write_bytes(b"no database" * 100)
    archive.pending.write_bytes(b"no database" * 100)
    found = status(archive, ["contoh"], NOON)
    (outlet,) = found.outlets
    assert (outlet.state, outlet.articles, outlet.new_day) == ("well", None, None)
    assert [name for name in ("ledger.jsonl", "catalog.db", "pending.db") if name in "\n".join(found.unread)] == [
        "ledger.jsonl",
        "catalog.db",
        "pending.db",
    ]
