"""An article's pictures with their captions and credits: the lead image first, then those of the body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from archiver.article import Image
from archiver.extraction import dom
from archiver.extraction.captions import split_credit
from archiver.extraction.dom import Node, Page, fold, visible_text
from archiver.extraction.fields import Found
from archiver.extraction.head import Head
from archiver.extraction.metadata import Printed
from archiver.outlet import Layout

_PICTURES = "img, amp-img"
_NEAR = 3
"""A caption belongs to the picture in the nearest element around it, at most so many levels up."""


def collect(
    page: Page, head: Head, layout: Layout, printed: Printed, bodies: Sequence[Node], title: str | None
) -> tuple[tuple[Image, ...], str]:
    """Each picture once, by its address, and what gave them.

    `og:image` stands in for a lead image that the page does not show. A caption that says nothing but the article's
    title is none.
    """
    images: dict[str, Image] = {}
    for element, caption, credit in _pictures(page, layout, printed, bodies):
        url = head.absolute(_source(element))
        if url is None:
            continue
        text, own = split_credit(caption) if caption else ("", None)
        known = images.get(url)
        if known is None or known.caption is None:
            images[url] = Image(url, text if text and text != title else None, credit or own)
    if not images:
        url = head.absolute(head.get("og:image"))
        return (Image(url),) if url else (), "meta:og:image"
    return tuple(images.values()), f"css:{layout.image or 'figure'}"


def _pictures(
    page: Page, layout: Layout, printed: Printed, bodies: Sequence[Node]
) -> Iterator[tuple[Node, str | None, str | None]]:
    """Pictures with their printed caption and credit, the layout's lead image first."""
    lead = page.first(layout.image) if layout.image else None
    if lead is not None:
        yield lead, None, None
    for number, caption in enumerate(printed.caption):
        picture = _near(caption.node, lead) if caption.node is not None else None
        text, credit = _parted(caption, printed.credit, first=number == 0)
        if number == 0 and lead is not None and (picture is None or picture.mem_id == lead.mem_id):
            yield lead, text, credit
        elif picture is not None:
            yield picture, text, credit
    for body in bodies:
        for figure in body.css("figure"):
            picture = figure.css_first(_PICTURES)
            if picture is not None:
                below = figure.css_first("figcaption")
                yield picture, fold(visible_text(below)) if below is not None else None, None


def _parted(caption: Found, found: Sequence[Found], *, first: bool) -> tuple[str, str | None]:
    """A caption's text and the credit that stands in it as an element of its own; the first credit is the first's."""
    key = caption.node.mem_id if caption.node is not None else None
    for credit in found:
        if credit.node is not None and any(holder.mem_id == key for holder in dom.ancestors(credit.node)):
            return caption.text.removeprefix(credit.text).removesuffix(credit.text).strip(), credit.text
    return caption.text, found[0].text if first and found else None


def _near(caption: Node, lead: Node | None) -> Node | None:
    """The picture beside a caption: the lead image where it is among several, as beside the share buttons' icons."""
    for holder in (caption, *islice(dom.ancestors(caption), _NEAR)):
        pictures = holder.css(_PICTURES)
        if pictures:
            return next((each for each in pictures if lead is not None and each.mem_id == lead.mem_id), pictures[0])
    return None


def _source(image: Node) -> str | None:
    """Address of an image element, lazily loaded or not."""
    attributes = image.attributes
    for name in ("data-src", "data-original", "data-lazy-src", "src"):
        value = attributes.get(name)
        if value and not value.startswith("data:"):
            return value
    return None
