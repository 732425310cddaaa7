"""Some built-in outlets, drafted from their fixtures as if nobody knew them, are read as their own layouts do."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def scores(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tuple[Any, Any]]:
    """`scores` of benchmarks/drafts.py, a script that is run in its own folder."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    monkeypatch.delitem(sys.modules, "drafts", raising=False)
    import drafts  # noqa: PLC0415 - it can be found now

    found: Callable[[str], tuple[Any, Any]] = drafts.scores
    return found


@pytest.mark.parametrize("name", ["antara", "okezone", "viva"])
def test_a_draft_reads_the_stories_of_a_known_outlet(scores: Callable[[str], tuple[Any, Any]], name: str) -> None:
    drafted, _ = scores(name)
    assert (drafted.title, drafted.date, drafted.body) == (drafted.stories,) * 3


def test_a_draft_of_many_layouts_is_no_worse_than_none(scores: Callable[[str], tuple[Any, Any]]) -> None:
    drafted, fallback = scores("tempo")
    assert (drafted.title, drafted.date) == (drafted.stories, drafted.stories)
    assert drafted.body >= fallback.body
