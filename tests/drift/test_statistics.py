from __future__ import annotations

import math
from itertools import pairwise

import pytest

from archiver.drift.statistics import (
    OF_A_RUN,
    Share,
    least_surprising,
    medians_in_a_row,
    most_in_a_row,
    spread,
    spread_of_medians,
    tail,
)


def test_a_tail_is_that_of_the_normal_distribution() -> None:
    assert tail(0) == 0.5
    assert math.isclose(tail(1.959964), 0.025, rel_tol=1e-5)


def test_without_history_nothing_is_surprising() -> None:
    assert least_surprising(Share(0, 0), 20, tail(4)) == 21


def test_three_of_three_surprise_after_a_clean_history_and_two_never_do() -> None:
    clean = Share(0, 200)
    assert least_surprising(clean, 3, tail(4)) == 3
    assert least_surprising(clean, 2, tail(4)) == 3  # more than there are


def test_what_half_of_the_articles_have_is_no_surprise() -> None:
    assert least_surprising(Share(100, 200), 5, tail(4)) == 6


def test_the_higher_the_share_before_the_more_it_takes() -> None:
    least = [least_surprising(Share(hits, 200), 30, tail(4)) for hits in (0, 10, 40, 100)]
    assert all(fewer < more for fewer, more in pairwise(least))


def test_a_history_of_few_runs_counts_for_few_articles() -> None:
    one_evening = Share(0, 200, weight=OF_A_RUN)
    assert least_surprising(one_evening, 5, tail(4)) > 5


def test_probabilities_add_up() -> None:
    """So many hits or more have less than the probability, and one less has not."""
    before, trials, probability = Share(3, 40), 12, 0.01
    alpha, beta = 3.5, 37.5

    def chance(hits: int) -> float:
        betas = math.lgamma(alpha + hits) + math.lgamma(beta + trials - hits) - math.lgamma(alpha + beta + trials)
        prior = math.lgamma(alpha) + math.lgamma(beta) - math.lgamma(alpha + beta)
        return math.comb(trials, hits) * math.exp(betas - prior)

    least = least_surprising(before, trials, probability)
    assert sum(chance(hits) for hits in range(least, trials + 1)) < probability
    assert sum(chance(hits) for hits in range(least - 1, trials + 1)) >= probability
    assert math.isclose(sum(map(chance, range(trials + 1))), 1)


@pytest.mark.parametrize(("length", "most"), [(1, 1), (2, 2), (3, 2), (4, 3), (99, 4)])
def test_the_most_hits_in_a_row(length: int, most: int) -> None:
    assert most_in_a_row([True, True, False, True, False, False, True], length) == most


def test_no_values_have_no_hits() -> None:
    assert most_in_a_row([], 3) == 0


def test_a_spread_does_not_mind_an_outlier() -> None:
    assert spread([9, 10, 11, 10, 9000]) == spread([9, 10, 11, 10, 12])


def test_medians_of_alike_neighbours_vary_more() -> None:
    """The same values, shuffled and sorted by evenings."""
    values = [float(value) for value in range(10)] * 9
    evenings = [value for value in map(float, range(10)) for _ in range(9)]
    assert spread_of_medians(evenings, 9).sigma > spread_of_medians(values, 9).sigma


def test_medians_in_a_row() -> None:
    assert list(medians_in_a_row([1, 5, 2, 8], 3)) == [2, 5]
