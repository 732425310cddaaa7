"""The alarm in a crawl: it is asked whether an outlet's articles wait, and at the end what is to be said of the run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from archiver.captures import Captures
from archiver.drift.history import History
from archiver.drift.judge import judge
from archiver.drift.past import Past
from archiver.drift.quarantine import release, waiting
from archiver.drift.report import ALARMS, Aside, Breach, DriftReport, reports, write_report
from archiver.drift.standing import Standing, standing
from archiver.outlets import Outlets

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.archive import Archive
    from archiver.catalog import Catalog
    from archiver.config import Config
    from archiver.crawling.account import Account
    from archiver.drift.judge import Verdict
    from archiver.outlet import Outlet

_SHOWN: Final = 3
"""Rules that the line on the terminal names; the report has all."""


@dataclass(frozen=True, slots=True)
class Raised:
    """What came of a run: the reports that were written, and WARC files with articles that had waited."""

    reports: tuple[DriftReport, ...] = ()
    files: tuple[Path, ...] = ()

    @property
    def is_alarm(self) -> bool:
        """Whether an outlet is not as it was."""
        return any(report.state in ALARMS for report in self.reports)

    @property
    def words(self) -> tuple[str, ...]:
        """A line for each outlet that there is something to say of."""
        return tuple(in_words(report) for report in self.reports)


@dataclass(slots=True)
class Alarm:
    """The alarm of one run. `outlets` are those whose declarations are known: spiders add theirs."""

    archive: Archive
    catalog: Catalog
    config: Config
    names: tuple[str, ...]
    outlets: dict[str, Outlet] = field(default_factory=dict)
    _standings: dict[str, Standing] = field(init=False)

    def __post_init__(self) -> None:
        enabled = self.config.drift.enabled
        self._standings = {name: standing(reports(self.archive, name)) for name in self.names if enabled}

    def waits(self, outlet: str) -> bool:
        """Whether the outlet's articles wait in this run."""
        known = self._standings.get(outlet)
        return known is not None and known.is_quarantined(self.config.drift.quarantine_after)

    def judge(self, account: Account, time: str) -> Raised:
        """The verdict on each outlet of a run whose ledger is closed; reports are written where there is news.

        A run over a back-catalogue is compared with nothing: nonsense is all that it can be told. `time` is ISO 8601.
        Raises what archive and catalog raise.
        """
        found: list[DriftReport] = []
        files: list[Path] = []
        captures = Captures(self.archive, self.catalog, self._declared())
        past = Past(self.archive, self._standings)
        for name, known in self._standings.items():
            history = History(self.archive, self.catalog, name, captures.reread, past)
            run = history.of(account)
            before = history.before(account.run) if account.days is None else []
            verdict = judge(run, before, known, self.outlets.get(name), self._tolerance)
            if verdict.broken:
                report = self._alarmed(account, name, time, verdict, known)
            elif verdict.well and known.episode and account.days is None:
                made, written = release_all(self.archive, self.catalog, self._declared(), self.config, name, known)
                files += written
                report = DriftReport(outlet=name, run=account.run, time=time, state="recovered", released=made)
            else:
                continue
            write_report(self.archive, report)
            found.append(report)
        return Raised(tuple(found), tuple(files))

    @property
    def _tolerance(self) -> float:
        return self.config.drift.tolerance

    def _declared(self) -> Outlets:
        return Outlets(self.outlets.values())

    def _alarmed(self, account: Account, name: str, time: str, verdict: Verdict, known: Standing) -> DriftReport:
        runs = (*known.episode, account.run)
        quarantined = 0 < self.config.drift.quarantine_after <= len(runs)
        return DriftReport(
            outlet=name,
            run=account.run,
            time=time,
            state="quarantined" if quarantined else "break",
            breaches=tuple(check.breach for check in verdict.broken if check.breach is not None),
            captures=self._aside(verdict),
            waiting=sum(1 for _ in waiting(self.archive, self.catalog, name, runs[0])) if quarantined else 0,
        )

    def _aside(self, verdict: Verdict) -> tuple[Aside, ...]:
        """The captures that break a rule, each with all the rules that it breaks."""
        rules: dict[str, list[str]] = {}
        for check in verdict.broken:
            for record_id in check.records:
                rules.setdefault(record_id, []).append(check.rule)
        places = ((self.catalog.record(record_id), broken) for record_id, broken in rules.items())
        return tuple(
            Aside(ref.url or "", ref.record_id, ref.file, ref.offset, ref.date, tuple(broken))
            for ref, broken in places
            if ref is not None
        )


def release_all(
    archive: Archive, catalog: Catalog, outlets: Outlets, config: Config, name: str, known: Standing
) -> tuple[int, tuple[Path, ...]]:
    """Make articles of everything that waits since the outlet's first alarm; see `quarantine.release`."""
    return release(archive, catalog, outlets, config, waiting(archive, catalog, name, known.episode[0]))


def in_words(report: DriftReport) -> str:
    """A report as one line: which outlet, which rules, what was expected and came, and what to do."""
    name = report.outlet
    match report.state:
        case "recovered":
            made = f"; {report.released} articles that had waited were made" if report.released else ""
            return (
                f"drift of {name} is over: the run is as its history leads one to expect{made}; "
                f"kliping reextract --outlet {name} --apply reads again what was captured before"
            )
        case "accepted":
            return f"drift of {name} was accepted: history begins anew with it"
    said = "; ".join(_said(breach) for breach in report.breaches[:_SHOWN])
    more = f"; and {len(report.breaches) - _SHOWN} more" if len(report.breaches) > _SHOWN else ""
    return (
        f"drift of {name}: {said}{more}.{_waiting(report)} See kliping drift {name}; mend the outlet's layout, "
        f"or say that this is right: kliping drift accept {name}"
    )


def _waiting(report: DriftReport) -> str:
    if report.state != "quarantined":
        return ""
    return f" {report.waiting} articles wait in quarantine." if report.waiting else " From now on its articles wait."


def _said(breach: Breach) -> str:
    return f"[{breach.rule}] {breach.words}"
