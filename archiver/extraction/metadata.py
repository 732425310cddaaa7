"""The facts about an article, each with the evidence that gave it: authors, times, section, tags, source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from urllib.parse import urlsplit

from archiver.article import Rerouted
from archiver.capture import Capture
from archiver.extraction import bylines, instants
from archiver.extraction.dom import Page
from archiver.extraction.fields import Found, first, read
from archiver.extraction.head import Head
from archiver.outlet import Layout, Outlet, Selectors

WIB = timezone(timedelta(hours=7))
"""Western Indonesian Time: the zone of a time without one where the outlet is unknown."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The elements that a layout names for the printed facts, as found in the page."""

    lead: list[Found] = field(default_factory=list)
    authors: list[Found] = field(default_factory=list)
    editors: list[Found] = field(default_factory=list)
    published: list[Found] = field(default_factory=list)
    modified: list[Found] = field(default_factory=list)
    section: list[Found] = field(default_factory=list)
    source: list[Found] = field(default_factory=list)
    tags: list[Found] = field(default_factory=list)
    caption: list[Found] = field(default_factory=list)
    credit: list[Found] = field(default_factory=list)


@dataclass(slots=True)
class Facts:
    """What `Article` says of a story beside its text, with `evidence` for each field that was found."""

    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    source: str | None = None
    canonical_url: str | None = None
    evidence: dict[str, str] = field(default_factory=dict)


def find_printed(page: Page, head: Head, layout: Layout, outlet: Outlet | None) -> Printed:
    """Read a layout's selectors against the page; those that may give several elements, within its area."""
    within = page.first(layout.area) if layout.area else None

    def several(selectors: Selectors) -> list[Found]:
        found = read(selectors, page, head, outlet, within) if selectors else []
        return found or (read(selectors, page, head, outlet) if selectors and within is not None else [])

    def css(query: str | None) -> list[Found]:
        return several((query,)) if query else []

    return Printed(
        lead=first(layout.lead, page, head, outlet),
        authors=several(layout.authors),
        editors=several(layout.editors),
        published=first(layout.published, page, head, outlet),
        modified=first(layout.modified, page, head, outlet),
        section=first(layout.section, page, head, outlet),
        source=first(layout.source, page, head, outlet),
        tags=css(layout.tags),
        caption=css(layout.caption),
        credit=css(layout.credit),
    )


def gather(
    head: Head, capture: Capture, outlet: Outlet | None, printed: Printed, rerouted: Sequence[Rerouted]
) -> Facts:
    """All facts; `rerouted` are the lines that the body gave up, the last to be asked."""
    facts = Facts()
    distrust = outlet.distrust if outlet else frozenset()
    zone = outlet.zone if outlet else WIB
    _people(facts, head, outlet, printed, rerouted)
    _times(facts, head, capture, zone, printed, rerouted, distrust)
    _one(
        facts,
        "section",
        [*printed.section, *_declared(head, ("jsonld:articleSection", "meta:article:section"), distrust)],
    )
    tags = [*printed.tags] or _declared(head, ("jsonld:keywords", "meta:news_keywords", "meta:keywords"), distrust)
    if tags and tags[0].evidence.startswith("meta:"):
        tags = tags[:1]  # a second meta element names the site's rubrics
    if tags:
        names = [part for found in tags for part in found.text.split(",")]
        facts.tags = tuple(dict.fromkeys(name for tag in names if (name := tag.strip(" #\u200b"))))
        facts.evidence["tags"] = tags[0].evidence
    said = [Found(head.language, "html:lang")] if head.language and "html:lang" not in distrust else []
    _one(facts, "language", [*said, *([Found(outlet.language, "outlet")] if outlet else [])])
    source = [*printed.source, *(Found(item.text, "text") for item in rerouted if item.kind == "source")]
    _one(facts, "source", [Found(bylines.parse(item.text).source or item.text, item.evidence) for item in source])
    og_url = head.absolute(head.get("og:url"))
    links = ((head.canonical, "link:canonical"), (og_url, "meta:og:url"))
    _one(facts, "canonical_url", [Found(url, evidence) for url, evidence in links if url])
    if printed.lead:
        facts.evidence["lead"] = printed.lead[0].evidence
    return facts


