"""Whether a run is as its outlet's history leads one to expect. A pure function of facts; it reads nothing."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from archiver.drift.check import SHORT, Check, Samples
from archiver.drift.pauses import check_pause
from archiver.drift.quantities import check_quantities
from archiver.drift.shares import check_nonsense, check_revisits, check_shares
from archiver.drift.yields import check_silence, check_yields

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archiver.drift.facts import Page, RunFacts
    from archiver.drift.standing import Standing
    from archiver.outlet import Outlet

_LATE: Final = ("drop", "selector", "kind")
"""Families of rules that say why, rather than what, and are told last."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`broken` are the rules that the run breaks, the gravest first. `well`: it could be judged and breaks none."""

    broken: tuple[Check, ...]
    well: bool


def judge(
    run: RunFacts, past: Sequence[RunFacts], standing: Standing, outlet: Outlet | None, tolerance: float
) -> Verdict:
    """The verdict on a run. `past` are earlier runs of the outlet, oldest first, `tolerance` standard deviations."""
    history = standing.history(past)
    samples = Samples(run.pages, _pages(history), _pages(past))
    checks = [
        *check_shares(samples, outlet, standing.open, tolerance),
        *check_quantities(samples, standing.open, tolerance),
        *check_yields(run, history, standing.open, tolerance),
        *check_pause(run, history),
    ]
    checks += _new_rules(checks, check_revisits(samples))
    if standing.since is None:
        checks += _new_rules(checks, chain(check_nonsense(samples, outlet), check_silence(run) if not history else ()))
    broken = _telling([check for check in checks if check.state == "broken"])
    if broken or any(check.state == "undecided" for check in checks):
        return Verdict(broken, well=False)
    closed = any(check.rule in standing.open for check in checks)
    return Verdict((), well=closed or _articles(run.pages) >= SHORT)


def _pages(runs: Iterable[RunFacts]) -> list[Page]:
    return [page for run in runs for page in run.pages]


def _articles(pages: Iterable[Page]) -> int:
    return sum(page.article is not None for page in pages)


def _new_rules(checks: Sequence[Check], more: Iterable[Check]) -> list[Check]:
    known = {check.rule for check in checks if check.state == "broken"}
    return [check for check in more if check.rule not in known]


def _telling(checks: Sequence[Check]) -> tuple[Check, ...]:
    """The checks without those that another one explains, what happened before why."""
    broken = {check.rule for check in checks}

    def is_explained(rule: str) -> bool:
        family, _, rest = rule.partition(":")
        field = rest.split(":")[1] if family == "selector" else rest
        return (family in ("evidence", "selector") and f"missing:{field}" in broken) or (
            family == "selector" and f"evidence:{field}" in broken
        )

    telling = [check for check in checks if not is_explained(check.rule)]
    return tuple(sorted(telling, key=lambda check: check.rule.startswith(_LATE)))
