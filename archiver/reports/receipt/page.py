"""A receipt as one HTML file that loads nothing, in plain language, for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from archiver.reports.receipt.words import MEANINGS, counted, grouped, spoken
from archiver.reports.templating import template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archiver.reports.receipt.values import Absence, Missing, Receipt

SHOWN: Final = 200
"""Addresses that the page lists of one kind; the JSON form has all."""

_NEWEST: Final = 20
"""Runs that are shown at once; the earlier ones can be unfolded."""

_DECISIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "allowed": "allowed it",
        "no rules": "had no rules, or was not there",
        "forbidden": "forbade it (captured by another program, and replayed here)",
        "not asked": "was not asked: the capture was replayed, or made before decisions were noted",
    }
)


@dataclass(frozen=True, slots=True)
class AbsentGroup:
    """Addresses that are missing for the same reason. The template says `items`, a dict's method, of a tuple here."""

    words: str
    meaning: str
    items: tuple[Absence, ...]


def draw(receipt: Receipt) -> str:
    """The page."""
    shortfalls = tuple(_shortfalls(receipt))
    return template("receipt.html.j2").render(
        receipt=receipt,
        summary=tuple(_summary(receipt)),
        numbers=tuple(_numbers(receipt)),
        synthetic=any(origin.synthetic for origin in receipt.origins),
        outcomes=tuple(grouped(receipt.outcomes)),
        absent=tuple(_absent(receipt.missing)),
        shortfalls=shortfalls,
        gaps=bool(shortfalls) or _has_gaps(receipt.missing),
        robots=_robots(receipt),
        decisions=_DECISIONS,
        limits=tuple(_limits(receipt)),
        shown=SHOWN,
        newest=_NEWEST,
    )


def _summary(receipt: Receipt) -> Iterator[str]:
    contents, outcomes = receipt.contents, receipt.outcomes
    captures = _captures(receipt)
    first, last = (contents.first or "")[:10], (contents.last or "")[:10]
    when = f"on {first}" if first == last else f"between {first} and {last}"
    yield (
        f"This archive holds {counted(contents.articles, 'article', 'articles')} of "
        f"{counted(len(contents.outlets), 'outlet', 'outlets')}, cut out of "
        f"{counted(captures, 'capture', 'captures')}" + (f" that were made {when}." if first else ".")
    )
    if receipt.runs:
        ends = ", ".join(f"{group.count:,} {group.words}" for group in grouped(outcomes))
        runs = counted(len(receipt.runs), "run has", "runs have")
        yield f"{runs} looked for {counted(sum(outcomes.values()), 'address', 'addresses')}: {ends or 'none'}."
    ran = [check for check in receipt.checks if check.result != "not run"]
    read = counted(len(ran), "program has", "programs have")
    if faulty := [check for check in ran if check.result == "faults"]:
        found = ", ".join(f"{check.program} found {counted(check.faults, 'fault', 'faults')}" for check in faulty)
        yield f"{read} checked every file of it; {found}."
    else:
        yield f"{read} checked every file of it and found no fault."


def _numbers(receipt: Receipt) -> Iterator[tuple[str, str, str]]:
    contents = receipt.contents
    warcs = [file for file in receipt.files if file.path.startswith("warc/")]
    size = sum(file.size for file in warcs)
    yield "articles", f"{contents.articles:,}", f"in {counted(contents.versions, 'version', 'versions')}"
    yield "outlets", f"{len(contents.outlets):,}", "with at least one article"
    yield "words", f"{contents.words:,}", "of running text"
    yield "captures", f"{_captures(receipt):,}", f"in {counted(len(warcs), 'WARC file', 'WARC files')}"
    yield "size", f"{size / 1_000_000:,.1f} MB", "in WARC files"


def _captures(receipt: Receipt) -> int:
    return sum(receipt.contents.records.get(kind, 0) for kind in ("response", "revisit", "resource"))


def _absent(missing: Missing) -> Iterator[AbsentGroup]:
    for outcome, items in groupby(missing.absences, key=lambda absence: absence.outcome):
        yield AbsentGroup(spoken(outcome), MEANINGS[outcome][1], tuple(items))


def _has_gaps(missing: Missing) -> bool:
    return any(
        (
            missing.absences,
            missing.incomplete,
            missing.sources,
            missing.withdrawn,
            missing.unfinished_runs,
            missing.unfinished_files,
            missing.unread,
            missing.windows,
        )
    )


def _shortfalls(receipt: Receipt) -> Iterator[tuple[int, str, str]]:
    """What is there, but not wholly: count, words, meaning."""
    contents, missing = receipt.contents, receipt.missing
    if contents.truncated:
        words = "capture" if contents.truncated == 1 else "captures"
        yield contents.truncated, f"{words} cut short", "less is kept than was sent; each says why (WARC-Truncated)"
    if contents.rebuilt:
        words = "exchange" if contents.rebuilt == 1 else "exchanges"
        yield contents.rebuilt, f"{words} not byte for byte", "written down again from what the program was told"
    if missing.requisites:
        words = "requisite" if missing.requisites == 1 else "requisites"
        yield missing.requisites, f"{words} not captured", "images, styles, scripts or fonts that a page asks for"


def _robots(receipt: Receipt) -> str:
    policies = {origin.robots for origin in receipt.origins}
    obeyed = "Every WARC file says that robots.txt was obeyed." if policies == {"obey"} else ""
    if "ignore" in policies:
        obeyed = "Some WARC files say that robots.txt was ignored."
    refused = receipt.robots.refused
    if refused:
        told = f"{counted(refused, 'address was', 'addresses were')} left out because of it."
    else:
        told = "No address had to be left out because of it."
    return f"{obeyed} {told}".strip()


def _limits(receipt: Receipt) -> Iterator[str]:
    if not any(run.requisites for run in receipt.runs):
        yield "Images, styles, scripts and fonts of the pages: only the documents themselves were asked for."
    yield "What a script draws when a person looks at the page: pages were fetched, not rendered."
    yield "What is shown to subscribers, or after a log-in: nobody was logged in."
    yield (
        "The texts have no related lists, advertisements and comments. These are in the captures, and each removed "
        "passage is listed with its rule in the article's metadata record."
    )
