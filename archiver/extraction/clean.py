"""Cleaning text that somebody else extracted: the junk rules applied to plain lines.

Whole lines are kept as they are, in their order, or taken out; a dateline stays before its paragraph. What is taken
out says where it stood, what it was and which rule knew it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from msgspec import DecodeError, Struct, json

from archiver.article import RemovalKind, RerouteKind
from archiver.extraction.junk import judge


class Cut(Struct, frozen=True):
    """A line that was taken out; `line` is its number in the text, from 1."""

    text: str
    kind: RemovalKind | RerouteKind
    rule: str
    line: int


class Cleaned(Struct, frozen=True):
    """A text in three parts: kept lines, junk, and facts that are no running text (byline, date, caption, source …).

    Blank lines are in none of them; every other line is in exactly one, unchanged.
    """

    kept: tuple[str, ...]
    removed: tuple[Cut, ...]
    rerouted: tuple[Cut, ...]


class Answer(Struct, frozen=True):
    """What became of one line of a JSONL corpus; `id` is the one that the line gave."""

    id: Any
    kept: tuple[str, ...]
    removed: tuple[Cut, ...]
    rerouted: tuple[Cut, ...]


class Failure(Struct, frozen=True):
    """A line of a JSONL corpus that could not be read: its id, where it has one, and why."""

    id: Any
    error: str


class _Document(Struct):
    id: Any
    text: str
    url: str | None = None


def clean(text: str, *, brands: Sequence[str] = (), title: str | None = None) -> Cleaned:
    """The text without junk; `brands` are the outlet's names for itself, `title` the article's, if known."""
    lines = text.replace("\r\n", "\n").split("\n")
    verdicts = judge(lines, brands=brands, title=title)
    judged = list(zip(lines, verdicts, strict=True))
    removed: list[Cut] = []
    rerouted: list[Cut] = []
    for number, (line, verdict) in enumerate(judged, start=1):
        if verdict is not None:
            cuts = removed if verdict.action == "remove" else rerouted
            cuts.append(Cut(line, verdict.kind, verdict.rule, number))
    kept = tuple([line for line, verdict in judged if verdict is None and line and not line.isspace()])
    return Cleaned(kept, tuple(removed), tuple(rerouted))


def clean_jsonl(
    lines: Iterable[bytes | str], *, brands_of: Callable[[str], Sequence[str]] | None = None
) -> Iterator[Answer | Failure]:
    """One answer for each line that is not blank, in their order.

    A line is an object with `id`, `text` and maybe `url`; `brands_of` names the outlet's brands for a URL. A line that
    is none gives a `Failure`, and the rest goes on.
    """
    decoder = json.Decoder(_Document)
    for line in lines:
        if not line.strip():
            continue
        try:
            document = decoder.decode(line)
        except (DecodeError, UnicodeDecodeError) as error:
            yield Failure(_id(line), str(error))
            continue
        brands = brands_of(document.url) if brands_of is not None and document.url else ()
        cleaned = clean(document.text, brands=brands)
        yield Answer(document.id, cleaned.kept, cleaned.removed, cleaned.rerouted)


def _id(line: bytes | str) -> Any:
    """The id of a line that is an object but lacks its text; None where it is not even that."""
    try:
        content = json.decode(line)
    except (DecodeError, UnicodeDecodeError):
        return None
    return content.get("id") if isinstance(content, dict) else None
