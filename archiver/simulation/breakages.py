"""Seeded breakages: a page as its outlet might send it after a redesign, for measuring what is noticed and healed.

A breakage changes the markup of a page and never the story in it: another name for a container, a byline elsewhere,
junk among the paragraphs. What stands where is taken from the outlet's own layout, so that the page must fit one.
The same breakage of two pages gives the same names on both, as one redesign does.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from datetime import timedelta
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from bs4 import BeautifulSoup
from bs4.element import Tag

from archiver.capture import Capture
from archiver.extraction import area, charset, dates, fields, layouts, metadata
from archiver.extraction.dom import Node, Page, fold
from archiver.extraction.head import read_head
from archiver.extraction.layouts import Choice
from archiver.outlet import Outlet

DELAY: Final = timedelta(days=40)
"""How long after the capture that it is made of a broken page is captured."""

_MARK: Final = "data-breakage"

_PROMO = (
    "Saluran pesan kami mengirim kabar pilihan ke gawai pembaca setiap pagi, tanpa biaya dan tanpa perlu mendaftar."
)
_OTHERS = ("Ladang Angin", "Sumur Tua", "Rumah Benih", "Jalan Setapak", "Perahu Kertas", "Pasar Malam")


def broken(capture: Capture, outlet: Outlet, kind: str) -> Capture | None:
    """The page after the breakage, captured `DELAY` later; None where it fits no layout or has no such part."""
    text, encoding = charset.decode(capture)
    page = Page(charset.markup(capture, text, encoding))
    choice = next(layouts.fitting(outlet, capture, page), None)
    if choice is None:
        return None
    _mark(page, capture, outlet, choice)
    soup = BeautifulSoup(page.tree.html or "", "lxml")
    if not BREAKAGES[kind](soup, capture.url):
        return None
    for element in soup.select(f"[{_MARK}]"):
        del element[_MARK]
    headers = [
        (name, value) for name, value in capture.headers if name.lower() not in ("content-type", "content-length")
    ]
    headers.append(("Content-Type", "text/html; charset=utf-8"))
    date = capture.date + DELAY if capture.date else None
    return Capture(capture.url, str(soup).encode(), tuple(headers), date)


def _mark(page: Page, capture: Capture, outlet: Outlet, choice: Choice) -> None:
    """Write into the elements what they are."""
    head = read_head(page, capture.url)
    title = fields.find_title(page, head, choice.layout, outlet)
    printed = metadata.find_printed(page, head, choice.layout, outlet)
    holder = area.find(page, choice.layout, title.node if title else None, choice.bodies)
    parts: list[tuple[str, list[Node]]] = [
        ("area", [holder]),
        ("body", list(choice.bodies)),
        ("date", [item.node for item in printed.published if item.node is not None]),
        ("byline", [item.node for item in printed.authors if item.node is not None]),
        ("title", [title.node] if title and title.node is not None else []),
    ]
    for part, nodes in parts:
        for node in nodes:
            node.attrs[_MARK] = f"{node.attributes.get(_MARK) or ''} {part}".strip()


def _parts(soup: BeautifulSoup, part: str) -> list[Tag]:
    return [element for element in soup.select(f"[{_MARK}~={part}]") if isinstance(element, Tag)]


def _renamed_container(soup: BeautifulSoup, _url: str) -> bool:
    """The text's container has another class, and nothing else by which it was known."""
    bodies = _parts(soup, "body")
    for element in bodies:
        for name in ("id", "itemprop"):
            element.attrs.pop(name, None)
        element["class"] = "cerita-isi"
    return bool(bodies)


def _wrapper_inserted(soup: BeautifulSoup, _url: str) -> bool:
    """A new element around the container, and another one around all that stands in it."""
    bodies = _parts(soup, "body")
    for element in bodies:
        inner = soup.new_tag("div", attrs={"class": "bungkus-dalam"})
        for child in list(element.contents):
            inner.append(child.extract())
        element.append(inner)
        element.wrap(soup.new_tag("div", attrs={"class": "bungkus-luar"}))
    return bool(bodies)


def _hashed_names(soup: BeautifulSoup, _url: str) -> bool:
    """Every class and id of the page is another one, as build tools make them."""
    for element in _elements(soup):
        if element.get("id"):
            element["id"] = _hashed(str(element["id"]))
        if element.get("class"):
            element["class"] = " ".join(_hashed(name) for name in element.get_attribute_list("class") if name)
    return True


def _hashed(name: str) -> str:
    return f"x{sha256(name.encode()).hexdigest()[:7]}"


def _changed_tags(soup: BeautifulSoup, _url: str) -> bool:
    """`div` became `section`, and `article` became `main`."""
    others = {"div": "section", "article": "main"}
    for element in _elements(soup):
        element.name = others.get(element.name, element.name)
    return True


