"""Liputan6: https://www.liputan6.com, with a host for each channel."""

import re

from archiver.outlet import Css, Drops, Layout, NewsSitemap, Outlet

_DROP: Drops = {
    "related_inline": (".baca-juga", ".baca-juga-collections"),
    "related_list": (".related-news", "#related-news", ".popular", ".desktop--header", "[id$=popular-articles]"),
    "share": (".read-page--social-share", ".read-page--photo-gallery--item__social-share"),
    "promo": (".newsletter", ".read-page--newsletter"),
    "poll": (".read-page--thumbs",),
    "comments": (".comments", "#comments"),
    "media_widget": (".vidio-embed",),
    "ad": ("[id^=div-gpt-ad]", ".advertisement-placeholder", ".advertisement-text"),
}
_TITLE = (".read-page--header__title", ".read-page--header--title", "h1[itemprop=headline]")
_AUTHORS = (
    ".read-page--header__author [itemprop=author]",
    ".read-page--header__author-link",
    ".read-page--header--author__name",
    "#credits_author + li .read-page--credits__name",
)
_EDITORS = ("#credits_editor + li .read-page--credits__name",)
_PUBLISHED = (
    "time.read-page--header__datetime",
    "time.read-page--header--author__datetime",
    "article time[itemprop=datePublished]",
    Css("article header time", attr="datetime"),
)

LIPUTAN6 = Outlet(
    name="liputan6",
    title="Liputan6.com",
    domains=("liputan6.com",),
    sources=(NewsSitemap("https://www.liputan6.com/sitemap-news.xml"),),
    article_url=re.compile(r"/(?:read|photo)/\d+/|//(?:photo|foto)\.liputan6\.com/[\w-]+/[\w-]+-\d+"),
    brand=("Liputan6.com", "Liputan6"),
    distrust=frozenset({"meta:author"}),
    layouts=(
        Layout(
            name="article-2015",
            when="article",
            area="article.hentry",
            body=".article-content-body__item-content, [id^=multi-page-]",
            title=_TITLE,
            authors=_AUTHORS,
            editors=_EDITORS,
            published=_PUBLISHED,
            image=".read-page--photo-gallery--item__image, .read-page--photo-gallery--item img",
            caption=".read-page--photo-gallery--item__caption",
            tags=".read-page--tags__link, .tags--snippet__link",
            drop=_DROP,
        ),
        Layout(
            name="plain-2015",
            when=".read-page__content-body",
            area="article.hentry",
            body=".read-page__content-body",
            title=_TITLE,
            authors=_AUTHORS,
            published=_PUBLISHED,
            image=".read-page--photo-gallery--item__image",
            drop=_DROP,
        ),
        Layout(
            name="photo-2015",
            when="article figure figcaption",
            area="article.hentry",
            body="article figure figcaption",
            title=_TITLE,
            authors=_AUTHORS,
            editors=_EDITORS,
            published=_PUBLISHED,
            image="article figure img",
            caption="article figure figcaption",
            tags=".read-page--tags__link, .tags--snippet__link",
            photos=True,
            drop=_DROP,
        ),
    ),
)
