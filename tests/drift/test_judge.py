from __future__ import annotations

from dataclasses import replace

import pytest

from archiver.drift.facts import ArticleFacts, RunFacts, Yield
from archiver.drift.judge import Verdict, judge
from archiver.drift.settings import Drift
from archiver.drift.standing import Standing
from archiver.outlet import Outlet
from tests.drift.support import FACTS, OUTLET, run, run_id, usual, without

TOLERANCE = Drift().tolerance
FALLBACK = replace(FACTS, layout=None)


def verdict(
    now: RunFacts, past: list[RunFacts], standing: Standing | None = None, outlet: Outlet | None = OUTLET
) -> Verdict:
    return judge(now, past, standing or Standing(), outlet, TOLERANCE)


def rules(now: RunFacts, past: list[RunFacts], standing: Standing | None = None) -> list[str]:
    return [check.rule for check in verdict(now, past, standing).broken]


def test_a_run_like_all_before_it_is_well() -> None:
    assert verdict(run(30, [FACTS] * 3), usual()) == Verdict((), well=True)


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        (FALLBACK, "fallback"),
        (without("title"), "missing:title"),
        (without("authors"), "missing:authors"),
        (without("published"), "missing:published"),
        (replace(FACTS, fields={**FACTS.fields, "title": "css:h1"}), "evidence:title"),
        (replace(FACTS, fields={**FACTS.fields, "title": "meta:og:title"}), "evidence:title"),
        (
            replace(FACTS, fields={**FACTS.fields, "authors": "css:meta.nama@content"}),
            "selector:utama:authors:.penulis",
        ),
        (replace(FACTS, rules=frozenset({"baca-juga"})), "drop:utama:.bagi"),
        (replace(FACTS, kinds=frozenset({"share"})), "kind:related_inline"),
        (replace(FACTS, complete=False), "incomplete"),
        (replace(FACTS, contaminated=True), "contaminated"),
        (replace(FACTS, doubled=True), "doubled"),
        (replace(FACTS, timed=False), "timeless"),
        (replace(FACTS, layout="lama"), "outdated"),
        (replace(FACTS, lines=frozenset({7})), "boilerplate"),
        (replace(FACTS, characters=100), "length:characters"),
        (replace(FACTS, blocks=1), "length:blocks"),
        (replace(FACTS, removed=0.9), "removed"),
    ],
)
def test_three_articles_that_all_changed_are_an_alarm_and_one_is_none(broken: ArticleFacts, rule: str) -> None:
    assert rule in rules(run(30, [broken] * 3), usual())
    assert rules(run(30, [broken, FACTS, FACTS]), usual()) == []
    assert rules(run(30, [broken]), usual()) == []


@pytest.mark.parametrize("outcome", ["paywall", "consent_wall", "challenge", "soft_404", "hijacked", "empty"])
def test_pages_that_hold_no_article_any_more_are_an_alarm(outcome: str) -> None:
    now = run(30, [None] * 3, outcome=outcome)  # type: ignore[arg-type]
    assert rules(now, usual()) == [f"outcome:{outcome}"]


def test_runs_with_an_article_each_are_judged_together() -> None:
    past = [*usual(), run(20, [FALLBACK]), run(21, [FALLBACK])]
    assert rules(run(22, [FALLBACK]), past) == ["fallback"]


def test_two_pages_that_a_layout_read_before_are_enough() -> None:
    past = usual()
    again = [replace(page, article=FALLBACK, outcome="updated") for page in past[3].pages]
    now = replace(run(30), pages=tuple(again[:2]))
    (check,) = verdict(now, past).broken
    assert check.breach is not None
    assert check.breach.words == ("2 of 2 articles fit no layout, expected none (a layout read the same pages before)")
    assert rules(replace(now, pages=tuple(again[:1])), past) == []
    still = replace(again[2], article=FACTS)
    assert rules(replace(now, pages=(*again[:2], still)), past) == []


def test_pages_of_a_state_that_was_accepted_are_not_held_against_those_before() -> None:
    past = [*usual(), run(25, [FALLBACK] * 3)]
    again = tuple(replace(page, article=FALLBACK, outcome="updated") for page in past[3].pages)
    now = replace(run(30), pages=again[:2])
    assert rules(now, past, Standing(since=run_id(25))) == []


def test_a_run_without_a_page_says_nothing() -> None:
    assert verdict(run(30), usual()) == Verdict((), well=False)


def test_what_is_missing_on_some_pages_alone_is_seen_in_time() -> None:
    past = usual(40)
    for hour in range(40, 50):
        past.append(run(hour, [without("authors"), FACTS, FACTS]))
        if rules(past[-1], past[:-1]):
            break
    assert hour < 47


def test_what_was_always_missing_is_not_missed() -> None:
    assert rules(run(30, [without("authors")] * 5), usual(facts=without("authors"))) == []


def test_what_was_there_on_some_evenings_is_no_alarm() -> None:
    """Agency news without names comes in batches."""
    past = [run(hour, [without("authors") if hour % 8 == 0 else FACTS] * 3) for hour in range(48)]
    assert rules(run(48, [without("authors")] * 3), past) == []


