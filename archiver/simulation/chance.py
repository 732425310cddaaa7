"""Chance that repeats itself: the same words give the same random numbers, on any machine."""

from __future__ import annotations

from random import Random


def chance(*words: object) -> Random:
    """Random numbers that depend on these words alone."""
    return Random(" ".join(map(str, words)))  # noqa: S311 - for invented news, not for secrets
