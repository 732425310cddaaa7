"""Renders a case into everything its site answers: robots.txt, the source, the article's pages and the redirects.

The templates and `site.toml` of an outlet hold what all its pages share; an era has templates in a folder of its own,
and a `site.toml` for what it changes. The case holds the story. Rendering is pure: the same case gives the same bytes.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from archiver.simulation.story import Case, Page, load_case, plain_text

HTML = "text/html; charset=UTF-8"
ROBOTS = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the network answers to one address: `headers` hold the type and a redirect's target, no framing."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    chunked: bool = False

    @property
    def content_type(self) -> str:
        """The Content-Type header."""
        return dict(self.headers)["Content-Type"]


def render(outlet: str, case_name: str) -> dict[str, Answer]:
    """All addresses of a case and what each answers. Raises `NotFoundError` for an unknown outlet or case."""
    case = load_case(outlet, case_name)
    return _answers(case, site_of(outlet, case.era))


def page_url(case: Case, page: Page) -> str:
    """The address of a page: the article's own for the first, with `?page=2` and so on for the others."""
    return f"{case.url}?{page.query}" if page.query else case.url


def article_page(case: Case) -> Answer:
    """The first page of a case alone, without its server's headers."""
    return _article(case, site_of(case.outlet, case.era), case.pages[0], 1)


def fill(name: str, **values: object) -> str:
    """A template of the sites, filled in."""
    return _environment().get_template(name).render(**values)


def _answers(case: Case, site: dict[str, Any]) -> dict[str, Answer]:
    answers = dict(_content(case, site))
    robots = Answer(200, (("Content-Type", ROBOTS),), _template("_shared/robots.txt.j2", case, site).encode())
    answers |= dict.fromkeys(sorted(map(_robots_url, answers)), robots)
    return {url: as_its_server(answer, site) for url, answer in answers.items()}


def as_its_server(answer: Answer, site: dict[str, Any]) -> Answer:
    """The answer with the headers and the framing of the outlet's server."""
    server = site["server"]
    return replace(answer, headers=(*server["headers"].items(), *answer.headers), chunked=server["chunked"])


def _robots_url(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def _content(case: Case, site: dict[str, Any]) -> Iterator[tuple[str, Answer]]:
    for number, page in enumerate(case.pages, start=1):
        yield page_url(case, page), _article(case, site, page, number)
    if case.whole:
        whole = Page(tuple(line for page in case.pages for line in page.lines), case.whole)
        yield page_url(case, whole), _article(case, site, whole, 0)
    for declared in site["answers"]:
        url = declared["url"]
        yield url, _answer(_template(declared["template"], case, site, url=url), declared["type"])
    for redirect in case.redirects:
        body = _template("_shared/moved.html.j2", case, site, redirect=redirect)
        moved = (("Content-Type", "text/html"), ("Location", redirect.target))
        yield redirect.url, Answer(redirect.status, moved, body.encode())


def _article(case: Case, site: dict[str, Any], page: Page, number: int) -> Answer:
    """A page of the article; number 0 has all pages in one."""
    url = page_url(case, page)
    text = _template(f"{case.templates}/{page.template}", case, site, page=page, number=number, url=url)
    return _answer(text, site["server"].get("html", HTML), page.status)


def _answer(text: str, content_type: str, status: int = 200) -> Answer:
    return Answer(status, (("Content-Type", content_type),), text.encode())


def _template(name: str, case: Case, site: dict[str, Any], **more: object) -> str:
    return fill(name, case=case, site=site, **more)


@cache
def site_of(outlet: str, era: str) -> dict[str, Any]:
    """What all pages of an outlet share; an era's keys take the place of the outlet's, and so do its lists."""
    folder = files(__package__) / "sites" / outlet
    site = tomllib.loads((folder / "site.toml").read_text(encoding="utf-8"))
    changes = folder / era / "site.toml"
    if not era or not changes.is_file():
        return site
    own = tomllib.loads(changes.read_text(encoding="utf-8"))
    return site | own | {"lists": site["lists"] | own.get("lists", {})}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__, "sites"),
        autoescape=select_autoescape(["html.j2", "xml.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        date=lambda iso, form: datetime.fromisoformat(iso).strftime(form),
        json_for_script=_json_for_script,
        plain=plain_text,
        rfc822=lambda iso: format_datetime(datetime.fromisoformat(iso)),
        slug=slug,
        utc=lambda iso, form: datetime.fromisoformat(iso).astimezone(UTC).strftime(form),
    )
    return environment


def _json_for_script(value: object) -> Markup:
    """JSON that may stand in a `<script>`: no `</` in it."""
    return Markup(json.dumps(value, ensure_ascii=False, indent=2).replace("</", "<\\/"))  # noqa: S704 -- our own text


def slug(title: str) -> str:
    """A headline as the outlets put it into addresses: `Baca & Tulis` gives `baca-tulis`."""
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
