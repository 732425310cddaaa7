"""The rules of the alarm that are shares: of which pages each speaks, and which of them break it.

A rule knows no threshold: what share is usual is the outlet's own history's to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from archiver.drift.facts import FIELDS, GATE, ArticleFacts, Page, is_named
from archiver.outlet import Css, Layout

if TYPE_CHECKING:
    from archiver.article import Outcome
    from archiver.outlet import Outlet, Selectors

Test: TypeAlias = Callable[[Page], bool | None]
"""Whether a page breaks the rule; None where the rule does not speak of it."""

USUAL: Final = 0.5
"""What stands on fewer pages than this share may stay away: only what is usual is missed."""


_OTHERS: Final = 3
"""Articles that make a paragraph one that comes again."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`name` is how reports call it, `says` what is true of a page that breaks it ("have no title").

    `unit` is what it counts. `usual`: it is about something that was usual, and is silent where that never was so.
    """

    name: str
    says: str
    test: Test
    unit: str = "articles"
    usual: bool = False


_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {"published": "date", "images": "image", "authors": "author", "editors": "editor"}
)
_GATED: Final[Mapping[Outcome, str]] = MappingProxyType(
    {
        "not_article": "are no articles",
        "paywall": "are behind a paywall",
        "consent_wall": "are behind a consent wall",
        "challenge": "are challenges",
        "soft_404": "say that nothing was found",
        "hijacked": "are spam",
        "empty": "are empty",
    }
)


def rules(outlet: Outlet | None, pages: Sequence[Page]) -> Iterator[Rule]:
    """All rules for an outlet.

    `pages` are its history and those to be judged: they tell which junk there is and which paragraphs come again. The
    rules on selectors are made where the outlet is known, of those that it has today: one that its file no longer names
    cannot be missed.
    """
    yield Rule("fallback", "fit no layout", _of_article(lambda article: article.layout is None))
    if outlet is not None and any(layout.until for layout in outlet.layouts):
        yield Rule("outdated", "fit only a layout of another time", _outdated(outlet))
    for field in FIELDS:
        name = _NAMES.get(field, field)
        yield Rule(f"missing:{field}", f"have no {name}", _missing(field))
        yield Rule(f"evidence:{field}", f"have their {name} from no element of the layout", _unnamed(field), usual=True)
    yield Rule("timeless", "have a date without a time of day", _timeless)
    yield Rule("incomplete", "lack a page", _of_article(lambda article: not article.complete))
    yield Rule("contaminated", "hold text of another time", _of_article(lambda article: article.contaminated))
    yield Rule("doubled", "say something twice", _of_article(lambda article: article.doubled))
    yield Rule("boilerplate", "have a paragraph that stands in other articles too", _repeating(pages))
    for outcome, says in _GATED.items():
        yield Rule(f"outcome:{outcome}", says, _ended_in(outcome), unit="pages")
    for kind in sorted({kind for page in pages if page.article for kind in page.article.kinds}):
        yield Rule(f"kind:{kind}", f"have no {kind.replace('_', ' ')} to remove", _without_kind(kind), usual=True)
    if outlet is not None:
        for layout in outlet.layouts:
            yield from _of_layout(layout)


def is_gated(page: Page) -> bool:
    """Whether the page came without an error and holds no article."""
    return page.outcome in GATE


def _of_layout(layout: Layout) -> Iterator[Rule]:
    for selector in dict.fromkeys(selector for group in layout.drop.values() for selector in group):
        says = f"of layout {layout.name} have nothing at {selector}"
        yield Rule(f"drop:{layout.name}:{selector}", says, _without_rule(layout.name, selector), usual=True)
    for field, selectors in _selectors(layout):
        for giver in selectors:
            query = giver.removeprefix("css:")
            says = f"of layout {layout.name} have their {_NAMES.get(field, field)} elsewhere than at {query}"
            test = _without_giver(layout.name, field, giver)
            yield Rule(f"selector:{layout.name}:{field}:{query}", says, test, usual=True)


def _selectors(layout: Layout) -> Iterator[tuple[str, list[str]]]:
    """The fields of a layout, each with the evidence that its selectors leave; those of metadata are another matter."""
    named: dict[str, Selectors] = {
        **{field: getattr(layout, field) for field in FIELDS if field not in ("images", "tags", "dateline")},
        "images": (layout.image,) if layout.image else (),
        "tags": (layout.tags,) if layout.tags else (),
    }
    for field, selectors in named.items():
        queries = [Css(item) if isinstance(item, str) else item for item in selectors]
        givers = [f"css:{css.query}" + (f"@{css.attr}" if css.attr else "") for css in queries if isinstance(css, Css)]
        yield field, givers


def _of_article(broken: Callable[[ArticleFacts], bool]) -> Test:
    return lambda page: broken(page.article) if page.article else None


def _timeless(page: Page) -> bool | None:
    return not page.article.timed if page.article and "published" in page.article.fields else None


def _missing(field: str) -> Test:
    return _of_article(lambda article: field not in article.fields)


def _repeating(pages: Sequence[Page]) -> Test:
    """Whether an article has a line that others have; a version of the same one is no other."""
    lines = {page.url: page.article.lines for page in pages if page.article}
    counts = Counter(line for found in lines.values() for line in found)
    common = frozenset(line for line, count in counts.items() if count >= _OTHERS)
    return _of_article(lambda article: not common.isdisjoint(article.lines))


def _unnamed(field: str) -> Test:
    def test(page: Page) -> bool | None:
        if page.article is None or page.article.layout is None or field not in page.article.fields:
            return None
        return not is_named(page.article.fields[field])

    return test


def _outdated(outlet: Outlet) -> Test:
    ends = {layout.name: layout.until for layout in outlet.layouts}

    def test(page: Page) -> bool | None:
        if page.article is None or page.article.layout is None:
            return None
        end = ends.get(page.article.layout)
        return end is not None and end <= page.time.date()

    return test


def _ended_in(outcome: Outcome) -> Test:
    return lambda page: page.outcome == outcome


def _without_kind(kind: str) -> Test:
    return lambda page: kind not in page.article.kinds if page.article and page.article.layout else None


def _without_rule(layout: str, rule: str) -> Test:
    return lambda page: rule not in page.article.rules if page.article and page.article.layout == layout else None


def _without_giver(layout: str, field: str, giver: str) -> Test:
    def test(page: Page) -> bool | None:
        if page.article is None or page.article.layout != layout or field not in page.article.fields:
            return None
        return page.article.fields[field] != giver

    return test
