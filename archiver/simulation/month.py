"""A month of crawls in some minutes: the network lives through its days, and the real crawl visits it every hour.

Clock and network are simulated; robots.txt, sources, wire, recorder, catalog, ledger, extraction and alarm are what
`kliping crawl` runs. The delay between requests is kept in real time, so it must be short; the runs at noon have one
that is long enough to be told from the time that a request takes anyway. On the day of the redesign the first outlet's
pages change their markup; a day later its operator adds a layout, as a person would.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from archiver.errors import UsageError
from archiver.outlets import DEFAULT_MODULES, load_outlets
from archiver.simulation.certificates import issue
from archiver.simulation.desk import load_desk
from archiver.simulation.edition import Edition
from archiver.simulation.journal import Visit
from archiver.simulation.newsroom import Story, publish
from archiver.simulation.operator import Operator
from archiver.simulation.plan import DELAY, NOON_DELAY, START, Plan
from archiver.simulation.server import serve
from archiver.simulation.shift import Order, Report, Shift, open_shift
from archiver.simulation.town import Clock, Town
from archiver.simulation.weather import Spell, forecast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the crawl, and when it was started."""

    number: int
    started: datetime
    report: Report


@dataclass(frozen=True, slots=True)
class Lived:
    """All that is known of a simulation when it is over: what the network did and saw, and how each run ended."""

    plan: Plan
    stories: tuple[Story, ...]
    spells: tuple[Spell, ...]
    robots: dict[str, str]
    visits: tuple[Visit, ...]
    runs: tuple[Run, ...]


@dataclass
class Day:
    """What is told of a day: how many runs, requests and stories it had, and how many runs ended in which code."""

    number: int
    runs: int = 0
    visits: int = 0
    published: int = 0
    codes: dict[int, int] = field(default_factory=dict)


def simulate(plan: Plan, on_day: Callable[[Day], None] = lambda _day: None) -> Lived:
    """Let the network live and the crawl visit it.

    Raises `UsageError` for an unknown outlet and where the archive is there already, `ConfigError` without `trustme`.
    """
    if plan.archive.exists() and any(plan.archive.iterdir()):
        raise UsageError(f"{plan.archive} is not empty: a simulation makes an archive of its own, name another folder")
    known = load_outlets(DEFAULT_MODULES)
    outlets = {name: known.get(name) for name in plan.outlets}
    stories = {
        name: publish(load_desk(name), START, plan.days, seed=plan.seed, per_day=plan.per_day) for name in plan.outlets
    }
    editions = [
        Edition(load_desk(name), outlets[name], stories[name], plan.redesigned if number == 0 else None)
        for number, name in enumerate(plan.outlets)
    ]
    spells = tuple(
        spell for name in plan.outlets if plan.weather for spell in forecast(name, START, plan.days, seed=plan.seed)
    )
    town = Town(editions, spells, Clock(START))
    runs = tuple(_live(plan, town, on_day))
    return Lived(
        plan,
        tuple(story for name in plan.outlets for story in stories[name]),
        spells,
        {name: edition.robots for name, edition in town.editions.items()},
        tuple(town.journal),
        runs,
    )


def _live(plan: Plan, town: Town, on_day: Callable[[Day], None]) -> Iterator[Run]:
    desk = Operator(plan)
    with tempfile.TemporaryDirectory(prefix="kliping-simulate-") as name, open_shift() as shift:
        certificates = issue(Path(name), town.hosts)
        with serve(town.respond, certificates.context(), town.clock) as ports:
            order = Order(plan.outlets, "", str(desk.config), DELAY, ports.mapping, str(certificates.authority))
            day = Day(1)
            for number, moment in enumerate(plan.runs()):
                if (today := (moment - START).days + 1) != day.number:
                    on_day(_told(day, town, plan))
                    day = Day(today, visits=len(town.journal))
                run = _run(number, moment, order, town, shift, desk)
                day.runs += 1
                day.codes[run.report.exit_code] = day.codes.get(run.report.exit_code, 0) + 1
                yield run
            on_day(_told(day, town, plan))


def _run(number: int, moment: datetime, order: Order, town: Town, shift: Shift, operator: Operator) -> Run:
    operator.look(moment)
    town.run = number
    town.clock.set(moment)
    as_of = moment.astimezone(UTC).isoformat()
    delay = NOON_DELAY if operator.plan.is_noon(moment) else DELAY
    return Run(number, moment, shift.crawl(msgspec.structs.replace(order, as_of=as_of, delay=delay)))


def _told(day: Day, town: Town, plan: Plan) -> Day:
    """The day with what the network saw on it; `visits` held what it had seen before."""
    begin = START + timedelta(days=day.number - 1)
    published = sum(
        begin <= story.published < begin + timedelta(days=1)
        for name in plan.outlets
        for story in town.editions[name].stories
    )
    return replace(day, visits=len(town.journal) - day.visits, published=published)
