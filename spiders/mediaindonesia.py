"""Media Indonesia (https://mediaindonesia.com)."""

import re
from datetime import date

from archiver.outlet import Feed, Layout, Outlet

MEDIAINDONESIA = Outlet(
    name="mediaindonesia",
    title="Media Indonesia",
    domains=("mediaindonesia.com",),
    sources=(Feed("https://mediaindonesia.com/feed"),),
    article_url=re.compile(r"^https?://(?:www\.)?mediaindonesia\.com/[\w-]+/\d+/[\w-]+"),
    brand=("Media Indonesia", "mediaindonesia.com", "MI"),
    distrust=frozenset({"jsonld:author", "meta:author"}),
    layouts=(
        Layout(
            name="article-2023",
            since=date(2021, 1, 1),
            when="div.article",
            body="div.article",
            title=(".post-header h1", ".column h1"),
            authors=(".post-header .author-2", ".author-2", ".post-header .author"),
            editors=(".info-author",),
            published=(".post-header .datetime", ".datetime"),
            section=(".mi-breadcrumb li:nth-child(2) a",),
            image=".main-img img",
            caption=".main-img figcaption, div.article figcaption",
            tags=".related-tags a, .tag-list a",
            drop={
                "related_inline": (".related-news",),
                "related_list": (".list-3",),
                "promo": (".ext-channel",),
                "nav": (".mi-breadcrumb", ".font-size-bt-group"),
                "share": (".foot-article",),
                "ad": (".flying-carpet", "._ap_apex_ad", ".dfp-ad"),
            },
        ),
    ),
)
