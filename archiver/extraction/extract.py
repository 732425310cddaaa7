"""The whole way from a capture to an article, in one readable function; pure, without clock, network or state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from archiver import __version__
from archiver.article import Article, Charset, Extractor
from archiver.capture import Capture
from archiver.extraction import (
    area,
    blocks,
    charset,
    contamination,
    dom,
    entries,
    fallback,
    fields,
    gate,
    images,
    layouts,
    metadata,
    pager,
    verdicts,
)
from archiver.extraction.dom import Node, Page
from archiver.extraction.fields import Found
from archiver.extraction.head import Head, read_head
from archiver.extraction.layouts import Choice
from archiver.extraction.lines import Line
from archiver.extraction.metadata import Printed
from archiver.extraction.stories import StoryTest
from archiver.outlet import Layout, Outlet

EXTRACTOR = Extractor("kliping", __version__, dom.PARSER)


def extract(capture: Capture, outlet: Outlet | None = None) -> Article:
    """The article in one captured page, or an `Article` whose `outcome` says why there is none.

    The outlet's layouts are tried first: a photo page may hold the empty container of an article. Without an outlet,
    on a page that fits none of its layouts, and where those that fit find no text, the fallback locates the story and
    `method` says so. Never raises for the sake of a page.
    """
    text, encoding = charset.decode(capture)
    if not text.strip():
        return _blank(capture, outlet, encoding)
    page = Page(charset.markup(capture, text, encoding))
    head = read_head(page, capture.url)
    reading = None
    for choice in layouts.fitting(outlet, capture, page):
        reading = _by_layout(page, head, capture, outlet, choice)
        if reading.rejected is None or reading.rejected.outcome != "empty":
            break
    if reading is None or reading.rejected is not None:
        other = _by_fallback(page, head, capture, outlet, text)
        reading = other if reading is None or other.rejected is None else reading
    sorted_, rejected = reading.sorted, reading.rejected
    facts = metadata.gather(head, capture, outlet, reading.printed, sorted_.rerouted)
    if reading.title is not None:
        facts.evidence["title"] = reading.title.evidence
    if rejected is not None:
        facts.evidence["outcome"] = rejected.evidence
    if sorted_.dateline:
        facts.evidence["dateline"] = "text"
    pictures, seen = images.collect(page, head, reading.layout, reading.printed, reading.bodies, reading.headline)
    if pictures:
        facts.evidence["images"] = seen
    said = sorted_.blocks
    if reading.layout.entries is not None:
        said = entries.dated(said, facts.published, capture.date, outlet.zone if outlet else metadata.WIB)
    more = pager.other_pages(page, head, reading.layout, reading.area, capture.url)
    return Article(
        url=capture.url,
        canonical_url=facts.canonical_url,
        outlet=outlet.name if outlet else None,
        layout=None if reading.layout.name == _UNKNOWN.name else reading.layout.name,
        method="fallback" if reading.layout.name == _UNKNOWN.name else "layout",
        outcome=rejected.outcome if rejected else "saved",
        title=reading.headline,
        lead=reading.lead,
        authors=facts.authors,
        editors=facts.editors,
        published=facts.published,
        modified=facts.modified,
        dateline=sorted_.dateline,
        section=facts.section,
        tags=facts.tags,
        language=facts.language,
        source=facts.source,
        images=pictures,
        pages=(capture.url,),
        more_pages=more,
        complete=not more,
        areas=(dom.path(reading.area),),
        text=reading.text,
        blocks=tuple(said),
        rerouted=tuple(sorted_.rerouted),
        removed=tuple(sorted_.removed),
        notes=contamination.notes(facts.published, capture.date, sorted_.blocks, sorted_.removed),
        evidence=facts.evidence,
        charset=encoding,
        captures=(capture.ref,) if capture.ref else (),
        extractor=EXTRACTOR,
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """A page read by a layout or by the fallback: its printed fields, every line of its area, and the gate's word."""

    layout: Layout
    bodies: Sequence[Node]
    area: Node
    title: Found | None
    headline: str | None
    lead: str | None
    printed: Printed
    sorted: blocks.Sorted
    text: str
    rejected: gate.Verdict | None


