"""One function a peer: (HTML bytes, address) → title, text, authors, published; each called as its makers advise.

They run in an environment of their own (`environments.py`), so nothing here imports the project, and each peer is
imported only when it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

Answer = dict[str, Any]

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:-]+)", re.IGNORECASE)
_BLOCKS = frozenset(
    "address article blockquote br center dd div dl dt figcaption figure form h1 h2 h3 h4 h5 h6 hr li ol p pre section "
    "table td th tr ul".split()
)


def decoded(html: bytes) -> str:
    """The page as text, for peers that take no bytes: UTF-8, else what it declares, else windows-1252."""
    declared = _DECLARED.search(html[:20000])
    for name in ("utf-8-sig", declared[1].decode() if declared else "windows-1252"):
        try:
            return html.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return html.decode("windows-1252", "replace")


def lines(markup: str) -> str:
    """The text of HTML, a line for each block-level stretch, for peers that give HTML."""
    if not markup.strip():
        return ""
    parts: list[str] = []
    _gather(import_module("lxml.html").fromstring(markup), parts)
    folded = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in folded if line)


def _gather(element: Any, parts: list[str]) -> None:
    if isinstance(element.tag, str):
        border = "\n" if element.tag in _BLOCKS else ""
        parts += (border, (element.text or "").replace("\n", " "))
        for child in element:
            _gather(child, parts)
            parts.append((child.tail or "").replace("\n", " "))
        parts.append(border)


def trafilatura(html: bytes, url: str, **options: Any) -> Answer:
    extract = import_module("trafilatura").bare_extraction
    found = extract(html, url=url, include_comments=False, with_metadata=True, **options)
    if found is None:
        return {}
    authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
    return {"title": found.title, "text": found.text, "authors": authors, "published": found.date}


def trafilatura_precision(html: bytes, url: str) -> Answer:
    return trafilatura(html, url, favor_precision=True)


@cache
def _newspaper() -> tuple[Any, Any]:
    module = import_module("newspaper")
    config = module.Config()
    config.fetch_images = False
    config.memorize_articles = False
    return module, config


def newspaper4k(html: bytes, url: str) -> Answer:
    module, config = _newspaper()
    article = module.Article(url, config=config)
    article.download(input_html=decoded(html))
    article.parse()
    return {
        "title": article.title,
        "text": article.text,
        "authors": list(article.authors or ()),
        "published": _iso(article.publish_date),
    }


def readability_lxml(html: bytes, url: str) -> Answer:
    document = import_module("readability").Document(decoded(html), url=url)
    return {"title": document.short_title(), "text": lines(document.summary(html_partial=True))}


def resiliparse(html: bytes, url: str) -> Answer:  # noqa: ARG001 - one signature for all
    tree = import_module("resiliparse.parse.html").HTMLTree.parse(decoded(html))
    extract = import_module("resiliparse.extract.html2text").extract_plain_text
    text = extract(tree, main_content=True, list_bullets=False, links=False, alt_texts=False)
    return {"title": tree.title, "text": text}


@cache
def _stop_words() -> frozenset[str]:
    module = import_module("justext")
    return frozenset[str]().union(*(module.get_stoplist(name) for name in module.get_stoplists()))


def justext(html: bytes, url: str) -> Answer:  # noqa: ARG001 - one signature for all
    paragraphs = import_module("justext").justext(html, _stop_words(), stopwords_low=0.1, stopwords_high=0.2)
    return {"text": "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)}


@cache
def _goose() -> Any:
    return import_module("goose3").Goose({"enable_image_fetching": False})


def goose3(html: bytes, url: str) -> Answer:  # noqa: ARG001 - given an address, Goose would fetch it
    article = _goose().extract(raw_html=decoded(html))
    return {
        "title": article.title,
        "text": article.cleaned_text,
        "authors": list(article.authors or ()),
        "published": _iso(article.publish_datetime_utc or article.publish_date),
    }


@cache
def _publishers() -> dict[str, Any]:
    groups = import_module("fundus").PublisherCollection.get_subgroup_mapping().values()
    return {_site(publisher.domain): publisher for group in groups for publisher in group}


def fundus(html: bytes, url: str) -> Answer | None:
    """None for a page of a publisher that Fundus has no parser for: it is made for those it knows."""
    publisher = _publishers().get(_site(url))
    if publisher is None:
        return None
    found = publisher.parser().parse(decoded(html), "suppress")
    body = found.get("body")
    return {
        "title": found.get("title"),
        "text": "\n".join(body.as_text_sequence()) if body is not None else "",
        "authors": list(found.get("authors") or ()),
        "published": _iso(found.get("publishing_date")),
    }


def _site(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[/:?#].*", "", url.lower())


def _iso(moment: Any) -> str | None:
    if moment is None or isinstance(moment, str):
        return moment
    return str(moment.isoformat())


PEERS: dict[str, Callable[[bytes, str], Answer | None]] = {
    "trafilatura": trafilatura,
    "trafilatura (precision)": trafilatura_precision,
    "readability-lxml": readability_lxml,
    "newspaper4k": newspaper4k,
    "resiliparse": resiliparse,
    "justext": justext,
    "goose3": goose3,
    "fundus": fundus,
}
