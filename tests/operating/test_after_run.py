"""What is done after a run: all of it is tried, and none of it can spoil the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from archiver.config import Config
from archiver.crawling.run import RunResult
from archiver.errors import CannotWriteError, LockedError
from archiver.operating.after_run import after_refusal, after_run
from archiver.operating.tables import Heartbeat, Metrics, Notify
from tests.operating.support import account, keep

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.archive import Archive
    from tests.operating.support import Sink


def config(archive: Archive, web: Sink, **changes: Any) -> Config:
    return Config(
        archive=archive.root,
        notify=Notify(targets=(f"json://{web.url}/hook",), **changes),
        heartbeat=Heartbeat(url=f"http://{web.url}/ping"),
    )


def ended(archive: Archive, *codes: int | None) -> RunResult:
    """Hourly runs with these exit codes, of which the last one has just ended."""
    runs = [account(hour, code=code) for hour, code in enumerate(codes)]
    for made in runs:
        keep(archive, made, {"https://contoh.test/1": "saved"})
    return RunResult(runs[-1], archive.root, ("a problem",))


def heard(web: Sink) -> list[str]:
    """The titles of notices, and the paths of heartbeats."""
    return [
        msgspec.json.decode(body)["title"].removeprefix("Kliping: ") if method == "POST" else path
        for method, path, body in web.asked
    ]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ([0], ["/ping"]),
        ([2], ["/ping"]),
        ([3], ["contoh: pages no longer look as they used to", "/ping"]),
        ([73], ["contoh: the run failed", "/ping/fail"]),
        ([73, 73], ["/ping/fail"]),
        ([73, 0], ["contoh: well again", "/ping"]),
    ],
)
def test_who_is_told(archive: Archive, web: Sink, codes: list[int], expected: list[str]) -> None:
    assert after_run(ended(archive, *codes), config(archive, web)) == ()
    assert heard(web) == expected


def test_whoever_wants_all_gets_all(archive: Archive, web: Sink) -> None:
    after_run(ended(archive, 0, 0), config(archive, web, when=("always",)))
    assert heard(web) == ["contoh: done", "/ping"]
    assert "a problem" in msgspec.json.decode(web.asked[0][2])["message"]


def test_runs_of_other_outlets_are_no_measure(archive: Archive, web: Sink) -> None:
    keep(archive, account(-1, "lain", code=73))
    keep(archive, account(-1, run="20210113T110000Z-crawl-0000", outlets=("contoh", "lain"), code=73))
    after_run(ended(archive, 0), config(archive, web))
    assert heard(web) == ["/ping"]


def test_page_and_metrics_are_written(archive: Archive, tmp_path: Path) -> None:
    textfile = tmp_path / "kliping.prom"
    result = ended(archive, 0)
    assert after_run(result, Config(outlets=(), archive=archive.root, metrics=Metrics(textfile=textfile))) == ()
    assert (archive.runs / result.account.run / "index.html").is_file()
    assert 'kliping_last_run_exit_code{outlet="contoh"} 0.0' in textfile.read_text()


def test_one_trouble_does_not_keep_the_others_from_their_turn(archive: Archive, web: Sink, tmp_path: Path) -> None:
    web.status = 500
    broken = msgspec.structs.replace(
        config(archive, web, when=("always",)), metrics=Metrics(textfile=tmp_path / "none" / "kliping.prom")
    )
    result = ended(archive, 0)
    (archive.runs / result.account.run / "index.html").mkdir()
    told = after_run(result, broken)
    assert [line.partition("127.0.0.1")[0].partition(str(tmp_path))[0] for line in told] == [
        "cannot write ",
        "cannot write the metrics ",
        "no notice to json://",
        "the heartbeat did not reach ",
    ]


def test_a_run_that_could_not_begin_is_told(archive: Archive, web: Sink) -> None:
    assert after_refusal(CannotWriteError("disk full"), ["contoh"], config(archive, web)) == ()
    assert heard(web) == ["contoh could not be crawled", "/ping/fail"]


def test_another_run_at_work_is_no_failure(archive: Archive, web: Sink) -> None:
    assert after_refusal(LockedError("process 1"), ["contoh"], config(archive, web, when=("always",))) == ()
    assert web.asked == []
