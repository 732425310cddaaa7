"""How an element may be selected: by what it is called, the lasting names before those that a build tool makes up.

Names come in three makes. A word (`judul-artikel`) is a decision that lasts as long as the template. A utility (`mt-4`,
`col-md-8`) says how something looks and stands on many elements. A hash (`css-1x2y3z`) is another one tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from bs4.element import Tag

from archiver.lasting import cost_of_name

_HASHED: Final = re.compile(r"(?:css|sc|jsx|jss|svelte|styled|emotion|astro)-\w+")
_PLAIN_COST: Final = 2.0
_NUMBERED_COST: Final = 4.0
"""What a name costs less than, if it is a word, and if it has a number in it."""
_UTILITY: Final = re.compile(
    r"-?(?:[mp][trblxyse]?|[wh]|min|max|gap|space|top|left|right|bottom|inset|z|order|opacity|rounded|border|shadow|"
    r"text|font|leading|tracking|bg|flex|grid|items|justify|self|col|row|d|float|pull|align|overflow|position|container|"
    r"clearfix|clear|relative|absolute|fixed|sticky|static|block|inline|hidden|visible|pt\d+|pb\d+|mt\d+|mb\d+|f\d+|"
    r"grey\d*|red|blue|bold|italic|active|show|fade|wrap|wrapper|clear|left|right|center|small|large|big)"
    r"(?:-[\w.]+)*"
)
_PLAIN: Final = re.compile(r"-?[A-Za-z_][\w-]*")
_PREFIX: Final = re.compile(r"([A-Za-z][A-Za-z_-]{4,}(?:__|_|-))\w+")
_AROUND: Final = 8
"""Levels of holders whose names may stand before an element's own."""
_ITEMPROPS: Final = frozenset("articleBody headline datePublished dateModified author editor name image".split())

LASTING: Final = 4
"""The worst rank of a name that may be relied on: from there on it is a utility, or a place among others."""

_NO_NAME: Final = 9


def is_lasting(name: str) -> bool:
    """Whether a class or an id looks like a word that somebody chose.

    >>> [is_lasting(name) for name in ("detail__body-text", "css-1x2y3z", "post-48213", "mt-4", "Article_body__3kF2a")]
    [True, False, False, False, False]
    """
    return _is_word(name) and cost_of_name(name) < _PLAIN_COST


def _is_word(name: str) -> bool:
    return bool(_PLAIN.fullmatch(name)) and not (_HASHED.fullmatch(name) or _UTILITY.fullmatch(name))


def names(tag: Tag) -> Iterator[tuple[int, str]]:
    """Selectors for the element, each with its rank (0 is best), the element's own first, then within its holders."""
    own = sorted(_own(tag))
    yield from own
    short = [*((rank, selector) for rank, selector in own if rank < _NO_NAME), (3, tag.name)]
    for holder in islice(tag.parents, _AROUND):
        if holder.name in ("body", "html", "[document]"):
            return
        for rank, around in sorted(_own(holder))[:2]:
            if rank <= 3:
                yield from ((rank + inner + 2, f"{around} {selector}") for inner, selector in short[:3])
                yield rank + LASTING + 1, f"{around} {tag.name}"


def name_of(tag: Tag) -> str:
    """Class and id of the element, as `archiver.extraction.classnames` takes them."""
    classes = " ".join(map(str, filter(None, tag.get_attribute_list("class"))))
    return f"{classes} {tag.get('id') or ''}".strip()


def _own(tag: Tag) -> Iterator[tuple[int, str]]:
    itemprop = str(tag.get("itemprop") or "")
    if itemprop in _ITEMPROPS:
        yield 1, f"[itemprop={itemprop}]"
        yield 2, f"{tag.name}[itemprop={itemprop}]"
    identifier = str(tag.get("id") or "")
    if identifier and _is_word(identifier) and cost_of_name(identifier) < _NUMBERED_COST:
        yield 0 if is_lasting(identifier) else 3, f"#{identifier}"
    if tag.name in ("h1", "article", "main", "time", "figcaption"):
        yield 3, tag.name
    for name in map(str, filter(None, tag.get_attribute_list("class"))):
        if is_lasting(name):
            yield 0, f".{name}"
            yield 2, f"{tag.name}.{name}"
        elif _is_word(name) and cost_of_name(name) < _NUMBERED_COST:
            yield 3, f".{name}"
        elif _PLAIN.fullmatch(name) and _UTILITY.fullmatch(name):
            yield 5, f"{tag.name}.{name}"
        elif (prefix := _PREFIX.fullmatch(name)) is not None and is_lasting(prefix[1].rstrip("-_")):
            yield 4, f'[class*="{prefix[1]}"]'