def test_the_alarm_says_what_was_expected_and_what_came() -> None:
    (check, *_) = verdict(run(30, [FALLBACK] * 3), usual()).broken
    assert check.breach is not None
    assert check.breach.got == "3 of 3 articles"
    assert check.breach.expected == "at most 2 of 3"
    assert "0 of 60 before" in check.breach.tolerance
    assert check.breach.words.startswith("3 of 3 articles fit no layout, expected at most 2 of 3")
    assert check.records == ("30-0", "30-1", "30-2")


def test_a_field_that_is_missing_explains_that_its_selector_gave_nothing() -> None:
    assert rules(run(30, [without("title")] * 3), usual()) == ["missing:title"]


def test_a_selector_that_the_outlet_names_no_more_is_not_missed() -> None:
    gone = replace(OUTLET, layouts=(replace(OUTLET.layouts[0], drop={}),))
    now = run(30, [replace(FACTS, rules=frozenset())] * 3)
    assert [check.rule for check in verdict(now, usual(), outlet=gone).broken] == []


def test_a_layout_that_is_new_is_no_alarm() -> None:
    assert rules(run(30, [replace(FACTS, layout="baru", characters=300)] * 3), usual()) == []


def test_a_first_run_gives_an_alarm_for_nonsense_alone() -> None:
    assert rules(run(0, [without("authors")] * 5), []) == []
    assert rules(run(0, [FALLBACK] * 3), []) == ["fallback"]
    assert rules(run(0, [FALLBACK] * 2), []) == []
    assert rules(run(0, [without("title")] * 3), []) == ["missing:title"]
    assert rules(run(0, [None] * 3, outcome="challenge"), []) == ["nonsense:articles"]
    assert rules(run(0, sources=[Yield("https://contoh.test/feed", None, 0)]), []) == ["nonsense:sources"]


def test_an_outlet_without_layouts_may_be_read_by_the_fallback() -> None:
    plain = replace(OUTLET, layouts=())
    assert verdict(run(0, [FALLBACK] * 3), [], outlet=plain).broken == ()


def test_what_was_accepted_is_no_nonsense() -> None:
    assert rules(run(3, [FALLBACK] * 3), [run(2, [FALLBACK] * 3)], Standing(since=run_id(2))) == []


OPEN = Standing(episode=(run_id(20),), open=frozenset({"fallback"}), excluded=frozenset({run_id(20)}))


def test_an_alarm_goes_on_with_less_than_it_took_to_begin() -> None:
    past = [*usual(), run(20, [FALLBACK] * 3)]
    assert rules(run(21, [FALLBACK]), past, OPEN) == ["fallback"]


def test_one_good_article_ends_no_alarm() -> None:
    past = [*usual(), run(20, [FALLBACK] * 3)]
    assert verdict(run(21, [FACTS]), past, OPEN) == Verdict((), well=False)
    assert verdict(run(22, [FACTS]), [*past, run(21, [FACTS])], OPEN) == Verdict((), well=True)


def test_a_good_run_ends_an_alarm() -> None:
    assert verdict(run(21, [FACTS] * 3), [*usual(), run(20, [FALLBACK] * 3)], OPEN).well


def test_what_was_alarmed_is_not_what_is_normal() -> None:
    past = [*usual(), *(run(hour, [FALLBACK] * 3) for hour in range(20, 60))]
    broken = frozenset(run_id(hour) for hour in range(20, 60))
    standing = Standing(tuple(sorted(broken)), frozenset({"fallback"}), broken)
    assert rules(run(60, [FALLBACK] * 3), past, standing) == ["fallback"]


def test_slow_growth_is_no_alarm() -> None:
    past = [run(hour, [replace(FACTS, characters=500 + 20 * hour)] * 3) for hour in range(200)]
    assert rules(run(200, [replace(FACTS, characters=4500)] * 3), past) == []


def test_a_redesign_that_begins_with_single_pages_is_seen_as_soon_as_three_are_there() -> None:
    """The first ones are not held for what is normal."""
    past = [*usual(15), run(15, [FALLBACK]), run(16, [FALLBACK])]
    assert rules(run(17, [FALLBACK]), past) == ["fallback"]
    assert rules(run(17, [FALLBACK] * 2), past) == ["fallback"]


def test_what_an_alarm_laid_aside_of_earlier_runs_does_not_keep_it_open() -> None:
    past = [*usual(), run(20, [FALLBACK]), run(21, [FALLBACK]), run(22, [FALLBACK] * 4)]
    aside = frozenset({"20-0", "21-0", *(f"22-{place}" for place in range(4))})
    standing = Standing((run_id(22),), frozenset({"fallback"}), frozenset({run_id(22)}), aside)
    assert verdict(run(23, [FACTS] * 3), past, standing) == Verdict((), well=True)


def test_a_row_of_what_is_common_is_chance() -> None:
    """Most articles of this outlet have no author, some have."""
    past = [run(hour, [without("authors"), FACTS if hour % 2 else without("authors")]) for hour in range(40)]
    past += [run(hour, [without("authors")] * 3) for hour in range(40, 46)]
    assert rules(run(46, [without("authors")] * 3), past) == []
