"""Where a story stands on a page, told by its lines."""

from __future__ import annotations

from msgspec.structs import replace

from archiver.article import Article
from archiver.extraction.dom import Page
from archiver.healing.body import Story, find_story
from archiver.healing.lookup import Lookup
from tests.extraction.pages import STORY, clip, html

ARTICLE = clip(html())
LINES = "".join(f"<p>{line}</p>" for line in STORY)


def story_on(markup: str, article: Article = ARTICLE) -> Story | None:
    return find_story(Lookup(Page(f"<html><body>{markup}</body></html>")), article)


def test_the_article_of_these_tests() -> None:
    assert ARTICLE.text == "\n\n".join(STORY)


def test_the_tightest_element_that_holds_the_lines() -> None:
    story = story_on(f"<nav>Beranda</nav><main><h1>Judul</h1><div class='baru'>{LINES}</div></main>")
    assert story is not None
    assert story.tightest.attributes["class"] == "baru"
    assert story.accepts(story.selected(".baru"))
    assert story.accepts(story.selected(".baru p"))
    assert not story.accepts(story.selected(".baru p:first-child"))
    assert not story.accepts(story.selected("nav"))


def test_what_takes_in_much_else_is_not_the_container() -> None:
    others = "<p>Berita lain yang panjangnya lumayan dan bukan bagian dari cerita ini sama sekali.</p>" * 9
    story = story_on(f"<main>{others}<div class='baru'>{LINES}</div></main>")
    assert story is not None
    assert story.accepts(story.selected(".baru"))
    assert not story.accepts(story.selected("main"))


def test_of_two_copies_the_first() -> None:
    story = story_on(f"<main><div class='isi'>{LINES}</div><div class='isi'>{LINES}</div></main>")
    assert story is not None
    assert not story.accepts(story.selected(".isi"))
    assert story.accepts(story.selected(".isi:not(.isi ~ .isi)"))


def test_text_that_nobody_sees_holds_nothing() -> None:
    assert story_on(f"<div hidden>{LINES}</div><template>{LINES}</template>") is None


def test_another_story_is_none() -> None:
    assert story_on(f"<div>{LINES}</div>", replace(ARTICLE, text="Cerita lain yang tak ada di halaman ini.")) is None
    assert story_on(f"<div>{LINES}</div>", replace(ARTICLE, text="")) is None
