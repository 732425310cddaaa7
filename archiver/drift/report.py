"""What the alarm said of an outlet in a run: a file for each verdict, in ARCHIVE/drift.

The files are the alarm's memory: which runs are no measure of what is normal, how many alarms came in a row, and what
somebody has accepted. The captures that gave cause for an alarm are laid aside by reference.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import msgspec
from msgspec import Struct

from archiver.errors import BadDataError, CannotWriteError, KlipingError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from archiver.archive import Archive

State: TypeAlias = Literal["break", "quarantined", "recovered", "accepted"]
"""Of an outlet after a run: `break` something is not as before; `quarantined` it is so for several runs in a row, and
articles wait; `recovered` all is as before; `accepted` somebody says that the new state is right."""

ALARMS: Final[frozenset[State]] = frozenset({"break", "quarantined"})


class Breach(Struct, frozen=True):
    """One rule that a run breaks.

    `rule` names it: "fallback", "missing:title", "rule:LAYOUT:SELECTOR" and so on, see `archiver.drift.rules`.
    `expected`, `got` and `tolerance` are in words that go together; `words` is the whole in one sentence.
    """

    rule: str
    expected: str
    got: str
    tolerance: str
    words: str


class Aside(Struct, frozen=True):
    """A capture that gave cause for an alarm: its address, where its record lies, and the rules that it breaks."""

    url: str
    record_id: str
    file: str
    offset: int
    date: str
    rules: tuple[str, ...] = ()


class DriftReport(Struct, frozen=True, kw_only=True):
    """The verdict on an outlet in a run. `time` is ISO 8601, in the run's own clock."""

    outlet: str
    run: str
    time: str
    state: State
    breaches: tuple[Breach, ...] = ()
    captures: tuple[Aside, ...] = ()
    waiting: int = 0
    """Captures whose articles wait for the end of the quarantine."""
    released: int = 0
    """Articles that had waited and were made now."""

    @property
    def order(self) -> tuple[str, bool]:
        """Sorts the reports of an outlet by time: what is accepted is what a run said before."""
        return self.run, self.state == "accepted"


def folder(archive: Archive) -> Path:
    """Where the reports of an archive lie."""
    return archive.root / "drift"


def write_report(archive: Archive, report: DriftReport) -> Path:
    """Keep a verdict; raises `CannotWriteError`."""
    suffix = "-accepted" if report.state == "accepted" else ""
    path = folder(archive) / f"{report.run}-{report.outlet}{suffix}.json"
    draft = path.with_suffix(".draft")
    try:
        path.parent.mkdir(exist_ok=True)
        with draft.open("wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise CannotWriteError(f"cannot write {path}: {error.strerror}; make room or the folder writable") from error
    return path


def read_report(path: Path) -> DriftReport:
    """The verdict in a file; raises `NotFoundError`, and `BadDataError` for what is none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=DriftReport)
    except OSError as error:
        raise NotFoundError(f"cannot read {path}: {error.strerror}; kliping drift names the reports") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadDataError(f"{path} is no drift report: {error}; remove the file") from error


def reports(
    archive: Archive, outlet: str | None = None, *, on_unread: Callable[[str], None] | None = None
) -> tuple[DriftReport, ...]:
    """All verdicts, of one outlet or of all, oldest first.

    What cannot be read is passed over, since no crawl may fail for it; `on_unread` is told.
    """
    ends = ("",) if outlet is None else (f"-{outlet}.json", f"-{outlet}-accepted.json")
    found: list[DriftReport] = []
    for path in folder(archive).glob("*.json"):
        if not path.name.endswith(ends):
            continue
        try:
            found.append(read_report(path))
        except KlipingError as error:
            if on_unread is not None:
                on_unread(str(error))
    return tuple(sorted((report for report in found if outlet in (None, report.outlet)), key=lambda item: item.order))


def latest_reports(archive: Archive, outlet: str | None = None) -> tuple[DriftReport, ...]:
    """The newest alarm of each outlet, or of the named one: those that lay captures aside. Sorted by outlet."""
    newest = {report.outlet: report for report in reports(archive, outlet) if report.state in ALARMS}
    return tuple(newest[name] for name in sorted(newest))
