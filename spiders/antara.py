"""Antara, the national news agency (https://www.antaranews.com)."""

import re

from archiver.outlet import Feed, Layout, Outlet

ANTARA = Outlet(
    name="antara",
    title="ANTARA News",
    domains=("antaranews.com",),
    sources=(Feed("https://www.antaranews.com/rss/terkini.xml"),),
    article_url=re.compile(r"/(?:berita|foto|news)/\d+/[\w-]+"),
    brand=("ANTARA News", "ANTARA", "Antara"),
    layouts=(
        Layout(
            name="article-2014",
            when="#content_news",
            area=".bjbrt",
            body="#content_news",
            title=("h1[itemprop=headline]", ".bjbrt h1"),
            authors=(".byline", "#content_news p:has([itemprop=author])"),
            editors=("#content_news p:has([itemprop=editor])", "[itemprop=editor]"),
            published=(".bjbrt .date time", ".bjbrt > .date", ".bjbrt .date"),
            image="#image_news img",
            caption="#caption_news",
            tags=".bjbrt [itemprop=keywords]",
            drop={
                "copyright": ("#content_news p.date",),
                "related_list": (".terkait_bottom", ".terkait"),
                "related_inline": ("#content_news .baca_juga",),
                "share": (".sharebox",),
                "comments": ("#boxKomentar",),
                "nav": ("[itemprop=inLanguage]",),
                "other": (".bjbrt .quote_old",),
                "ad": ("ins.adsbygoogle",),
            },
        ),
        Layout(
            name="article-2018",
            when=".post-content",
            body=".post-content",
            title=("h1.post-title",),
            published=(".article-date", ".post-header time"),
            image=".image-overlay img, figure img",
            caption="figcaption, .wp-caption-text",
            tags=".tags-widget a",
            drop={
                "related_inline": (".baca-juga",),
                "copyright": ("p.text-muted",),
                "share": (".social-share",),
                "ad": ("ins.adsbygoogle", ".adsbygoogle"),
            },
        ),
    ),
)
