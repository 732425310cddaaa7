"""What is done when a run has ended and its run.json is final: the run's page, metrics, notices, the heartbeat.

Each of them is tried, whatever became of the others. None of them can change what the run did or its exit code; what
goes wrong with them is returned, for the user.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from archiver.archive import Archive
from archiver.errors import KlipingError, LockedError
from archiver.operating.heartbeat import beat
from archiver.operating.history import crawls
from archiver.operating.standing import occasions, standing
from archiver.outlets import load_outlets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archiver.config import Config
    from archiver.crawling.account import Account
    from archiver.crawling.run import RunResult


def after_run(result: RunResult, config: Config) -> tuple[str, ...]:
    """Do all that is configured, and write the run's page; returns what went wrong with it."""
    archive, account = Archive(result.archive), result.account
    wrong = _Wrong()
    wrong.lines += write_page(result)
    if config.metrics.textfile is not None:
        with wrong.told("the metrics"):
            _write_metrics(archive, config, account)
    if config.notify.targets:
        with wrong.told("notices"):
            wrong.lines += _notify(archive, account, result.problems, config)
    with wrong.told("the heartbeat"):
        wrong.add(beat(config.heartbeat, well=standing(account) != "failure"))
    return tuple(wrong.lines)


def write_page(result: RunResult) -> tuple[str, ...]:
    """Write the run's page; returns what went wrong with it."""
    wrong = _Wrong()
    with wrong.told("the page of the run"):
        from archiver.reports.run_page import write_run_page  # noqa: PLC0415 - templates are slow to load

        write_run_page(Archive(result.archive), result.account.run)
    return tuple(wrong.lines)


def after_refusal(error: Exception, outlets: Sequence[str], config: Config) -> tuple[str, ...]:
    """Tell of a run that could not begin; returns what went wrong with that.

    A run that finds another one at work is no failure: the other one tells how it ended.
    """
    if isinstance(error, LockedError):
        return ()
    wrong = _Wrong()
    if config.notify.targets and not {"failure", "always"}.isdisjoint(config.notify.when):
        with wrong.told("notices"):
            from archiver.operating.notices import notice_of_refusal, send  # noqa: PLC0415 - few have notices

            wrong.lines += send(notice_of_refusal(error, outlets), config.notify)
    with wrong.told("the heartbeat"):
        wrong.add(beat(config.heartbeat, well=False))
    return tuple(wrong.lines)


class _Wrong:
    """What went wrong so far."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, line: str | None) -> None:
        if line is not None:
            self.lines.append(line)

    @contextmanager
    def told(self, what: str) -> Iterator[None]:
        """Go on after any error, and tell it."""
        try:
            yield
        except KlipingError as error:
            self.lines.append(str(error))
        except Exception as error:  # noqa: BLE001 - a run that has ended well must not fail for its report
            self.lines.append(f"{what}: {type(error).__name__}: {error}")


def _write_metrics(archive: Archive, config: Config, account: Account) -> None:
    from archiver.operating.metrics import write_metrics  # noqa: PLC0415 - few have metrics
    from archiver.operating.status import status  # noqa: PLC0415 - the same

    known = load_outlets(config.outlets, config.outlet_dirs)
    moment = datetime.fromisoformat(account.finished or account.started)
    if config.metrics.textfile is not None:
        found = status(archive, {*account.outlets, *(outlet.name for outlet in known)}, moment)
        write_metrics(found, config.metrics.textfile)


def _notify(archive: Archive, account: Account, problems: Sequence[str], config: Config) -> tuple[str, ...]:
    from archiver.operating.notices import notice_of_run, send  # noqa: PLC0415 - few have notices

    before = (
        run.account
        for run in crawls(archive, account.outlets)
        if run.account.run < account.run and set(run.account.outlets) == set(account.outlets)
    )
    found = occasions(account, before, timedelta(hours=config.notify.remind))
    if set(found).isdisjoint(config.notify.when):
        return ()
    return send(notice_of_run(account, found, archive.runs / account.run, problems), config.notify)
