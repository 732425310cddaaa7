"""The drift alarm: how many seeded breakages it notices in the next run, and how often it is wrong in a normal month.

    python benchmarks/drift.py [--only OUTLET] [--months N] [--verbose]

The first part breaks the fixtures of every outlet in each of the ways of `archiver.simulation.breakages`. The history
is sixty articles like the fixture's; the run has three broken ones. A breakage that changes nothing in what is
extracted needs no alarm and is told as harmless.

The second part makes months of hourly runs without any breakage. Most articles appear by day and few at night, half as
many on weekends, and more from week to week; photo pages come more often on weekends, agency news without names comes
in batches, most of them by night; lengths vary, fields are missing here and there, each box is missing now and then,
and a sitemap names the day's news alone. Every alarm is a
false one.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from archiver.article import Article
from archiver.capture import Capture
from archiver.drift.facts import ArticleFacts, Page, RunFacts, Yield, article_facts
from archiver.drift.judge import judge
from archiver.drift.report import Aside, Breach, DriftReport
from archiver.drift.settings import Drift
from archiver.drift.standing import Standing, standing
from archiver.extraction import extract
from archiver.outlet import Outlet
from archiver.outlets import Outlets, load_outlets
from archiver.simulation.breakages import BREAKAGES, broken
from archiver.warcfile import WarcPages

FIXTURES = Path(__file__).parent.parent / "fixtures"
START = datetime(2026, 3, 2, tzinfo=UTC)
TOLERANCE = Drift().tolerance
_BUSY = (1, 1, 0, 0, 1, 3, 6, 8, 9, 10, 10, 10, 11, 10, 10, 9, 9, 9, 8, 8, 7, 5, 3, 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", help="one outlet")
    parser.add_argument("--months", type=int, default=12, help="months of normal runs, spread over the outlets")
    parser.add_argument("--verbose", action="store_true", help="tell of each breakage missed and each false alarm")
    arguments = parser.parse_args()
    outlets = [outlet for outlet in load_outlets() if arguments.only in (None, outlet.name)]
    pages = {outlet.name: list(captures(outlet)) for outlet in outlets}
    print("\n".join(detection(outlets, pages, verbose=arguments.verbose)))
    print("\n".join(false_alarms(outlets, pages, arguments.months, verbose=arguments.verbose)))


def captures(outlet: Outlet) -> Iterator[tuple[Capture, Article]]:
    """The first page of each fixture that a layout of its outlet reads."""
    for path in sorted((FIXTURES / outlet.name).glob("*.warc.gz")):
        with TemporaryDirectory() as scratch:
            found = WarcPages(path, Outlets([outlet]), Path(scratch))
            for article in found.articles():
                capture = found.capture(article.url)
                whole = extract(capture, outlet)
                if whole.outcome == "saved" and whole.layout is not None:
                    yield capture, whole


def detection(
    outlets: list[Outlet], pages: Mapping[str, list[tuple[Capture, Article]]], *, verbose: bool
) -> Iterator[str]:
    """Lines of the table of breakages."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    missed: list[str] = []
    for outlet in outlets:
        for capture, article in pages[outlet.name]:
            for kind in BREAKAGES:
                result, words = noticed(outlet, capture, article, kind)
                counts[kind][result] += 1
                if result == "missed":
                    missed.append(f"  missed: {kind:18} {outlet.name:14} {article.layout}: {words}")
    yield f"{'breakage':18} {'seeded':>7} {'harmless':>9} {'harmful':>8} {'alarmed':>8}"
    counts["all"] = sum(counts.values(), Counter())
    for kind, found in counts.items():
        seeded = found.total() - found["absent"]
        harmful = found["alarmed"] + found["missed"]
        yield f"{kind:18} {seeded:7} {found['harmless']:9} {harmful:8} {found['alarmed']:8}"
    if verbose:
        yield from missed


def noticed(outlet: Outlet, capture: Capture, article: Article, kind: str) -> tuple[str, str]:
    """What becomes of three broken pages after sixty whole ones: absent, harmless, alarmed or missed; and why."""
    page = broken(capture, outlet, kind)
    if page is None:
        return "absent", ""
    after = extract(page, outlet)
    changed = [
        key
        for key in ("outcome", "title", "lead", "authors", "editors", "published", "section", "tags", "text", "images")
        if getattr(after, key) != getattr(article, key)
    ]
    dice = Random(capture.url)  # noqa: S311 - no secret
    history = [run(number, [varied(article_facts(article), dice, number)]) for number in range(60)]
    facts = article_facts(after) if after.outcome == "saved" else None
    intruders = sorted(facts.lines - article_facts(article).lines) if facts else []
    now = RunFacts(
        run_id(100),
        START + timedelta(hours=100),
        tuple(
            Page(
                run_id(100),
                f"{capture.url}#{number}",
                f"r{number}",
                START,
                after.outcome,
                facts and with_lines(facts, [*intruders, hash((capture.url, number))]),
            )
            for number in range(3)
        ),
        (),
    )
    verdict = judge(now, history, Standing(), outlet, TOLERANCE)
    if verdict.broken:
        return "alarmed", verdict.broken[0].rule
    return ("missed" if changed else "harmless"), ", ".join(changed)


def varied(facts: ArticleFacts, dice: Random, number: int) -> ArticleFacts:
    """An article like this one, of another length and with other lines."""
    factor = dice.lognormvariate(0, 0.4)
    return replace(
        with_lines(facts, [hash((number, facts.characters))]),
        characters=round(facts.characters * factor),
        blocks=max(1, round(facts.blocks * factor)),
        removed=min(0.95, facts.removed * dice.uniform(0.8, 1.2)),
    )


