"""A drafted outlet as a Python file, formatted as ruff does it, with the evidence as comments."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from archiver.literals import quoted
from archiver.literals import selector as literal
from archiver.outlet import Css, Listing, Selector, Source

if TYPE_CHECKING:
    from archiver.drafting.draft import Draft
    from archiver.drafting.layout import DraftLayout

_WIDTH = 120
_STEP = "    "


def render(draft: Draft, home: str) -> str:
    """The text of the outlet's file. `home` is the site's address, for the docstring."""
    outlet = draft.outlet
    names = {"Layout", "Outlet", *(type(item.source).__name__ for item in draft.sources)}
    if any(isinstance(selector, Css) for item in draft.layouts for selector in item.layout.published):
        names.add("Css")
    lines = [
        f'"""{_plain(outlet.title)}: {home}. Drafted from {_count(len(draft.articles), "article")}: read it."""',
        "",
        "import re",
        "",
        f"from archiver.outlet import {', '.join(sorted(names))}",
        "",
        f"{_constant(outlet.name)} = Outlet(",
        *_indented(_outlet(draft), 1),
        ")",
        "",
    ]
    return "\n".join(line.rstrip() for line in lines)


def _outlet(draft: Draft) -> Iterator[str]:
    outlet, reasons = draft.outlet, draft.reasons
    yield f"name={quoted(outlet.name)},"
    yield f"title={quoted(outlet.title)},"
    yield from _row("domains", [quoted(domain) for domain in outlet.domains], 1)
    yield from _sources(draft)
    yield from _comment(reasons["article_url"], 1)
    pattern = outlet.article_url.pattern
    yield from _call("article_url=re.compile", [_raw(pattern)], 1)
    if outlet.brand:
        yield from _comment(reasons["brand"], 1)
        yield from _row("brand", [quoted(name) for name in outlet.brand], 1)
    if outlet.distrust:
        yield from _comment(reasons["distrust"], 1)
        yield f"distrust=frozenset({{{', '.join(map(quoted, sorted(outlet.distrust)))}}}),"
    if outlet.language != "id":
        yield f"language={quoted(outlet.language)},"
    if outlet.utc_offset != 7:
        yield f"utc_offset={outlet.utc_offset},"
    if draft.layouts:
        yield "layouts=("
        for item in draft.layouts:
            yield f"{_STEP}Layout("
            yield from _indented(_layout(item), 2)
            yield f"{_STEP}),"
        yield "),"


def _sources(draft: Draft) -> Iterator[str]:
    for item in draft.untried:
        yield from _comment(f"Not captured, so not tried: {item.source.url}, {item.reason}.", 1)
    if not draft.sources:
        yield "# No sitemap, feed or index was among the captures: name one, or the outlet cannot be crawled."
        return
    yield "sources=("
    for item in draft.sources:
        yield from _indented(_comment(item.reason, 2), 1)
        yield from _indented(_call(type(item.source).__name__, _source(item.source), 2), 1)
    yield "),"


def _source(source: Source) -> list[str]:
    if not isinstance(source, Listing):
        return [quoted(source.url)]
    given = {"links": source.links, "item": source.item, "dates": source.dates, "next": source.next}
    return [quoted(source.url), *(f"{name}={quoted(value)}" for name, value in given.items() if value)]


def _layout(item: DraftLayout) -> Iterator[str]:
    layout, reasons = item.layout, item.reasons
    yield f"name={quoted(layout.name)},"
    yield from _comment(reasons["body"], 3)
    yield f"body={quoted(layout.body)},"
    for name in ("title", "lead", "authors", "editors", "published", "modified"):
        selectors: Sequence[Selector] = getattr(layout, name)
        if selectors:
            yield from _comment(reasons[name], 3)
            yield from _row(name, [literal(selector) for selector in selectors], 3)
    for name in ("tags", "image", "caption"):
        selector = getattr(layout, name)
        if selector:
            yield from _comment(reasons[name], 3)
            yield f"{name}={quoted(selector)},"
    if layout.photos:
        yield "photos=True,"
    if item.drops:
        yield "drop={"
        for kind in dict.fromkeys(rule.kind for rule in item.drops):
            rules = [rule for rule in item.drops if rule.kind == kind]
            for rule in rules:
                yield from _indented(_comment(f"{rule.selector}: {_count(rule.pages, 'page')}, {rule.reason}", 4), 1)
            yield from _indented(_row(quoted(kind), [quoted(rule.selector) for rule in rules], 4, ": "), 1)
        yield "},"


def _row(name: str, values: Sequence[str], depth: int, sign: str = "=") -> Iterator[str]:
    """`name=(…),` on one line if it fits, else a value a line."""
    inner = ", ".join(values) + ("," if len(values) == 1 else "")
    line = f"{name}{sign}({inner}),"
    if len(line) + depth * len(_STEP) <= _WIDTH:
        yield line
        return
    yield f"{name}{sign}("
    yield from (f"{_STEP}{value}," for value in values)
    yield "),"


def _call(name: str, values: Sequence[str], depth: int) -> Iterator[str]:
    """The same for a call."""
    line = f"{name}({', '.join(values)}),"
    if len(line) + depth * len(_STEP) <= _WIDTH:
        yield line
        return
    joined = ", ".join(values)
    yield f"{name}("
    if len(joined) + (depth + 1) * len(_STEP) <= _WIDTH or len(values) == 1:
        yield f"{_STEP}{joined}"
    else:
        yield from (f"{_STEP}{value}," for value in values)
    yield "),"


def _comment(text: str, depth: int) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH - depth * len(_STEP), initial_indent="# ", subsequent_indent="# ", break_long_words=False
    )


def _indented(lines: Iterable[str], depth: int) -> Iterator[str]:
    return (depth * _STEP + line for line in lines)


def _raw(pattern: str) -> str:
    return f'r"{pattern}"' if '"' not in pattern else repr(pattern)


def _plain(text: str) -> str:
    """A site's name for a docstring: nothing in it ends the string or escapes."""
    return text.replace("\\", "").replace('"', "'").strip() or "An outlet"


def _constant(name: str) -> str:
    return name.upper().replace("-", "_")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
