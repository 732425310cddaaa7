"""Spans of time as a person writes them: `90s`, `50m`, `1h30m`, `7d`; and back into words."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_SECONDS: Final[Mapping[str, int]] = MappingProxyType({"w": 604_800, "d": 86_400, "h": 3600, "m": 60, "s": 1})
_PART: Final = re.compile(r"(\d+(?:\.\d+)?)\s*([wdhms])")
_WHOLE: Final = re.compile(rf"\s*(?:{_PART.pattern}\s*)+", re.IGNORECASE)


def parse_duration(text: str) -> float:
    """Seconds of a span of time; a number without a unit is seconds. Raises `ValueError`, with an example."""
    if re.fullmatch(r"\s*\d+(\.\d+)?\s*", text, re.ASCII):
        return float(text)
    if not _WHOLE.fullmatch(text):
        raise ValueError(f"{text!r} is no span of time: write 90s, 50m, 1h30m or 7d")
    return sum(float(number) * _SECONDS[unit] for number, unit in _PART.findall(text.lower()))


def in_words(seconds: float) -> str:
    """A span of time as it would be written: the shortest of such spellings, whole seconds."""
    left = round(abs(seconds))
    parts = []
    for unit, size in _SECONDS.items():
        if unit == "w":
            continue  # 7d is what operators write
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"
