"""What names are read as, and what they are not."""

from __future__ import annotations

import pytest

from archiver.extraction import classnames


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("share-buttons", "share"),
        ("entry relatedPosts", "related_list"),
        ("baca_juga", "related_list"),
        ("td-adspot-title ad-slot", "ad"),
        ("box newsletter", "promo"),
        ("widget widget_text", "nav"),
        ("komentar", "comments"),
        ("tag-list", "nav"),
    ],
)
def test_junk_is_known_by_whole_words(name: str, kind: str) -> None:
    found = classnames.removal(name)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    "name",
    [
        "",
        "shareholder-news",
        "elementor-element elementor-widget",
        "header-loaded",
        "post-12 type-post hentry tag-poll category-latest",
    ],
)
def test_other_words_are_not_junk(name: str) -> None:
    assert classnames.removal(name) is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [("imageCaption", "caption"), ("td-post-author-name", "byline"), ("post-date", "date"), ("article__dek", "lead")],
)
def test_facts(name: str, kind: str) -> None:
    found = classnames.reroute(name)
    assert found is not None
    assert found.kind == kind


def test_the_text_of_the_article_has_many_names() -> None:
    assert all(map(classnames.is_story, ("articleBody", "entry-content clearfix", "story-body__inner", "isi-berita")))
    assert not any(map(classnames.is_story, ("content", "article", "body-class", "page-content-wrap")))
