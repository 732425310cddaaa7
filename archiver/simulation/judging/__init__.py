"""The judge of a simulated month: the network's journal of the truth against what the archive has to show.

It shares no code with the crawl but the readers of its files (catalog, ledger, run.json, drift reports): when something
was due, what was published and what was forbidden it reckons from the network's own journal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.simulation.judging.articles import check_articles
from archiver.simulation.judging.evidence import Evidence
from archiver.simulation.judging.ledgers import check_ledgers
from archiver.simulation.judging.manners import check_manners
from archiver.simulation.judging.runs import check_runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.simulation.judging.check import Check
    from archiver.simulation.month import Lived


def judge(lived: Lived) -> Iterator[Check]:
    """All checks, in the order in which they are told; each is made when it is asked for."""
    evidence = Evidence(lived)
    yield from check_articles(evidence)
    yield from check_ledgers(evidence)
    yield from check_manners(evidence)
    yield from check_runs(evidence)
