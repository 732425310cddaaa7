"""Judging what is no share but a quantity: how long the bodies are, and how much is removed around them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

from archiver.drift.check import GRAVITY, OPEN_SIGMAS, SHORT, Check, Numbers, broken
from archiver.drift.statistics import medians_in_a_row, spread, spread_of_medians

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archiver.drift.check import Samples, Window
    from archiver.drift.facts import ArticleFacts, Page

_KNOWN: Final = 20
"""Articles from which a spread can be told."""

_RUNS: Final = 5
"""Runs that they come from at least."""


@dataclass(frozen=True, slots=True)
class _Quantity:
    """`value` is what is compared, `shown` how it is told; `least` is a difference that is none yet."""

    name: str
    unit: str
    value: Callable[[ArticleFacts], float]
    shown: Callable[[float], str]
    least: float


_QUANTITIES: Final = (
    _Quantity(
        "length:characters",
        "characters of body",
        lambda article: math.log1p(article.characters),
        lambda value: f"{math.expm1(value):.0f}",
        math.log(2.5),
    ),
    _Quantity(
        "length:blocks",
        "paragraphs and other blocks",
        lambda article: math.log1p(article.blocks),
        lambda value: f"{math.expm1(value):.0f}",
        math.log(2.5),
    ),
    _Quantity("removed", "of the text removed", lambda article: article.removed, lambda value: f"{value:.0%}", 0.2),
)


def check_quantities(samples: Samples, open_rules: frozenset[str], tolerance: float) -> Iterator[Check]:
    """Each quantity whose usual spread is known; of several windows the first one that breaks it."""
    for quantity in _QUANTITIES:
        is_open = quantity.name in open_rules
        windows = samples.windows(_measure(quantity, samples.history))
        found = [_judge(quantity, window, tolerance, is_open=is_open) for window in windows]
        checks = [check for check in found if check is not None]
        if checks:
            yield min(checks, key=lambda check: GRAVITY[check.state])


def _measure(quantity: _Quantity, history: Sequence[Page]) -> Callable[[Page], float | None]:
    """The quantity, as it would be on a page of the outlet's usual layout: photo pages say less than others.

    None for a layout that nobody knows yet.
    """
    values: dict[str | None, list[float]] = defaultdict(list)
    for page in history:
        if page.article is not None:
            values[page.article.layout].append(quantity.value(page.article))
    usual = median([value for found in values.values() for value in found] or [0.0])
    beside = {layout: median(found) - usual for layout, found in values.items() if len(found) >= _KNOWN}

    def measure(page: Page) -> float | None:
        if page.article is None or page.article.layout not in beside:
            return None
        return quantity.value(page.article) - beside[page.article.layout]

    return measure


def _judge(quantity: _Quantity, window: Window[float], tolerance: float, *, is_open: bool) -> Check | None:
    values = [value for _, value in window.all]
    if len(values) < SHORT or len(window.before) < _KNOWN or window.runs < _RUNS:
        return None
    usual, now = spread_of_medians(window.usual, len(values)), median(values)
    sigmas = min(OPEN_SIGMAS, tolerance) if is_open else tolerance
    # Many values don't make a small difference a big one.
    band = max(sigmas * usual.sigma, spread(window.usual).sigma, quantity.least)
    if abs(now - usual.median) <= band or _was_there(quantity, now, usual.median, window):
        return Check(quantity.name, "kept")
    if not any(_is_far(value, now, usual.median, band) for _, value in window.own):
        return Check(quantity.name, "undecided" if is_open else "kept")  # it is the pages before that are far off
    low, high = (quantity.shown(max(0.0, usual.median + side * band)) for side in (-1, 1))
    numbers = Numbers(
        f"{low} to {high}",
        f"{quantity.shown(now)} {quantity.unit} (median of {len(values)} articles)",
        f"{sigmas:g} standard deviations around {quantity.shown(usual.median)} before",
    )
    far = [page for page, value in window.all if _is_far(value, now, usual.median, band)]
    return broken(quantity.name, "", numbers, far)


def _was_there(quantity: _Quantity, now: float, usual: float, window: Window[float]) -> bool:
    """Whether so many articles one after another were nearly as far off before, without anything being wrong."""
    medians = medians_in_a_row(window.usual, len(window.all))
    near = now + math.copysign(quantity.least / 2, usual - now)
    return any(found <= near if now < usual else found >= near for found in medians)


def _is_far(value: float, now: float, usual: float, band: float) -> bool:
    return value < usual - band if now < usual else value > usual + band
