"""Selectors by which an element can be named, the lasting ones first.

What lasts is what somebody wrote for a reason: an id or a class that says what the element is, a property of
schema.org, a landmark of HTML. What does not is a number of an article, a name that a build tool made, a place in a
row. The cost of a selector says how much of the second kind is in it; which selector is right is for the pages to say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice
from typing import NamedTuple

from archiver.extraction.dom import Node, ancestors, index
from archiver.lasting import WORD, cost_of_name, is_made_up

_IDENTIFIER = re.compile(r"-?[A-Za-z_][\w-]*")
_MODULE = re.compile(r"^(?P<stem>[A-Za-z]+(?:[-_]+[A-Za-z]+)*[-_]+)(?P<hash>[\w-]{5,})$")
"""A name as CSS modules make it: `Article_body__x7Yz1`. The stem stays from one build to the next."""

_PROPERTIES = ("itemprop", "property", "rel", "role", "data-testid", "data-component", "data-type")
_LANDMARKS = frozenset("article main header h1 h2 time figcaption figure".split())
_PLAIN = frozenset("html body".split())

_PROPERTY = 0.8
_AWAY = 0.4
"""What each step costs that a selector is away from the one that was in use."""
_STEM = 2.2
_LANDMARK = 1.5
_TAG = 3.0
_PLACE = 2.5
_STEP = 0.6
"""What each further element costs that a selector names."""
_HOLDERS = 7
_FEW = 3


class Candidate(NamedTuple):
    """A selector and what it costs: 1 for a plain class, more for what may not last."""

    query: str
    cost: float


def candidates(node: Node, known: Collection[str] = ()) -> list[Candidate]:
    """Selectors that match the element (and perhaps others), the cheapest first.

    `known` are names (classes, ids) that the outlet's layouts use already.
    """
    own = list(simple(node, known))
    tagged = [*own, Candidate(node.tag or "*", _TAG)]
    found = dict(own)
    for query, cost in own[:_FEW]:
        if not query.startswith(node.tag or "*"):
            _keep(found, Candidate(f"{node.tag}{query}", cost + _STEP))
    for first, second in _pairs(own):
        _keep(found, Candidate(first.query + second.query, first.cost + second.cost))
    for level, holder in enumerate(islice(ancestors(node), _HOLDERS)):
        for query, cost in list(simple(holder, known))[:_FEW]:
            for inner in tagged[-_FEW - 1 :] if len(tagged) > _FEW else tagged:
                _keep(found, Candidate(f"{query} {inner.query}", cost + inner.cost + _STEP))
            if level == 0:
                for inner in tagged:
                    _keep(found, Candidate(f"{query} > {inner.query}", cost + inner.cost + _STEP))
                place = f"{query} > {node.tag}:nth-of-type({index(node)})"
                _keep(found, Candidate(place, cost + _TAG + _PLACE))
            if level < _FEW and own:
                place = f"{query}:nth-of-type({index(holder)}) {own[0].query}"
                _keep(found, Candidate(place, cost + own[0].cost + _PLACE))
    for before in _siblings_before(node):
        for query, cost in list(simple(before, known))[:_FEW]:
            _keep(found, Candidate(f"{query} + {node.tag}", cost + _TAG + _STEP))
    return sorted((Candidate(*item) for item in found.items()), key=lambda item: (item.cost, item.query))


def simple(node: Node, known: Collection[str] = ()) -> Iterator[Candidate]:
    """Selectors that name nothing but the element itself, by its attributes or as a landmark; the cheapest first."""
    if node.tag in _PLAIN:
        return
    found: dict[str, float] = {}
    attributes = node.attributes
    for name in _PROPERTIES:
        value = (attributes.get(name) or "").strip()
        if value and _IDENTIFIER.fullmatch(value):
            found[f"[{name}={value}]"] = _PROPERTY
    if (name := (attributes.get("id") or "").strip()) and _IDENTIFIER.fullmatch(name):
        found[f"#{name}"] = cost_of_name(name, known)
    for name in (attributes.get("class") or "").split():
        if not _IDENTIFIER.fullmatch(name):
            continue
        found.setdefault(f".{name}", cost_of_name(name, known))
        module = _MODULE.match(name)
        if module is not None and is_made_up(module["hash"]):
            found.setdefault(f"[class*={module['stem']}]", _STEM)
    if node.tag in _LANDMARKS:
        found.setdefault(node.tag, _LANDMARK)
    yield from sorted((Candidate(*item) for item in found.items()), key=lambda item: item.cost)


def adapted(query: str) -> Iterator[Candidate]:
    """A selector with as little changed in it as can be: without names of tags, without elements around.

    What was renamed or is gone may be but one part of it.
    """
    for part in _apart(query, ","):
        if part != query:
            yield Candidate(part, WORD)
        steps = [step for step in _apart(part, " ") if step not in (">", "+", "~")]
        plain = len(steps) == len(_apart(part, " "))
        for number in range(len(steps)):
            if number and not plain:
                break
            rest = steps[number:] if plain else [part]
            loose = _TAG if all(_IDENTIFIER.fullmatch(step) for step in rest) else 0.0
            yield Candidate(" ".join(rest), WORD + loose + _AWAY * number)
            bare = [_TAG_NAME.sub("", step) or step for step in rest]
            if plain and bare != rest:
                yield Candidate(" ".join(bare), WORD + loose + _AWAY * (number + 1))


_TAG_NAME = re.compile(r"^[a-z][a-z0-9-]*(?=[.#\[:])")


def _apart(query: str, mark: str) -> list[str]:
    """The parts of a selector between these marks, those in brackets left alone."""
    parts, depth, quoted = [""], 0, ""
    for sign in query:
        depth += (sign in "([") - (sign in ")]")
        quoted = "" if sign == quoted else quoted or (sign if sign in "\"'" else "")
        if sign == mark and not depth and not quoted:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def names_in(selectors: Collection[str]) -> frozenset[str]:
    """The classes and ids that stand in these selectors."""
    return frozenset(name for query in selectors for name in re.findall(r"[.#](-?[A-Za-z_][\w-]*)", query))


def _keep(found: dict[str, float], candidate: Candidate) -> None:
    found[candidate.query] = min(candidate.cost, found.get(candidate.query, candidate.cost))


def _pairs(own: list[Candidate]) -> Iterator[tuple[Candidate, Candidate]]:
    classes = [item for item in own if item.query.startswith(".")][:_FEW]
    for number, first in enumerate(classes):
        for second in classes[number + 1 :]:
            yield first, second


def _siblings_before(node: Node) -> Iterator[Node]:
    before = node.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    if before is not None:
        yield before
