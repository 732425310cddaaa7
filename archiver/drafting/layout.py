"""A layout, drafted from the pages that it is for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timezone
from types import MappingProxyType
from typing import Final

from archiver.article import RemovalKind
from archiver.drafting import container, facts, junk, moments, people
from archiver.drafting.choose import Choice, cover
from archiver.drafting.container import Group
from archiver.drafting.document import Document, key
from archiver.drafting.junk import Drop
from archiver.outlet import Css, Layout, Selectors

_WHY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": "what the metadata call the story",
        "lead": "before the story, as the description or called a lead",
        "authors": "the name that the metadata give, or a byline",
        "editors": "labelled as the editor",
        "published": "the day that the metadata give",
        "modified": "labelled as a change",
        "tags": "links to pages of tags",
        "image": "the picture that og:image names",
        "caption": "a figcaption, called a caption, or closed by a credit",
    }
)
"""What the element that is chosen for each key has in common on its pages."""


@dataclass(frozen=True, slots=True)
class DraftLayout:
    """A layout, the pages that it was drafted from, and for each of its keys what speaks for the value."""

    layout: Layout
    pages: tuple[str, ...]
    reasons: Mapping[str, str]
    drops: tuple[Drop, ...]


def draft_layouts(articles: Sequence[Document], zone: timezone) -> tuple[DraftLayout, ...]:
    """A layout for each make of page, the commonest first. `zone` is that of printed times without one."""
    told = container.prose(articles)
    repeated = junk.texts_on_pages(articles)
    drafted: list[DraftLayout] = []
    for group in container.group(articles):
        name = _layout_name(group, {item.layout.name for item in drafted})
        drafted.append(_layout(name, group, told, repeated, zone))
    return tuple(drafted)


def _layout(
    name: str, group: Group, told: Mapping[str, tuple[str, ...]], repeated: Counter[str], zone: timezone
) -> DraftLayout:
    pages, body = group.documents, group.selector
    of = f"of {len(pages)} {'page' if len(pages) == 1 else 'pages'}"
    bodies = {document.url: "\n".join(map(key, document.texts(body))) for document in pages}
    share = "all" if group.share == 1 else f"at least {group.share:.0%}"
    reasons = {"body": f"{len(pages)} {of}: holds {share} of the prose that no other story repeats"}
    found: dict[str, tuple[Choice, ...]] = {
        "title": cover(facts.titles(pages)),
        "lead": cover(facts.leads(pages, bodies), most=1),
        "authors": cover(people.authors(pages)),
        "editors": cover(people.editors(pages), most=1),
        "published": cover(moments.publications(pages, zone)),
        "modified": cover(moments.changes(pages, zone), most=1),
        "tags": cover(facts.tag_lists(pages), most=1),
        "image": cover(facts.pictures(pages), most=1),
        "caption": cover(facts.captions(pages), most=1),
    }
    for field, choices in found.items():
        if choices:
            reasons[field] = f"{len({url for choice in choices for url in choice.pages})} {of}: {_WHY[field]}"
    rules = tuple(junk.drops(pages, body, told, repeated))
    dropped: dict[RemovalKind, tuple[str, ...]] = {}
    for rule in rules:
        dropped[rule.kind] = (*dropped.get(rule.kind, ()), rule.selector)
    layout = Layout(
        name=name,
        body=body,
        title=_selectors(found["title"]),
        lead=_selectors(found["lead"]),
        authors=_selectors(found["authors"]),
        editors=_selectors(found["editors"]),
        published=_dates(found["published"], pages),
        modified=_selectors(found["modified"]),
        tags=_only(found["tags"]),
        image=_only(found["image"]),
        caption=_only(found["caption"]),
        photos=container.is_photo_story(pages),
        drop=MappingProxyType(dropped),
    )
    return DraftLayout(layout, tuple(document.url for document in pages), reasons, rules)


def _selectors(choices: Iterable[Choice]) -> Selectors:
    return tuple(choice.selector for choice in choices)


def _only(choices: Sequence[Choice]) -> str | None:
    return choices[0].selector if choices else None


def _dates(choices: Sequence[Choice], pages: Sequence[Document]) -> Selectors:
    """A `time` element's machine time goes before its text where every page has it."""
    selectors: list[str | Css] = []
    for choice in choices:
        nodes = [document.page.first(choice.selector) for document in pages if document.url in choice.pages]
        if nodes and all(node is not None and node.attributes.get("datetime") for node in nodes):
            selectors.append(Css(choice.selector, attr="datetime"))
        selectors.append(choice.selector)
    return tuple(selectors)


def _layout_name(group: Group, taken: set[str]) -> str:
    """`article-2021`, after the first capture; a number behind it where there is one of that name."""
    years = [document.capture.date.year for document in group.documents if document.capture.date]
    name = f"article-{min(years)}" if years else "article"
    further = (f"{name}-{number}" for number in range(2, 100))
    return next(free for free in (name, *further) if free not in taken)
