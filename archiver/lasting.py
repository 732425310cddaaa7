"""How long a class or an id will last: words stay as long as a template, numbers and made-up names do not.

`archiver.healing` and `archiver.drafting` name elements by it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from archiver.extraction import classnames

WORD: Final = 1.0
"""What a name costs that is a word and nothing else."""

_MEANT: Final = 0.4
"""What a name costs less for a word that says what stands in the element, or for having been in use before."""
_DIGITS: Final = 2.0
_LONG_NUMBER: Final = 6.0
_MADE_UP: Final = 4.0
_WORDS: Final = re.compile(r"[-_]+")


def cost_of_name(name: str, known: Collection[str] = ()) -> float:
    """What a class or an id costs: about 1 for a word, 3 with a figure in it, 5 and more for what will not last.

    `known` are names that are in use already.
    """
    cost = WORD
    if re.search(r"\d{4}", name):
        cost += _LONG_NUMBER
    elif is_made_up(name):
        cost += _MADE_UP
    elif re.search(r"\d", name):
        cost += _DIGITS
    if classnames.is_story(name) or classnames.reroute(name) is not None:
        cost -= _MEANT
    return cost - _MEANT if name in known else cost


def is_made_up(name: str) -> bool:
    """Whether a part of the name is no word: letters and figures mixed, or capitals without a pattern."""
    return any(
        len(part) >= 5
        and (
            len(re.findall(r"(?<=[A-Za-z])\d|(?<=\d)[A-Za-z]", part)) > 1
            or re.search(r"[aeiouAEIOU]", part) is None
            or len(re.findall(r"[a-z][A-Z]", part)) > 2
        )
        for part in _WORDS.split(name)
    )
