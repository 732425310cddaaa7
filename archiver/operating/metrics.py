"""Numbers for Prometheus, in the file that node_exporter's textfile collector reads.

They are made of the archive's status, so the one file has all outlets, whichever of them the last run crawled.
"""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, get_args

from archiver.article import Outcome
from archiver.errors import CannotWriteError
from archiver.operating.values import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from prometheus_client.core import Metric

    from archiver.operating.values import OutletStatus, Status

_OUTCOMES: Final = get_args(Outcome)
_STATES: Final = get_args(State)


def write_metrics(status: Status, path: Path) -> None:
    """Write the file; a reader sees the old one or the new one. Its name must end in `.prom` to be read there.

    Raises `CannotWriteError`.
    """
    from prometheus_client import CollectorRegistry, write_to_textfile  # noqa: PLC0415 - few runs need it

    registry = CollectorRegistry()
    registry.register(_Collector(status))
    try:
        write_to_textfile(str(path), registry)
    except OSError as error:
        raise CannotWriteError(
            f"cannot write the metrics {path}: {error.strerror}; make the folder writable for whoever crawls"
        ) from error


class _Collector:
    """What prometheus_client asks for the metrics of a status."""

    def __init__(self, status: Status) -> None:
        self._status = status

    def collect(self) -> Iterator[Metric]:
        """All metrics, each with the outlets that have it."""
        from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415 - see above

        status = self._status
        families = {
            name: GaugeMetricFamily(f"kliping_{name}", words, labels=labels)
            for name, (words, labels) in _METRICS.items()
        }
        for outlet in status.outlets:
            for name, labels, value in _values(outlet):
                families[name].add_metric((outlet.outlet, *labels), value)
        for part in ("warc", "index", "catalog", "runs", "other"):
            families["archive_bytes"].add_metric((part,), getattr(status.disk, part))
        families["disk_free_bytes"].add_metric((), status.disk.free)
        families["status_timestamp_seconds"].add_metric((), datetime.fromisoformat(status.time).timestamp())
        yield from families.values()


_BY_OUTLET: Final = ("outlet",)

_METRICS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "outlet_state": ("1 for the state that the outlet is in", ("outlet", "state")),
        "last_run_timestamp_seconds": ("When the outlet's last crawl began", _BY_OUTLET),
        "last_run_duration_seconds": ("How long it took; absent where it was not finished", _BY_OUTLET),
        "last_run_exit_code": ("Its exit code; absent where it was not finished", _BY_OUTLET),
        "last_run_outcomes": ("Addresses of the outlet's last crawl by outcome", ("outlet", "outcome")),
        "last_run_new_articles": ("Articles that it brought for the first time", _BY_OUTLET),
        "last_run_source_problems": ("Sources of the outlet that it could not read", _BY_OUTLET),
        "new_articles_day": ("Articles captured for the first time in the last 24 hours", _BY_OUTLET),
        "new_articles_week": ("Articles captured for the first time in the last 7 days", _BY_OUTLET),
        "articles": ("Articles in the catalog", _BY_OUTLET),
        "newest_capture_timestamp_seconds": ("When an article of the outlet was captured last", _BY_OUTLET),
        "drift": ("1 while the outlet's pages differ from what they used to be", _BY_OUTLET),
        "drift_alarms": ("Runs in a row that gave a drift alarm", _BY_OUTLET),
        "locked": ("1 while a run writes to the outlet", _BY_OUTLET),
        "warc_bytes": ("Bytes of the outlet's own WARC files", _BY_OUTLET),
        "archive_bytes": ("Bytes of the archive by part", ("part",)),
        "disk_free_bytes": ("Bytes that the archive's file system has left", ()),
        "status_timestamp_seconds": ("When these numbers were made", ()),
    }
)
"""What there is: its words, and its labels."""


def _values(outlet: OutletStatus) -> Iterator[tuple[str, tuple[str, ...], float]]:
    """-> metric, labels after the outlet's, value."""
    for state in _STATES:
        yield "outlet_state", (state,), outlet.state == state
    last = outlet.last
    if last is not None:
        yield "last_run_timestamp_seconds", (), datetime.fromisoformat(last.started).timestamp()
        if last.seconds is not None:
            yield "last_run_duration_seconds", (), last.seconds
        if last.exit_code is not None:
            yield "last_run_exit_code", (), last.exit_code
        for outcome in _OUTCOMES:
            yield "last_run_outcomes", (outcome,), last.counts.get(outcome, 0)
        yield "last_run_new_articles", (), last.new
        yield "last_run_source_problems", (), len(last.problems)
    for name, count in (
        ("new_articles_day", outlet.new_day),
        ("new_articles_week", outlet.new_week),
        ("articles", outlet.articles),
    ):
        if count is not None:
            yield name, (), count
    if outlet.newest is not None:
        yield "newest_capture_timestamp_seconds", (), datetime.fromisoformat(outlet.newest).timestamp()
    yield "drift", (), outlet.drift is not None
    yield "drift_alarms", (), outlet.drift.alarms if outlet.drift else 0
    yield "locked", (), outlet.locked_by is not None
    yield "warc_bytes", (), outlet.warc_bytes
