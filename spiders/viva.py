"""VIVA: https://www.viva.co.id, with a host for each channel."""

import re

from archiver.outlet import Layout, NewsSitemap, Outlet

VIVA = Outlet(
    name="viva",
    title="VIVA",
    domains=("viva.co.id", "vivanews.com"),
    sources=(NewsSitemap("https://www.viva.co.id/sitemap/news.xml"),),
    article_url=re.compile(r"/(?:news/)?read/\d+|/\d{6,}-[\w-]+"),
    brand=("VIVA.co.id", "VIVAnews", "VIVA", "VIVA.CO.ID"),
    distrust=frozenset({"meta:author"}),
    layouts=(
        Layout(
            name="article-2015",
            when="[itemprop=articleBody]",
            area=".article-detail",
            body="[itemprop=articleBody]",
            title=("h1[itemprop=headline]", ".article-detail h1"),
            authors=(".article-detail [itemprop=author]", ".article-detail .author", "[itemprop=author]"),
            published=(".date[itemprop=datePublished]", ".article-detail .date"),
            image=".article-detail .thumb img, .article-detail figure img, .article-detail img",
            caption=".article-detail .thumb-caption, .article-detail .caption, .article-detail figcaption",
            tags=".article-detail .tags a, .article-detail .tag a",
            drop={
                "related_inline": (".baca-juga", ".bacajuga"),
                "related_list": (".related", ".terkait", ".box-related", ".berita-terkait"),
                "share": (".share", ".sosmed", ".social"),
                "comments": (".komentar", "#comments", ".fb-comments"),
                "ad": ("[id^=div-gpt-ad]", ".banner"),
            },
        ),
    ),
)
