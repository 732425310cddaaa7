"""An independent count of an area's visible words, with BeautifulSoup, so that the extractor cannot grade itself."""

from __future__ import annotations

import re
from collections import Counter

from bs4 import BeautifulSoup, Comment, Doctype, Tag
from bs4.element import NavigableString

from archiver.article import Article

UNSEEN = {"script", "style", "template", "noscript", "head"}
WITHIN_A_LINE = set(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr".split()
)


def words(text: str) -> Counter[str]:
    """The words of a text as a multiset."""
    return Counter(re.findall(r"\w+", text))


def visible(element: Tag) -> str:
    """Text of an element as a reader sees it; block-level elements stand apart."""
    parts: list[str] = []
    for child in element.children:
        if isinstance(child, Comment | Doctype):
            continue
        if isinstance(child, NavigableString):
            parts.append(str(child))
        elif isinstance(child, Tag) and child.name not in UNSEEN and not child.has_attr("hidden"):
            text = visible(child)
            parts.append(text if child.name in WITHIN_A_LINE else f"\n{text}\n")
    return "".join(parts)


def soup_of(page: str) -> BeautifulSoup:
    """The page's tree as html5lib builds it: the tree of the HTML standard, as the extractor's own parser should."""
    return BeautifulSoup(page, "html5lib")


def by_path(soup: BeautifulSoup, path: str) -> Tag:
    """The element at an article's `where.path`, found step by step."""
    here: Tag = soup
    for step in path.strip("/").split("/"):
        tag, _, index = step.rstrip("]").partition("[")
        here = here.find_all(tag, recursive=False)[int(index or 1) - 1]
    return here


def accounted(article: Article) -> Counter[str]:
    """The words of everything that the article says it kept, re-routed or removed."""
    kept = [article.title if "css:" in article.evidence.get("title", "") else "", article.lead, article.text]
    texts = [text for text in kept if text]
    texts += [line.text for line in article.rerouted]
    texts += [removal.text for removal in article.removed]
    return words("\n".join(texts))
