from __future__ import annotations

from datetime import timedelta

from archiver.simulation.pages import Answer
from archiver.simulation.weather import Breakdown, Sky, Spell, SpellKind, forecast
from tests.simulation.newsrooms import NOON, START

HOUR = timedelta(hours=1)


def spell(kind: SpellKind, times: int | None = 1, retry_after: int | None = None) -> Spell:
    return Spell("tempo", kind, NOON, NOON + HOUR, times, retry_after)


def test_a_seed_settles_it_and_the_first_day_is_fair() -> None:
    month = forecast("tempo", START, 30, seed=1)
    assert month == forecast("tempo", START, 30, seed=1)
    assert month != forecast("okezone", START, 30, seed=1)
    assert all(each.start >= START + timedelta(days=1) for each in month)


def test_a_month_has_all_kinds_and_three_outages() -> None:
    month = [each for outlet in ("tempo", "okezone", "kompas") for each in forecast(outlet, START, 30, seed=1)]
    assert {each.kind for each in month} == {"throttled", "busy", "failing", "reset", "hang", "outage"}
    assert sum(each.kind == "outage" for each in month) == 9


def test_a_spell_strikes_so_often_within_its_time_and_place() -> None:
    sky = Sky([spell("failing", times=2)])
    assert sky.strike("okezone", NOON) is None
    assert sky.strike("tempo", NOON - HOUR) is None
    assert [bool(sky.strike("tempo", NOON)) for _ in range(3)] == [True, True, False]
    assert Sky([spell("outage", None)]).strike("tempo", NOON + HOUR) is None


def test_an_outage_strikes_every_time() -> None:
    sky = Sky([spell("outage", None)])
    assert all(sky.strike("tempo", NOON) for _ in range(50))


def test_what_a_visitor_gets() -> None:
    throttled = spell("throttled", retry_after=7).answer()
    assert isinstance(throttled, Answer)
    assert (throttled.status, dict(throttled.headers)["Retry-After"]) == (429, "7")
    outage = spell("outage").answer()
    assert isinstance(outage, Answer)
    assert (outage.status, "Retry-After" in dict(outage.headers)) == (503, False)
    assert (spell("reset").answer(), spell("hang").answer()) == (Breakdown.RESET, Breakdown.HANG)
