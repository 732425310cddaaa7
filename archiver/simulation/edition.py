"""What an outlet's servers answer at a moment: robots.txt, the sources that its spider reads, and the stories.

Rendering is pure: an address and a moment give the same bytes. The box within a story ("Baca juga") changes every hour,
so that a page that was fetched again has other bytes and the same text. A redesign changes the markup of all pages.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qs, urlsplit

from archiver.outlet import Feed, Listing, NewsSitemap, Payload
from archiver.simulation.chance import chance
from archiver.simulation.pages import HTML, ROBOTS, Answer, article_page, as_its_server, fill, site_of
from archiver.simulation.prose import headline
from archiver.simulation.weather import Breakdown, SpellKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from archiver.outlet import Outlet, Source
    from archiver.simulation.desk import Desk
    from archiver.simulation.newsroom import Story

XML = "application/xml; charset=utf-8"

SITEMAP_REACH = timedelta(hours=48)
"""How far back a news sitemap goes: https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap"""

FEED_ITEMS = 40
LISTING_ITEMS = 15

Sight = Literal["robots", "source", "story", "wall", "excuse", "gone", "moved", "unknown"] | SpellKind
"""What a visitor gets to see: an excuse is a page with status 200 that says there is nothing; or a kind of spell."""


@dataclass(frozen=True, slots=True)
class View:
    """An answer, and the truth about it: which story it shows, in which of its versions; `retry_after` are seconds."""

    sight: Sight
    answer: Answer | Breakdown
    story: Story | None = None
    version: int | None = None
    retry_after: int | None = None


class Edition:
    """An outlet on the network. `redesigned` is the moment from which its pages are built in another way."""

    def __init__(
        self, desk: Desk, outlet: Outlet, stories: Sequence[Story], redesigned: datetime | None = None
    ) -> None:
        self.desk = desk
        self.outlet = outlet
        self.stories = stories
        self._redesigned = redesigned
        self._site = site_of(desk.outlet, desk.case.era)
        self._sources = dict(_with_parts(outlet.sources, self._site["answers"]))
        self._places = dict(_places(desk, stories))
        self.robots = self._robots()

    @property
    def hosts(self) -> frozenset[str]:
        """All hosts that it answers for."""
        addresses = (*self._sources, *self._places)
        return frozenset(urlsplit(url).hostname or "" for url in addresses)

    def look(self, url: str, moment: datetime) -> View:
        """What there is at the address at this moment."""
        plain = url.partition("?")[0]
        if urlsplit(url).path == "/robots.txt":
            return self._view("robots", _page(self.robots, ROBOTS))
        if (source := self._sources.get(url) or self._sources.get(plain)) is not None:
            return self._view("source", self._source(source, url, moment))
        story = self._places.get(url) or self._places.get(plain)
        if story is None or moment < story.published:
            return self._view("unknown", _page(fill("_shared/newsroom_gone.html.j2"), HTML, 404))
        return self._story(story, url, moment)

    def _view(self, sight: Sight, answer: Answer, story: Story | None = None, version: int | None = None) -> View:
        return View(sight, as_its_server(answer, self._site), story, version)

    def _story(self, story: Story, url: str, moment: datetime) -> View:
        version = story.version_at(moment)
        if version is None:
            sight: Sight = "excuse" if story.farewell == 200 else "gone"
            return self._view(sight, _page(fill("_shared/newsroom_gone.html.j2"), HTML, story.farewell), story)
        if self.desk.moved and url == self.desk.address(self.desk.moved, story):
            moved = (("Content-Type", "text/html"), ("Location", story.url))
            return self._view("moved", Answer(301, moved, b"<p>Moved</p>\n"), story)
        if story.walled and moment < story.walled:
            return self._view("wall", _page(fill("_shared/newsroom_wall.html.j2", story=story), HTML), story)
        aside = headline(chance(story.id, f"{moment:%Y%m%d%H}"))
        answer = article_page(self.desk.to_case(story, story.versions[version], moment, aside))
        if self._redesigned and moment >= self._redesigned:
            answer = _dressed(answer, self.desk.dress)
        return self._view("story", answer, story, version)

    def _source(self, source: Source | Sequence[str], url: str, moment: datetime) -> Answer:
        items = [story for story in reversed(self.stories) if story.version_at(moment) is not None]
        match source:
            case NewsSitemap():
                items = [story for story in items if moment - story.published < SITEMAP_REACH]
                return _page(fill("_shared/newsroom_sitemap.xml.j2", **self._listed(items)), XML)
            case Feed():
                more = {**self._listed(items[:FEED_ITEMS]), "url": url, "moment": moment.isoformat()}
                return _page(fill("_shared/newsroom_feed.xml.j2", **more), "application/rss+xml; charset=utf-8")
            case Listing():
                return _page(fill("_shared/newsroom_listing.html.j2", list=self._index(items, url)), HTML)
            case Payload():
                return _page(json.dumps({"data": self._listed(items[:FEED_ITEMS])}), "application/json")
            case _:
                parts = "".join(f"<sitemap><loc>{html.escape(part)}</loc></sitemap>" for part in source)
                index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{parts}</sitemapindex>\n'
                return _page(index, XML)

    def _listed(self, stories: Iterable[Story]) -> dict[str, object]:
        items = [
            {
                "id": story.id,
                "url": story.address,
                "published_at": story.published.isoformat(),
                "title": story.versions[0].title,
            }
            for story in stories
        ]
        return {"outlet": self.outlet.title, "items": items}

    def _index(self, stories: Sequence[Story], url: str) -> str:
        """A page of the listing. An endless pager repeats its last page for ever."""
        form = self.desk.listing
        if form is None:
            return ""
        asked = parse_qs(urlsplit(url).query).get("page", ["1"])[0]
        number = int(asked) if re.fullmatch(r"\d{1,6}", asked) else 1
        shown = min(number, form.endless or number)
        rows = stories[LISTING_ITEMS * (shown - 1) : LISTING_ITEMS * shown]
        items = "\n".join(
            form.item.format(
                url=html.escape(story.address),
                title=html.escape(story.versions[0].title),
                printed=html.escape(self.desk.printed(story)),
            )
            for story in rows
        )
        return form.list.format(items=items, next=html.escape(f"{url.partition('?')[0]}?page={number + 1}"))

    def _robots(self) -> str:
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in self._site["robots"]["disallow"])]
        if (closed := f"Disallow: {self.desk.closed_path}") not in lines:
            lines.append(closed)
        if self.desk.crawl_delay:
            lines.append(f"Crawl-delay: {self.desk.crawl_delay:g}")
        return "\n".join(lines) + "\n"


def _with_parts(
    sources: Iterable[Source], answers: Iterable[Mapping[str, str]]
) -> Iterable[tuple[str, Source | Sequence[str]]]:
    """The sources by address. Where the site has its sitemap in parts, the declared one is an index of them."""
    parts = [answer["url"] for answer in answers if answer["template"] == "_shared/news_sitemap.xml.j2"]
    for source in sources:
        if isinstance(source, NewsSitemap) and parts and source.url not in parts:
            yield source.url, parts
            yield from ((part, NewsSitemap(part)) for part in parts)
        else:
            yield source.url, source


def _places(desk: Desk, stories: Iterable[Story]) -> Iterable[tuple[str, Story]]:
    for story in stories:
        yield story.url, story
        if story.named != "closed":
            yield from ((desk.address(form, story), story) for form in (desk.twin, desk.moved) if form)


def _page(text: str, content_type: str, status: int = 200) -> Answer:
    return Answer(status, (("Content-Type", content_type),), text.encode())


def _dressed(answer: Answer, dress: Iterable[tuple[str, str]]) -> Answer:
    text = answer.body.decode()
    for before, after in dress:
        text = text.replace(before, after)
    return Answer(answer.status, answer.headers, text.encode(), answer.chunked)