def _people(facts: Facts, head: Head, outlet: Outlet | None, printed: Printed, rerouted: Sequence[Rerouted]) -> None:
    brands = (*outlet.brand, outlet.title) if outlet else ()
    distrust = outlet.distrust if outlet else frozenset()
    site = head.get("og:site_name")
    shunned = (*brands, site) if site else brands
    authors: list[tuple[str, tuple[str, ...]]] = []
    editors: list[tuple[str, tuple[str, ...]]] = []
    for found in printed.authors:
        byline = bylines.parse(found.text, brands=shunned)
        authors.append((found.evidence, byline.authors))
        editors.append((found.evidence, byline.editors))
    for found in printed.editors:
        byline = bylines.parse(found.text, brands=shunned)
        editors.append((found.evidence, byline.editors or byline.authors))
    in_text: list[tuple[str, ...]] = []
    for line in rerouted:
        if line.kind in ("byline", "editor", "sign_off"):
            byline = bylines.parse(line.text, brands=shunned)
            in_text.append(byline.authors if line.kind != "editor" else ())
            editors.append(("text", byline.editors or (byline.authors if line.kind == "editor" else ())))
    facts.editors = tuple(dict.fromkeys(name for _, names in editors for name in names))
    facts.authors = tuple(dict.fromkeys(name for _, names in authors for name in names))
    evidence = next((name for name, names in authors if names), None)
    if not facts.authors:
        facts.authors = next((names for names in in_text if names), ())
        evidence = "text"
    if not facts.authors:
        for found in _declared(
            head, ("jsonld:author", "meta:dable:author", "meta:author", "meta:article:author"), distrust
        ):
            names = bylines.names(found.text, brands=shunned)
            known = {name.casefold() for name in facts.editors}
            facts.authors = tuple(
                name for name in names if name.casefold() not in known and not _is_site(name, head.base)
            )
            evidence = found.evidence
            if facts.authors:
                break
    if not facts.editors:
        declared = _declared(head, ("jsonld:editor",), distrust)
        editors = [(found.evidence, bylines.names(found.text, brands=shunned)) for found in declared]
        facts.editors = tuple(dict.fromkeys(name for _, names in editors for name in names))
    if facts.authors and evidence:
        facts.evidence["authors"] = evidence
    if facts.editors:
        facts.evidence["editors"] = next(name for name, names in editors if names)


def _is_site(name: str, url: str) -> bool:
    """Whether a name is the site's own, as its host spells it: "Kabar Rimba Media" at kabarrimba.example."""
    labels = (urlsplit(url).hostname or "").split(".")
    spelt = "".join(name.casefold().split())
    return any(len(label) >= _SHORTEST_SITE and spelt.startswith(label) for label in labels)


_SHORTEST_SITE = 5


def _times(
    facts: Facts,
    head: Head,
    capture: Capture,
    zone: timezone,
    printed: Printed,
    rerouted: Sequence[Rerouted],
    distrust: frozenset[str],
) -> None:
    shown = printed.published or [Found(item.text, "text") for item in rerouted if item.kind in ("date", "byline")]
    published = instants.decide(shown, head, instants.PUBLISHED, zone, capture.date, distrust)
    if published is None:
        return
    facts.published = published.iso
    facts.evidence["published"] = published.evidence
    modified = instants.decide(
        printed.modified, head, instants.MODIFIED, zone, capture.date, distrust, zulu_is_local=published.false_zulu
    )
    if modified is not None and _is_later(modified.iso, published.iso):
        facts.modified = modified.iso
        facts.evidence["modified"] = modified.evidence


def _is_later(modified: str, published: str) -> bool:
    """Whether a change came after the publication, on that day where one of them has no time.

    Some systems write the last save before the publication as the date of change.
    """
    if "T" in modified and "T" in published:
        return datetime.fromisoformat(modified) > datetime.fromisoformat(published)
    return modified[:10] >= published[:10] and modified != published


def _declared(head: Head, names: tuple[str, ...], distrust: frozenset[str]) -> list[Found]:
    """What the first of these metadata fields that is filled and trusted says."""
    for name in names:
        if name in distrust:
            continue
        kind, _, path = name.partition(":")
        texts = head.ld(path) if kind == "jsonld" else [text for text in head.meta.get(path, ()) if text]
        if texts:
            return [Found(text, name) for text in texts]
    return []


def _one(facts: Facts, name: str, found: list[Found]) -> None:
    if found:
        setattr(facts, name, found[0].text)
        facts.evidence[name] = found[0].evidence
