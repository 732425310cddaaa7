"""When a host's refusals are too many."""

from __future__ import annotations

from archiver.crawling.refusals import Refusals


def test_too_many_in_a_row() -> None:
    refusals = Refusals(3)
    assert refusals.refused("HTTP 403") is None
    assert refusals.refused("HTTP 403") is None
    refusals.answered()
    assert [refusals.refused("HTTP 403") for _ in range(2)] == [None, None]
    assert refusals.refused("HTTP 401") == "3 refusals in a row, the last HTTP 401"


def test_half_of_the_answers() -> None:
    """Never two in a row, and still a host that turns every other request away."""
    refusals = Refusals(3)
    told = []
    for _ in range(6):
        refusals.answered()
        told.append(refusals.refused("HTTP 403"))
    assert told == [None] * 5 + ["6 of the last 12 answers are refusals, the last HTTP 403"]


def test_some_refusals_among_many_answers_are_no_storm() -> None:
    refusals = Refusals(3)
    for _ in range(50):
        refusals.answered()
        refusals.answered()
        assert refusals.refused("HTTP 403") is None


def test_one_may_be_enough() -> None:
    assert Refusals(1).refused("HTTP 403") == "1 refusal, the last HTTP 403"
