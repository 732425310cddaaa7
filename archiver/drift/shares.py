"""Judging the rules that are shares: how many of a run's pages break them, and how many may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archiver.drift.check import GRAVITY, OPEN_SIGMAS, SHORT, Check, Numbers, broken
from archiver.drift.rules import USUAL, Rule, is_gated, rules
from archiver.drift.statistics import OF_A_RUN, Share, least_surprising, most_in_a_row, tail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archiver.drift.check import Samples, Window
    from archiver.outlet import Outlet

_MARGIN: Final = 0.15
"""A share is too high if it is so much above the usual one, however surprising less may be."""

_AGAIN: Final = 2
"""Pages that were read before and that it takes to tell a redesign."""

_KNOWN: Final = 10
"""Articles of history with which an outlet is known; before, nothing but nonsense gives an alarm."""


def check_shares(
    samples: Samples, outlet: Outlet | None, open_rules: frozenset[str], tolerance: float
) -> Iterator[Check]:
    """Each rule that the run breaks anywhere, or that is open; of several windows the first one that breaks it."""
    for rule in rules(outlet, [*samples.history, *samples.own]):
        is_open = rule.name in open_rules
        if not is_open and not any(rule.test(page) for page in samples.own):
            continue
        found = [_judge(rule, window, tolerance, is_open=is_open) for window in samples.windows(rule.test, bool)]
        checks = [check for check in found if check is not None]
        if checks:
            yield min(checks, key=lambda check: GRAVITY[check.state])


def _judge(rule: Rule, window: Window[bool], tolerance: float, *, is_open: bool) -> Check | None:
    before = Share(sum(window.usual), len(window.usual), OF_A_RUN * window.runs)
    if rule.usual and before.value > USUAL:
        return None
    pages = [page for page, breaks in window.all if breaks]
    now = Share(len(pages), len(window.all))
    own = any(breaks for _, breaks in window.own)
    sigmas = min(OPEN_SIGMAS, tolerance) if is_open else tolerance
    least = least_surprising(before, now.trials, tail(sigmas))
    if not is_open:
        least = max(least, SHORT, int((before.value + _MARGIN) * now.trials) + 1)
    if now.hits >= least:  # what came before without anything being wrong, as on an evening of agency news, is no news
        least = max(least, most_in_a_row(window.usual, now.trials) + 1 + int(_MARGIN * now.trials))
    if now.hits < least:
        return Check(rule.name, "undecided" if is_open and now.trials < SHORT else "kept")
    if not own:
        return Check(rule.name, "undecided" if is_open else "kept")
    numbers = Numbers(
        f"at most {least - 1} of {now.trials}",
        f"{now} {rule.unit}",
        f"{sigmas:g} standard deviations from {before} before",
    )
    return broken(rule.name, rule.says, numbers, pages)


def check_nonsense(samples: Samples, outlet: Outlet | None) -> Iterator[Check]:
    """What cannot be right, whatever the history: it is all that is judged of an outlet that nobody knows yet."""
    if sum(page.article is not None for page in samples.history) >= _KNOWN:
        return
    articles = [page for page in samples.own if page.article is not None]
    read = [page for page in samples.own if is_gated(page) or page.article is not None]
    if len(read) >= SHORT and not articles:
        yield broken("nonsense:articles", "hold no article", _never(len(read), "pages"), read)
    if len(articles) < SHORT:
        return
    if outlet is not None and outlet.layouts and all(page.article and not page.article.layout for page in articles):
        yield broken("fallback", "fit no layout", _never(len(articles), "articles"), articles)
    for field, noun in (("title", "title"), ("published", "date")):
        if all(page.article and field not in page.article.fields for page in articles):
            yield broken(f"missing:{field}", f"have no {noun}", _never(len(articles), "articles"), articles)


def check_revisits(samples: Samples) -> Iterator[Check]:
    """Pages that a layout read when they were captured before and that fit none now: two of them say it.

    An odd page is odd from the start; it does not become so.
    """
    fitted = {page.url for page in samples.history if page.article is not None and page.article.layout is not None}
    again = [page for page in samples.own if page.article is not None and page.url in fitted]
    if len(again) >= _AGAIN and all(page.article and page.article.layout is None for page in again):
        count = len(again)
        numbers = Numbers("none", f"{count} of {count} articles", "a layout read the same pages before")
        yield broken("fallback", "fit no layout", numbers, again)


def _never(count: int, unit: str) -> Numbers:
    return Numbers(f"not all of {count}", f"{count} of {count} {unit}", "no history yet")