def _moved_byline(soup: BeautifulSoup, _url: str) -> bool:
    """The names stand above the title, in elements of their own."""
    bylines, titles = _parts(soup, "byline"), _parts(soup, "title")
    anchor = next(iter(titles or _parts(soup, "body")), None)
    if not bylines or anchor is None or any("date" in str(element[_MARK]) for element in bylines):
        return False
    box = soup.new_tag("div", attrs={"class": "kredit-penulis"})
    for element in bylines:
        line = soup.new_tag("span", attrs={"class": "kredit-nama"})
        line.string = fold(element.get_text(" "))
        box.append(line)
        element.decompose()
    anchor.insert_before(box)
    return True


def _changed_date(soup: BeautifulSoup, _url: str) -> bool:
    """The date is printed in figures, in other elements, where the old one was."""
    changed = False
    for element in _parts(soup, "date"):
        moment = dates.parse(fold(element.get_text(" ")))
        if moment is None or "byline" in str(element[_MARK]):
            continue
        box = soup.new_tag("p", attrs={"class": "tayang-info"})
        day = soup.new_tag("span")
        day.string = f"{moment.wall:%d/%m/%Y}"
        box.append(day)
        if moment.precision != "day":
            clock = soup.new_tag("span")
            clock.string = f"{moment.wall:%H:%M:%S}" if moment.precision == "second" else f"{moment.wall:%H:%M}"
            box.extend([" ", clock])
        element.replace_with(box)
        changed = True
    return changed


def _changed_title(soup: BeautifulSoup, _url: str) -> bool:
    """The headline is no heading any more."""
    titles = _parts(soup, "title")
    for element in titles:
        element.name = "div"
        element.attrs = {"class": "judul-cerita", _MARK: "title"}
    return bool(titles)


def _junk_inside(soup: BeautifulSoup, url: str) -> bool:
    """A box with other stories, which differ from page to page, and an invitation that stands on every page."""
    bodies = _parts(soup, "body")
    if not bodies:
        return False
    body = max(bodies, key=lambda element: len(element.get_text()))
    while len(only := [child for child in body.contents if isinstance(child, Tag) or str(child).strip()]) == 1:
        if not isinstance(only[0], Tag):
            break
        body = only[0]
    children = [child for child in body.contents if isinstance(child, Tag)]
    seed = int(sha256(url.encode()).hexdigest()[:6], 16)
    stem = url.split("?", maxsplit=1)[0].rstrip("/")
    links = "".join(
        f'<li><a href="{stem}-lain-{number}">{_OTHERS[(seed + number) % len(_OTHERS)]} Dibuka Lagi Bulan Depan</a></li>'
        for number in range(3)
    )
    box = f'<div class="sisip-kabar"><p>Pembaca lain membuka</p><ul>{links}</ul></div>'
    promo = f'<div class="sisip-ajakan"><p>{_PROMO}</p></div>'
    for markup, place in ((box, len(children) // 2), (promo, (2 * len(children)) // 3)):
        piece = BeautifulSoup(markup, "html.parser")
        if children:
            children[min(place, len(children) - 1)].insert_after(piece)
        else:
            body.append(piece)
    return True


def _doubled(soup: BeautifulSoup, _url: str) -> bool:
    """All of the article stands on the page twice, one behind the other."""
    area = next((element for element in _parts(soup, "area") if element.name != "body"), None)
    for element in [area] if area is not None else _parts(soup, "body")[:1]:
        element.insert_after(copy.copy(element))
        return True
    return False


def _redesign(soup: BeautifulSoup, url: str) -> bool:
    """Container, tags, byline, date, wrapper and junk at once."""
    _junk_inside(soup, url)
    _moved_byline(soup, url)
    _changed_date(soup, url)
    _renamed_container(soup, url)
    _wrapper_inserted(soup, url)
    _changed_tags(soup, url)
    return True


def _elements(soup: BeautifulSoup) -> list[Tag]:
    return [element for element in soup.select("body *") if isinstance(element, Tag)]


BREAKAGES: Final[Mapping[str, Callable[[BeautifulSoup, str], bool]]] = MappingProxyType(
    {
        "renamed-container": _renamed_container,
        "moved-byline": _moved_byline,
        "changed-date": _changed_date,
        "changed-title": _changed_title,
        "junk-inside": _junk_inside,
        "doubled-page": _doubled,
        "wrapper-inserted": _wrapper_inserted,
        "changed-tags": _changed_tags,
        "hashed-names": _hashed_names,
        "redesign": _redesign,
    }
)
"""By name. Each changes the soup in place and says whether the page had what it changes."""
