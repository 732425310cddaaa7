"""Two days of two outlets, crawled every six hours: the judge's tests look at them, and plant faults in them.

The seed is one whose two days have corrections, refusals with Retry-After and stories behind robots.txt.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from archiver.simulation.month import Lived, simulate
from archiver.simulation.plan import Plan


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Lived:
    folder = tmp_path_factory.mktemp("simulated") / "archive"
    plan = Plan(("tempo", "okezone"), folder, days=2, every=timedelta(hours=6), per_day=8, redesign=None, seed=396)
    return simulate(plan)
