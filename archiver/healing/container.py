"""The selector of the story's container."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from typing import Final

from archiver.extraction.dom import Page, ancestors
from archiver.healing.body import Story
from archiver.healing.choice import PAGES, Choice, Hit, Proposals
from archiver.healing.selectors import Candidate, candidates, simple

_FIRST: Final = 2.0
"""What it costs to tell the first of two copies from the second."""

_BEFORE: Final = 0.5
"""What a selector costs more that matches something on the pages from before."""

_BY_PLACE: Final = 5.0
"""A selector of this cost tells elements apart by their places, or names what may not last."""

_HOLDERS: Final = 6
_USABLE: Final = 6


def choose_container(
    stories: Sequence[Story], old: str, known: Collection[str], before: Sequence[Page] = (), *, plural: bool = False
) -> Choice | None:
    """The selector of the story's container; None where no proposal is right on half of the pages.

    `old` is the selector that the container had; `plural` says that it was several elements, one for each part of a
    story, and is so again if that can be. A name that pages from `before` have too says less of the new ones.
    """
    proposals = Proposals([old])
    proposals.add([Candidate(old, 0.0)])
    for story in stories[:PAGES]:
        for node in story.named():
            proposals.add(candidates(node, known))
    for query in proposals.costs:
        if any(page.first(query) is not None for page in before[:PAGES]):
            proposals.costs[query] += _BEFORE
    several = _choose(proposals, stories, known, _hit_several) if plural else None
    if several is not None and several.right == several.of:
        return several
    return _choose(proposals, stories, known, _hit) or several


def _choose(
    proposals: Proposals, stories: Sequence[Story], known: Collection[str], hit: Callable[[Story, str], Hit]
) -> Choice | None:
    """The best of the proposals. Where two makes of page share a layout, the selector is one for each."""
    best = proposals.best(stories, hit)
    if best is None or best.right < best.of or best.cost > _BY_PLACE:
        for story in stories[:PAGES]:
            proposals.add(list(_of_the_first(story, proposals, known)))
        best = proposals.best(stories, hit)
    if best is None or best.right == best.of:
        return best
    other = proposals.best([story for story in stories if hit(story, best.query) != "right"], hit)
    if other is None:
        return best
    pair = Proposals(())
    pair.add([Candidate(f"{best.query}, {other.query}", 0.0)])
    both = pair.best(stories, hit)
    return both if both is not None and both.right > best.right else best


def _hit(story: Story, query: str) -> Hit:
    nodes = story.selected(query)
    return "nothing" if not nodes else "right" if len(nodes) == 1 and story.accepts(nodes) else "wrong"


def _hit_several(story: Story, query: str) -> Hit:
    nodes = story.selected(query)
    several = len(nodes) >= min(2, len(story.lines))
    return "nothing" if not nodes else "right" if several and story.accepts(nodes) else "wrong"


def _of_the_first(story: Story, proposals: Proposals, known: Collection[str]) -> Iterator[Candidate]:
    """Selectors that take the first of several copies: of two brothers, or in the first of two brothers."""
    usable = [item for item in proposals.cheapest() if _is_of_the_story(story, item.query)]
    for each, cost in usable[:_USABLE]:
        query = f":is({each})" if "," in each else each
        if " " not in query:
            yield Candidate(f"{query}:not({query} ~ {query})", cost + _FIRST)
        for holder in islice(ancestors(story.tightest), _HOLDERS):
            if holder.tag in ("html", "body"):
                break
            for name, more in (*simple(holder, known), Candidate(holder.tag or "*", _FIRST)):
                yield Candidate(f"{name}:not({name} ~ {name}) {query}", cost + more + _FIRST)


def _is_of_the_story(story: Story, query: str) -> bool:
    """Whether the selector finds the story, or a part of it, and little else."""
    fits = [story.fit([node]) for node in story.selected(query)]
    return any(fit.held and fit.beside < story.size for fit in fits)
