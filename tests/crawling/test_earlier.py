"""What a run hears of earlier ones."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from archiver.archive import Archive
from archiver.crawling.account import Account, ClosedHost, Closing, Kind, write_account
from archiver.crawling.earlier import clock_doubt, earlier_runs, refusing_hosts

NOW = datetime(2021, 1, 13, 4, 0, tzinfo=UTC)


def run(
    hour: int, *outlets: str, closed: Closing | None = None, finished: bool = True, kind: Kind = "crawl"
) -> Account:
    """A run at this hour, which stopped asking the host of its first outlet."""
    moment = f"2021-01-13T{hour:02}:00:00+00:00"
    hosts = (ClosedHost(f"{outlets[0]}.example", closed, "why", moment),) if closed else ()
    return Account(
        run=f"20210113T{hour:02}0000Z-{outlets[0] if len(outlets) == 1 else 'crawl'}-0000",
        kind=kind,
        outlets=outlets,
        started=moment,
        version="1",
        settings_digest="",
        finished=moment if finished else None,
        closed=hosts,
    )


def test_the_crawls_of_these_outlets_the_newest_first(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "archive")
    for account in (run(1, "uji"), run(2, "lain"), run(3, "uji", "lain"), run(4, "uji", kind="capture")):
        folder = archive.runs / account.run
        folder.mkdir()
        write_account(folder, account)
    assert [account.started[11:13] for account in earlier_runs(archive, ["uji"])] == ["03", "01"]


def test_the_last_finished_run_of_each_outlet_says_who_refuses() -> None:
    assert refusing_hosts([run(3, "uji", finished=False), run(2, "uji", closed="refused"), run(1, "lain")]) == {
        "uji.example"
    }
    assert refusing_hosts([run(2, "uji"), run(1, "uji", closed="refused")]) == frozenset()
    assert refusing_hosts([run(2, "uji"), run(1, "lain", closed="refused")]) == {"lain.example"}
    assert refusing_hosts([run(1, "uji", closed="throttled")]) == frozenset()


def test_clocks_may_differ_by_a_little() -> None:
    assert clock_doubt(None, NOW) == clock_doubt("2021-01-13T04:59:00.000000Z", NOW) == ()
    (doubt,) = clock_doubt("2090-01-01T00:00:00.000000Z", NOW)
    assert doubt.startswith("the archive has captures of 2090-01-01, and today is 2021-01-13 by the clock: one of them")