def with_lines(facts: ArticleFacts, lines: list[int]) -> ArticleFacts:
    """The same with these lines in the place of its own."""
    return replace(facts, lines=frozenset(lines))


def run(number: int, articles: list[ArticleFacts], sources: tuple[Yield, ...] = ()) -> RunFacts:
    """A run of that hour with these articles."""
    moment = START + timedelta(hours=number)
    pages = (
        Page(run_id(number), f"https://berita.example/{number}/{place}", f"{number}-{place}", moment, "saved", facts)
        for place, facts in enumerate(articles)
    )
    return RunFacts(run_id(number), moment, tuple(pages), sources)


def run_id(number: int) -> str:
    """As a crawl would name it."""
    return f"{START + timedelta(hours=number):%Y%m%dT%H%M%SZ}-uji-0000"


def false_alarms(
    outlets: list[Outlet], pages: Mapping[str, list[tuple[Capture, Article]]], months: int, *, verbose: bool
) -> Iterator[str]:
    """Lines on months of runs in which nothing breaks."""
    started = time.perf_counter()
    runs = articles = alarms = 0
    rules: Counter[str] = Counter()
    told: list[str] = []
    for month in range(months):
        outlet = outlets[month % len(outlets)]
        kinds = [article_facts(article) for _, article in pages[outlet.name]]
        per_day = (12, 40, 120)[month % 3]
        dice = Random(month)  # noqa: S311 - no secret
        past: list[RunFacts] = []
        reports: list[DriftReport] = []
        for hour in range(30 * 24):
            now = normal_run(hour, kinds, per_day, dice)
            verdict = judge(now, past[-14 * 24 :], standing(reports), outlet, TOLERANCE)
            if verdict.broken:
                alarms += 1
                rules.update(check.rule.split(":")[0] for check in verdict.broken)
                words = [check.breach.words for check in verdict.broken if check.breach]
                told.append(f"  false: {outlet.name} {per_day} a day, {now.started:%a %H}h: {'; '.join(words)}")
                breaches = tuple(Breach(check.rule, "", "", "", "") for check in verdict.broken)
                aside = tuple(Aside("", record, "", 0, "") for check in verdict.broken for record in check.records)
                reports.append(
                    DriftReport(outlet="", run=now.run, time="", state="break", breaches=breaches, captures=aside)
                )
            elif verdict.well and reports and reports[-1].state == "break":
                reports.append(DriftReport(outlet="", run=now.run, time="", state="recovered"))
            past.append(now)
            runs += 1
            articles += len(now.pages)
    seconds = time.perf_counter() - started
    yield ""
    yield f"{months} normal months: {runs} hourly runs, {articles} articles, {alarms} false alarms ({seconds:.0f} s)"
    if rules:
        yield "  by rule: " + ", ".join(f"{rule} {count}" for rule, count in rules.most_common())
    if verbose:
        yield from told


def normal_run(hour: int, kinds: list[ArticleFacts], per_day: int, dice: Random) -> RunFacts:
    """An hour of an outlet with nothing wrong."""
    moment = START + timedelta(hours=hour)
    local = moment + timedelta(hours=7)
    weekend = local.weekday() >= 5
    mean = per_day * _BUSY[local.hour] / sum(_BUSY) * (0.5 if weekend else 1.0) * (1 + hour / 30 / 24 * 0.5)
    count = sum(dice.random() < mean / 20 for _ in range(20)) if mean < 20 else round(dice.gauss(mean, mean**0.5))
    night = local.hour < 6 or local.hour > 20
    wire = dice.betavariate(0.8, 1.2) if night else dice.betavariate(0.6, 3)
    story = [
        normal_article(hour, place, kinds, dice, weekend=weekend, agency=dice.random() < wire)
        for place in range(max(0, count))
    ]
    feed = Yield("https://berita.example/feed", "feed", 30 if dice.random() > 0.01 else dice.randrange(20, 30))
    today = sum(_BUSY[: local.hour + 1]) / sum(_BUSY) * per_day * (0.5 if weekend else 1.0)
    sitemap = Yield("https://berita.example/sitemap.xml", "sitemap", round(today * dice.uniform(0.8, 1.2)))
    return run(hour, story, (feed, sitemap))


def normal_article(
    hour: int, place: int, kinds: list[ArticleFacts], dice: Random, *, weekend: bool, agency: bool
) -> ArticleFacts:
    """An article of a layout that the outlet has, with what varies from one to the next."""
    facts = kinds[0] if dice.random() < 0.8 else dice.choice(kinds)
    factor = dice.lognormvariate(-0.3 if agency else 0, 0.6)
    missing = {
        field for field, chance in (("authors", 0.05), ("images", 0.03), ("tags", 0.1)) if dice.random() < chance
    }
    if agency:
        missing |= {"authors", "editors"}
    if dice.random() < (0.2 if weekend else 0.08):  # a photo page
        factor, missing = factor * 0.2, missing | {"lead", "dateline", "section"}
    rules = frozenset(rule for rule in sorted(facts.rules) if dice.random() < 0.85)
    blocks = [hash((hour, place, number)) for number in range(5)]
    if dice.random() < 0.02:
        blocks.append(hash("a sentence that comes again"))
    return replace(
        facts,
        fields={field: giver for field, giver in facts.fields.items() if field not in missing},
        rules=rules,
        kinds=facts.kinds if rules else frozenset(),
        characters=max(80, round(facts.characters * factor)),
        blocks=max(1, round(facts.blocks * factor)),
        removed=min(0.95, facts.removed * dice.uniform(0.6, 1.4)),
        lines=frozenset(blocks),
        doubled=dice.random() < 0.01,
    )


if __name__ == "__main__":
    main()
