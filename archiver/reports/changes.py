"""Two readings of an article as lines for a person: what is another title, another name, another paragraph.

A line begins with its mark: `-` was there before, `+` is there today, `~` is one line in which words differ, as
[-before-] and {+today+}; a blank is context.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from archiver.article import Article, Removal, Rerouted

_FACTS: Final = (
    *("url", "canonical_url", "outlet", "layout", "method", "title", "lead", "authors", "editors", "published"),
    *("modified", "dateline", "section", "tags", "language", "source", "pages", "more_pages", "complete", "notes"),
)
"""Fields with one value, or a list of short ones, in the order in which they are shown."""

_ALIKE: Final = 0.5
"""From this share of common words on, two lines are one line that was changed."""

_WORDS: Final = re.compile(r"\S+|\s+")


def changes(before: Article, after: Article) -> Iterator[str]:
    """All that differs between two readings, a headed group for each field."""
    shown = set[str]()
    for name in _FACTS:
        lines = compare(_value(before, name), _value(after, name))
        if lines:
            shown.add(name)
            yield name
            yield from lines
    for name, (old, new) in _texts(before, after).items():
        if old != new:
            shown.add(name)
            yield name
            yield from with_context(old, new) if name == "text" else compare(old, new)
    rest = _unseen(before, after, shown)
    if rest:
        yield f"the same words, but their place, rule or evidence: {', '.join(rest)}"


def summary(article: Article, paragraphs: int = 2) -> Iterator[str]:
    """An article in a few lines, to be recognised by."""
    yield f"title: {article.title or '(none)'}"
    if article.lead:
        yield f"lead: {article.lead}"
    for block in article.blocks[:paragraphs]:
        yield f"text: {block.text}"
    left = len(article.blocks) - paragraphs
    if left > 0:
        yield f"… and {left} more"


def _texts(before: Article, after: Article) -> dict[str, tuple[list[str], list[str]]]:
    """What consists of lines: the story itself, and where the other lines of the page went."""
    return {
        "text": (before.text.split("\n"), after.text.split("\n")),
        "images": (_images(before), _images(after)),
        "re-routed": (_labelled(before.rerouted), _labelled(after.rerouted)),
        "removed": (_labelled(before.removed), _labelled(after.removed)),
    }


def _labelled(lines: Sequence[Rerouted | Removal]) -> list[str]:
    return [f"{line.kind}: {' / '.join(line.text.splitlines())}" for line in lines]


def _images(article: Article) -> list[str]:
    return [" · ".join(part for part in (image.caption, image.credit, image.url) if part) for image in article.images]


def _value(article: Article, name: str) -> list[str]:
    value = getattr(article, name)
    if value is None or value == ():
        return []
    if isinstance(value, tuple):
        return [str(part) for part in value]
    return [str(value)] if not isinstance(value, bool) else ["yes" if value else "no"]


def compare(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The lines that differ, without context; empty where none do."""
    lines: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            lines += _replaced(old[i1:i2], new[j1:j2])
    return lines


def with_context(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """The lines that differ, each with the one before and after it; what lies between is counted."""
    old, new = [line for line in old if line], [line for line in new if line]
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (tag, i1, i2, j1, j2) in enumerate(opcodes):
        if tag != "equal":
            yield from _replaced(old[i1:i2], new[j1:j2])
            continue
        head, tail = number > 0, number < len(opcodes) - 1
        left = i2 - i1 - head - tail
        if head:
            yield f"  {old[i1]}"
        if left > 0:
            yield f"  … {left} as before"
        if tail and (i2 - i1 > 1 or not head):
            yield f"  {old[i2 - 1]}"


def _replaced(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Each old line with the new line that it became, in their order; the others as gone and as come."""
    lines: list[str] = []
    done = 0
    for line in old:
        found = next(((j, pair) for j, other in enumerate(new[done:], done) if (pair := _words(line, other))), None)
        if found is None:
            lines.append(f"- {line}")
            continue
        position, pair = found
        lines += [f"+ {come}" for come in new[done:position]]
        lines.append(f"~ {pair}")
        done = position + 1
    return [*lines, *(f"+ {come}" for come in new[done:])]


def _words(old: str, new: str) -> str | None:
    """One line with the words that differ marked; None where too little is common."""
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return None
    pieces = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        gone, come = "".join(a[i1:i2]), "".join(b[j1:j2])
        if tag == "equal":
            pieces.append(gone)
        else:
            pieces.append((f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else ""))
    return "".join(pieces)


def _unseen(before: Article, after: Article, shown: set[str]) -> list[str]:
    """Fields that differ in what these lines don't show: places, rules, evidence."""
    names = {"rerouted": "re-routed", "blocks": "text"}
    return [
        name
        for name in ("blocks", "rerouted", "removed", "images", "areas", "evidence", "charset")
        if names.get(name, name) not in shown and getattr(before, name) != getattr(after, name)
    ]
