"""Index pages as JSON: the links in them, with the title and the time that stand in the same object.

Nuxt packs its payloads (https://github.com/sveltejs/devalue): the document is a list whose first entry is the root,
and within it a number stands for the entry at that place. It is recognised by that form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from archiver.discovery.candidate import Candidate, Discovery, absolute, distinct, is_homepage
from archiver.extraction.dates import parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timezone

    from archiver.capture import Capture
    from archiver.outlet import Payload

_Json = Any

_DEPTH: Final = 100
"""Nesting of values; what lies deeper is not looked at."""


def read(source: Payload, capture: Capture, zone: timezone) -> Discovery:
    """The addresses in the document that look like an article's, in its order."""
    try:
        document = msgspec.json.decode(capture.body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return Discovery(notes=(f"this is no JSON: {error}",))
    holders = _packed(document) if _is_packed(document) else _holders(document)
    candidates = []
    for holder in holders:
        for text in holder.values():
            if not isinstance(text, str) or not source.links.search(text):
                continue
            url = absolute(capture.url, text)
            if url is not None and not is_homepage(url):
                title, date = holder.get(source.title), holder.get(source.date)
                candidates.append(Candidate(url, _title(title), _date(date, zone), capture.url))
    notes = () if candidates else (f"nothing in the document is matched by {source.links.pattern!r}",)
    return Discovery(distinct(candidates), notes=notes)


def _is_packed(document: _Json) -> bool:
    """Whether numbers stand for entries: a list whose root holds nothing but such numbers."""
    if not isinstance(document, list) or not document:
        return False
    root = document[0]
    inside = root.values() if isinstance(root, dict) else root if isinstance(root, list) else ()
    places = [place for place in inside if isinstance(place, int)]
    return len(document) > 1 and bool(places) and all(place < len(document) for place in places)


def _packed(document: list[_Json]) -> Iterator[dict[str, _Json]]:
    """Each object with its own strings in the place of their numbers; a string in a list is an object of its own."""
    for entry in document:
        if isinstance(entry, dict):
            yield {
                key: document[place]
                for key, place in entry.items()
                if isinstance(place, int) and 0 <= place < len(document) and isinstance(document[place], str)
            }
        elif isinstance(entry, list):
            yield from (
                {"": document[place]}
                for place in entry
                if isinstance(place, int) and 0 <= place < len(document) and isinstance(document[place], str)
            )


def _holders(value: _Json, depth: int = 0) -> Iterator[dict[str, _Json]]:
    """All objects within a document; a string in a list is an object of its own."""
    if depth > _DEPTH:
        return
    if isinstance(value, dict):
        yield value
        inside = list(value.values())
    elif isinstance(value, list):
        yield from ({"": text} for text in value if isinstance(text, str))
        inside = value
    else:
        return
    for part in inside:
        yield from _holders(part, depth + 1)


def _title(value: _Json) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _date(value: _Json, zone: timezone) -> str | None:
    moment = parse(value) if isinstance(value, str) else None
    return moment.iso(zone) if moment else None
