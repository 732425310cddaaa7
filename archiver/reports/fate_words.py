"""The story of an address as lines for a person: what it is, what each run says of it, what the archive has of it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from archiver.reports.receipt.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archiver.article import Outcome
    from archiver.reports.fate import Fate, Told, Version

OUTCOMES: Final[Mapping[Outcome, str]] = MappingProxyType(
    {
        "saved": "a new article was kept",
        "updated": "it had changed: a new version was kept",
        "unchanged": "captured; it was as the archive has it",
        "known": "not fetched: in the archive, and not due",
        "deferred": "left for another run",
        "not_wanted": "not fetched: not wanted",
        "redirected": "captured: it leads elsewhere",
        "duplicate": "the same article as another address",
        "not_article": "captured: no article",
        "paywall": "captured: behind a paywall",
        "consent_wall": "captured: behind a consent wall",
        "challenge": "captured: a challenge in the place of a page",
        "soft_404": "captured: not found, though the server said OK",
        "hijacked": "captured: taken over by spam",
        "empty": "captured: an empty page",
        "missing_page": "a further page of its article could not be had",
        "gone": "the server no longer has it",
        "blocked_by_robots": "not asked for: robots.txt forbids it",
        "forbidden": "refused",
        "too_large": "too large: cut off",
        "timeout": "no answer in time",
        "dns": "its host's name did not resolve",
        "tls": "the connection was not safe",
        "server_error": "the server failed",
        "not_archived": "not in the WARC files that were replayed",
        "error": "an error",
    }
)
"""What each outcome means for one address."""


_UNNAMED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "crawl": "named by no source: it was due, as the catalog tells",
        "capture": "asked for by hand",
        "replay": "in the WARC files that were replayed",
    }
)


def in_words(fate: Fate) -> Iterator[str]:
    """All of it; a line that begins with a blank belongs to the head above it."""
    yield fate.url
    yield from _what_it_is(fate)
    if fate.told:
        yield "What runs say of it"
        for told in fate.told:
            yield from _told(told, fate.url)
    if fate.waits:
        yield "Waits for the next run"
        for waits in fate.waits:
            failed = f", failed in {counted(waits.failures, 'run', 'runs')}" if waits.failures else ""
            yield f"  of {waits.outlet}, since {waits.found}, {_via(waits.via)}{failed}"
    if fate.captures:
        yield f"Captures ({len(fate.captures)})"
        for held in fate.captures:
            yield f"  {held.date}  {held.type}  {held.file} at byte {held.offset}  {held.record_id}"
    if fate.versions:
        yield f"Versions ({len(fate.versions)})"
        for version in fate.versions:
            yield from _version(version)
    yield "Next visit"
    yield f"  {_next(fate)}"
    for path in fate.unread:
        yield f"could not be read: {path}"


def _what_it_is(fate: Fate) -> Iterator[str]:
    if fate.taken_down:
        yield f"  {fate.taken_down}: it is not captured again"
    if fate.article is None:
        yield "  no article in the archive" + (f"; of the outlet {fate.outlet}" if fate.outlet else "")
        return
    title = fate.versions[-1].title or "(no title)"
    yield f"  an article{f' of {fate.outlet}' if fate.outlet else ''}: {title}"
    if fate.article != fate.url:
        yield f"  its own address is {fate.article}"
    if (gone := _gone_since(fate)) is not None:
        yield f"  withdrawn: the server has not had it since {gone}; the captures from before stay"
    for name in fate.names:
        if name not in {fate.url, fate.article}:
            yield f"  it also goes by {name}"


def _gone_since(fate: Fate) -> str | None:
    """When the server was first seen without it, if it has not had it ever since."""
    since = None
    for told in fate.told:
        if told.line.url == fate.url and told.line.attempts:
            since = (since or told.line.time) if told.line.outcome == "gone" else None
    return since


def _told(told: Told, url: str) -> Iterator[str]:
    line = told.line
    if line.url != url:
        yield f"  {line.time}  {told.kind} {told.run}"
        yield f"      stands for {line.url}: {line.outcome}, {OUTCOMES[line.outcome]}"
        return
    yield f"  {line.time}  {told.kind} {told.run}{', as a requisite' if told.requisite else ''}"
    target = f" -> {line.target}" if line.target else ""
    yield f"      {line.outcome}: {OUTCOMES[line.outcome]}{target}"
    if line.evidence:
        yield f"      because: {line.evidence}"
    attempts = counted(line.attempts, "attempt", "attempts") if line.attempts else "no request"
    yield f"      {_via(line.discovered_from, told.kind)}; {attempts}"
    if line.record:
        yield f"      response {line.record}"


def _via(address: str | None, kind: str = "crawl") -> str:
    if address:
        return f"named by {address}"
    return _UNNAMED.get(kind, "named by no source")


def _version(version: Version) -> Iterator[str]:
    yield f"  {version.number}  captured {version.captured}  {version.record_id}"
    for line in version.changes:
        yield f"     {line}"


def _next(fate: Fate) -> str:
    if fate.taken_down:
        return "never: it was taken down"
    if fate.waits:
        return "in the next run: it waits"
    if fate.due is not None:
        return f"due {fate.due}"
    return "none: its visits are over" if fate.captures else "none: it was never captured; a source has to name it"