_UNKNOWN = Layout(name="unknown", body="body")
_UNKNOWN_PHOTOS = replace(_UNKNOWN, photos=True)


def _by_layout(page: Page, head: Head, capture: Capture, outlet: Outlet | None, choice: Choice) -> _Reading:
    layout = choice.layout
    title = fields.find_title(page, head, layout, outlet)
    printed = metadata.find_printed(page, head, layout, outlet)
    element = area.find(page, layout, title.node if title else None, choice.bodies)
    live = entries.find(page, layout, choice.bodies)
    marked = (*entries.marks(live, layout), *area.mark(page, layout, element, choice.bodies, title, printed))
    lines = area.walk(page, element, marked)
    area.recognise(lines)
    return _sort(page, head, capture, outlet, _Parts(layout, choice.bodies, element, title, printed, lines, live))


def _by_fallback(page: Page, head: Head, capture: Capture, outlet: Outlet | None, text: str) -> _Reading:
    bodies = fallback.locate(page, text)
    hints = layouts.hints(outlet) if outlet else None
    title = fields.find_title(page, head, hints, outlet)
    printed = metadata.find_printed(page, head, hints, outlet) if hints else Printed()
    element = area.find(page, _UNKNOWN, title.node if title else None, bodies)
    marked = (*fallback.marks(bodies, element), *area.mark(page, _UNKNOWN, element, bodies, title, printed))
    lines = area.walk(page, element, marked)
    fallback.close(lines)
    area.recognise(lines)
    layout = _UNKNOWN_PHOTOS if fallback.is_photo_story(lines) else _UNKNOWN
    return _sort(page, head, capture, outlet, _Parts(layout, bodies, element, title, printed, lines))


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the walk of an area left to be sorted."""

    layout: Layout
    bodies: Sequence[Node]
    area: Node
    title: Found | None
    printed: Printed
    lines: list[Line]
    entries: Sequence[entries.Entry] = ()


def _sort(page: Page, head: Head, capture: Capture, outlet: Outlet | None, parts: _Parts) -> _Reading:
    headline = _headline(parts.title, parts.lines)
    lead = next((line.text for line in parts.lines if line.role == "field" and line.kind == "lead"), None)
    brands = outlet.brand if outlet else ()
    setting = verdicts.Setting(
        headline,
        brands,
        head.absolute,
        StoryTest(outlet, capture.url),
        photos=parts.layout.photos,
        entries=entries.times(parts.entries, head),
    )
    sorted_ = blocks.sort_lines(parts.lines, setting)
    text = "\n\n".join(block.text for block in sorted_.blocks)
    unknown = parts.layout.name == _UNKNOWN.name
    rejected = gate.judge(page, head, headline, text, sorted_.removed, fallback=unknown)
    return _Reading(
        parts.layout, parts.bodies, parts.area, parts.title, headline, lead, parts.printed, sorted_, text, rejected
    )


def _headline(title: Found | None, lines: list[Line]) -> str | None:
    """The title as printed; "- Halaman 2" behind it becomes a line of its own."""
    if title is None:
        return None
    shown = next((line for line in lines if line.role == "field" and line.kind == "title"), None)
    if shown is None:
        return title.text
    text = dom.fold(shown.text)
    kept = fields.strip_suffix(text, ())
    if kept != text:
        lines.append(Line("drop", "pagination", text[len(kept) :], shown.path, "page suffix of the title"))
    return kept


def _blank(capture: Capture, outlet: Outlet | None, encoding: Charset) -> Article:
    """What a page without a byte of text gives."""
    return Article(
        url=capture.url,
        outlet=outlet.name if outlet else None,
        outcome="empty",
        pages=(capture.url,),
        evidence={"outcome": "the page has no text at all"},
        charset=encoding,
        captures=(capture.ref,) if capture.ref else (),
        extractor=EXTRACTOR,
    )
