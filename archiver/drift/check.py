"""What came of one rule in one run, and the samples that it is judged by."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Generic, Literal, TypeAlias, TypeVar

from archiver.drift.report import Breach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from archiver.drift.facts import Page, Yield

State: TypeAlias = Literal["kept", "broken", "undecided"]
"""`undecided`: a rule that is open and that the run itself does not break, but too little speaks for it yet."""

GRAVITY: Final[Mapping[State, int]] = MappingProxyType({"broken": 0, "undecided": 1, "kept": 2})
"""Of several looks at a rule the gravest counts, which is the least."""

SHORT: Final = 3
"""A run with fewer articles is judged together with those before it: never by one article, or two."""

LONG: Final = 25
"""Articles of the second look, for what changes on some pages alone, or with one article an hour."""

OPEN_SIGMAS: Final = 2.33
"""Standard deviations at which a rule that is open stays so: it takes less than to open it, so that none flickers."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Check:
    """A rule that could be measured; with a breach, the pages and documents that break it."""

    rule: str
    state: State
    breach: Breach | None = None
    pages: tuple[Page, ...] = ()
    sources: tuple[Yield, ...] = ()

    @property
    def records(self) -> tuple[str, ...]:
        """Ids of the captures that break the rule."""
        ids = (*(page.record_id for page in self.pages), *(source.record_id for source in self.sources))
        return tuple(record_id for record_id in ids if record_id is not None)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was expected, what came, and by which tolerance it is too much; in words."""

    expected: str
    got: str
    tolerance: str


def broken(rule: str, says: str, numbers: Numbers, pages: Sequence[Page] = (), sources: Sequence[Yield] = ()) -> Check:
    """A rule that is broken. `says` goes on where what came ends: "have no title"."""
    words = f"{numbers.got} {says}".strip() + f", expected {numbers.expected} ({numbers.tolerance})"
    breach = Breach(rule, numbers.expected, numbers.got, numbers.tolerance, words)
    return Check(rule, "broken", breach, tuple(pages), tuple(sources))


@dataclass(frozen=True)
class Window(Generic[Value]):
    """Pages that are judged together, with what was measured of each: `own` are the run's, `filled` those before it.

    `before` is the rest of the history.
    """

    own: list[tuple[Page, Value]]
    filled: list[tuple[Page, Value]]
    before: list[tuple[Page, Value]]

    @property
    def all(self) -> list[tuple[Page, Value]]:
        """In the order in which they were captured."""
        return [*self.filled, *self.own]

    @property
    def usual(self) -> list[Value]:
        """What was measured before."""
        return [value for _, value in self.before]

    @property
    def runs(self) -> int:
        """In how many runs; the articles of one are often alike."""
        return len({page.run for page, _ in self.before})


@dataclass(frozen=True, slots=True)
class Samples:
    """The pages of a run, those of its history, and all that came before it, well or not; each oldest first."""

    own: Sequence[Page]
    history: Sequence[Page]
    recent: Sequence[Page]

    def windows(
        self, measure: Callable[[Page], Value | None], breaks: Callable[[Value], bool] = lambda _: False
    ) -> Iterator[Window[Value]]:
        """The run's pages with a few before them, then with more, out of the history alone; none where it has none.

        Of the first the pages before may be of a run with an alarm: they tell whether something goes on. To a run
        in which everything `breaks` that seldom does belongs what broke right before it: a redesign begins with a page
        or two.
        """
        own = _measured(measure, self.own)
        if not own:
            return
        history = _measured(measure, self.history)
        recent = _measured(measure, self.recent[-_REACH:])
        streak = 0
        seldom = sum(breaks(value) for _, value in history) <= _SELDOM * len(history)
        if seldom and all(breaks(value) for _, value in own):
            streak = len(list(takewhile(lambda item: breaks(item[1]), reversed(recent))))
        filled = recent[max(0, len(recent) - max(SHORT - len(own), min(streak, LONG))) :]
        taken = {id(page) for page, _ in filled}
        yield Window(own, filled, [item for item in history if id(item[0]) not in taken])
        if len(own) < LONG:
            cut = max(0, len(history) - (LONG - len(own)))
            yield Window(own, history[cut:], history[:cut])


_SELDOM: Final = 0.1
"""Share of the history up to which a row of pages that break a rule is no chance."""

_REACH: Final = 100
"""Pages before a run among which those are looked for that it is judged with."""


def _measured(measure: Callable[[Page], Value | None], pages: Sequence[Page]) -> list[tuple[Page, Value]]:
    return [(page, value) for page in pages if (value := measure(page)) is not None]
