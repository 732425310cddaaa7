"""A captured article page as drafting looks at it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import Tag

from archiver.article import Article
from archiver.capture import Capture
from archiver.extraction import charset, extract
from archiver.extraction.dom import INVISIBLE, InvalidSelectorError, Node, Page, fold, visible_text
from archiver.extraction.head import Head, read_head
from archiver.extraction.layouts import outermost

_UNSEEN = ", ".join(sorted(INVISIBLE - {"head", "-comment"} | {"[hidden]"}))


@dataclass(frozen=True, slots=True)
class Element:
    """An element with text, in document order: `text` is folded, `key` the same for comparing."""

    tag: Tag
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Document:
    """A page, parsed for looking through (`elements`) and for trying selectors (`page`).

    `reading` is what extraction makes of it without any layout.
    """

    capture: Capture
    page: Page
    head: Head
    soup: BeautifulSoup
    elements: Sequence[Element]
    reading: Article

    @property
    def url(self) -> str:
        """The address that was captured."""
        return self.capture.url

    def small(self, longest: int) -> Iterator[Element]:
        """Elements with at most so many characters of text; of nested ones with the same text all."""
        return (element for element in self.elements if len(element.text) <= longest)

    def texts(self, selector: str) -> list[str]:
        """Texts of the outermost elements that the selector matches, folded; none for a selector that is no CSS."""
        return [fold(visible_text(node)) for node in self.nodes(selector)]

    def nodes(self, selector: str) -> Sequence[Node]:
        """The outermost elements that the selector matches, by extraction's own parser."""
        try:
            return outermost(self.page.all(selector))
        except InvalidSelectorError:
            return ()


def key(text: str) -> str:
    """The text without white space and case: two parsers divide words otherwise."""
    return "".join(text.split()).casefold()


def read_document(capture: Capture) -> Document:
    """The capture of an HTML page, parsed both ways and read by the fallback."""
    text, encoding = charset.decode(capture)
    page = Page(charset.markup(capture, text, encoding))
    soup = BeautifulSoup(text, "lxml")
    for unseen in soup.select(_UNSEEN):
        unseen.decompose()
    body = soup.body or soup
    elements = [_element(tag) for tag in body.descendants if isinstance(tag, Tag)]
    seen = [element for element in elements if element.key]
    return Document(capture, page, read_head(page, capture.url), soup, seen, extract(capture))


def _element(tag: Tag) -> Element:
    text = fold(tag.get_text(" "))
    return Element(tag, text, key(tag.get_text()))
