"""What stands in the story's container and is none of it: by name, by its links, and because other pages repeat it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args
from urllib.parse import urljoin, urlsplit

from bs4.element import Tag

from archiver.article import RemovalKind
from archiver.drafting.document import Document, key
from archiver.drafting.names import LASTING, name_of, names
from archiver.extraction import classnames

_KINDS: tuple[RemovalKind, ...] = get_args(RemovalKind)
_TRIED = 6
_LINKED = 0.6
"""Share of an element's text in links to other stories, from which on it is a list of them."""
_REPEATED = 10
"""Characters from which on words that several pages repeat are the template's."""


@dataclass(frozen=True, slots=True)
class Drop:
    """A drop rule, on how many pages it takes something, and why."""

    kind: RemovalKind
    selector: str
    pages: int
    reason: str


def drops(
    documents: Sequence[Document], container: str, prose: Mapping[str, Sequence[str]], repeated: Counter[str]
) -> list[Drop]:
    """Rules for the pages of one layout, by kind. None of them takes a paragraph of any page's prose.

    `prose` are the keys of each page's own paragraphs, `repeated` counts on how many pages a text stands.
    """
    found: dict[str, tuple[RemovalKind, str, set[str]]] = {}
    for document in documents:
        for tag, kind, reason in _suspects(document, container, repeated):
            selector = _rule(tag, documents, prose)
            if selector is not None:
                found.setdefault(selector, (kind, reason, set()))[2].add(document.url)
    rules = [Drop(kind, selector, len(pages), reason) for selector, (kind, reason, pages) in found.items()]
    return sorted(rules, key=lambda rule: (_KINDS.index(rule.kind), -rule.pages, rule.selector))


def texts_on_pages(documents: Sequence[Document]) -> Counter[str]:
    """On how many pages each text of an element stands; each page counts once."""
    return Counter(text for document in documents for text in {element.key for element in document.elements})


def _suspects(document: Document, container: str, repeated: Counter[str]) -> list[tuple[Tag, RemovalKind, str]]:
    """The outermost elements below the container that look like junk."""
    found: list[tuple[Tag, RemovalKind, str]] = []
    taken: set[int] = set()
    inside = {id(tag) for holder in document.soup.select(container) for tag in holder.descendants}
    for element in document.elements:
        tag = element.tag
        if id(tag) not in inside or any(id(holder) in taken for holder in tag.parents):
            continue
        verdict = _verdict(document, tag, element.key, repeated)
        if verdict is not None:
            taken.add(id(tag))
            found.append((tag, *verdict))
    return found


def _verdict(document: Document, tag: Tag, text: str, repeated: Counter[str]) -> tuple[RemovalKind, str] | None:
    name = name_of(tag)
    named = classnames.removal(name)
    if named is not None:
        kind: RemovalKind = next(kind for kind in _KINDS if kind == named.kind)
        alone = kind == "related_list" and len(tag.find_all("a")) < 2
        return ("related_inline" if alone else kind), f"is called {named.words}"
    if not name:
        return None
    if _linked(document, tag) >= _LINKED:
        many = len(tag.find_all("a")) > 1
        return ("related_list" if many else "related_inline"), "links to other stories"
    if len(text) >= _REPEATED and repeated[text] > 1:
        return "promo", f"the same words on {repeated[text]} pages"
    return None


def _linked(document: Document, tag: Tag) -> float:
    """Share of the text in links to other pages of the site that have a slug."""
    whole = len(key(tag.get_text()))
    own = urlsplit(document.url)
    linked = 0
    for link in tag.find_all("a"):
        parts = urlsplit(urljoin(document.url, str(link.get("href") or "")))
        if parts.hostname == own.hostname and parts.path != own.path and parts.path.count("-") > 1:
            linked += len(key(link.get_text()))
    return linked / whole if whole else 0.0


def _rule(tag: Tag, documents: Sequence[Document], prose: Mapping[str, Sequence[str]]) -> str | None:
    """The best lasting name of the element that takes no prose on any page."""
    for rank, selector in sorted(names(tag))[:_TRIED]:
        if rank <= LASTING and all(_spares(document, selector, prose[document.url]) for document in documents):
            return selector
    return None


def _spares(document: Document, selector: str, lines: Sequence[str]) -> bool:
    taken = "\n".join(map(key, document.texts(selector)))
    return not any(line in taken for line in lines)
