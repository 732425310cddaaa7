"""How surprising a number is after what was seen before; for a handful of articles as for hundreds.

Shares are judged by the beta-binomial distribution: what `trials` earlier articles showed, with Jeffreys' prior, says
how probable it is that so many of the next ones show it too. It needs no minimum of history: with little of it nothing
is surprising. Earlier articles count for `WEIGHT` at most, and for `OF_A_RUN` in each run: those of one evening are
alike, and the next may not be.

Quantities are judged by their median and its distance from the earlier one in median absolute deviations.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate
from statistics import NormalDist, median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WEIGHT: Final = 60
"""The articles that the history of a share counts for at most."""

OF_A_RUN: Final = 3
"""And in each run of it."""

_TO_SIGMA: Final = 1.4826
"""Of a normal distribution: its standard deviation is so many median absolute deviations."""

_OF_MEDIAN: Final = 1.2533
"""Of a normal distribution: the standard error of a median is so many of that of a mean."""


_STRETCHES: Final = 8
"""Stretches from which one can tell how far their medians vary."""


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `trials`; `weight` is how many trials it counts for at most."""

    hits: int
    trials: int
    weight: int = WEIGHT

    @property
    def value(self) -> float:
        """0 to 1."""
        return self.hits / self.trials if self.trials else 0.0

    def __str__(self) -> str:
        return f"{self.hits} of {self.trials}"


def tail(sigmas: float) -> float:
    """The probability to be so many standard deviations or more above the mean of a normal distribution."""
    return NormalDist().cdf(-sigmas)


def least_surprising(before: Share, trials: int, probability: float) -> int:
    """How many of the next `trials` must be hits for so many or more to have less than this probability.

    `trials` + 1 where not even all of them would be surprising.
    """
    weight = min(before.trials, before.weight, WEIGHT)
    hit, miss = 0.5 + weight * before.value, 0.5 + weight * (1 - before.value)
    total = 0.0
    for hits in range(trials, -1, -1):
        total += math.exp(_log_chance(hits, trials, hit, miss))
        if total >= probability:
            return hits + 1
    return 0


def most_in_a_row(hits: Sequence[bool], length: int) -> int:
    """The most hits among any so many values one after another; of all of them, where there are fewer."""
    sums = [0, *accumulate(hits)]
    return max((sums[end] - sums[max(0, end - length)] for end in range(1, len(sums))), default=0)


def medians_in_a_row(values: Sequence[float], length: int) -> Iterator[float]:
    """The medians of all stretches of so many values one after another."""
    return (median(values[start : start + length]) for start in range(len(values) - length + 1))


def _log_chance(hits: int, trials: int, hit: float, miss: float) -> float:
    """Logarithm of the beta-binomial probability of just so many hits."""
    ways = math.lgamma(trials + 1) - math.lgamma(hits + 1) - math.lgamma(trials - hits + 1)
    return ways + _log_beta(hit + hits, miss + trials - hits) - _log_beta(hit, miss)


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


@dataclass(frozen=True, slots=True)
class Spread:
    """A median, and the standard deviation that the median absolute deviation stands for."""

    median: float
    sigma: float


def spread(values: Sequence[float]) -> Spread:
    """Median and spread of some values; raises `statistics.StatisticsError` for none."""
    middle = median(values)
    return Spread(middle, _TO_SIGMA * median(abs(value - middle) for value in values))


def spread_of_medians(values: Sequence[float], length: int) -> Spread:
    """Median and spread of the medians of so many values: what they were in stretches of that length, one by one.

    That is more than the spread of single values tells where neighbours are alike; with few stretches it is told by
    that alone.
    """
    single = spread(values)
    error = _OF_MEDIAN * single.sigma / math.sqrt(length)
    stretches = [median(values[start : start + length]) for start in range(0, len(values) - length + 1, length)]
    if len(stretches) >= _STRETCHES:
        error = max(error, spread(stretches).sigma)
    return Spread(single.median, error)
