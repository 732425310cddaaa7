"""Republika: https://www.republika.co.id, with a host for each channel."""

import re

from archiver.outlet import Drops, Feed, Layout, Outlet

_DROP: Drops = {
    "nav": (".breadcome",),
    "share": (".wp-sosmed-d", ".share-bottom", ".sosmed", ".overlay", "#sticky-share"),
    "related_list": (".berita-terkait", ".terkait", ".detail-terkait", ".wp-terkini-center"),
    "comments": ("#comment-list", ".fb-comments"),
    "ad": (".ads-160", ".ads-300", "[id^=div-gpt-ad]"),
}

REPUBLIKA = Outlet(
    name="republika",
    title="Republika Online",
    domains=("republika.co.id",),
    sources=(Feed("https://www.republika.co.id/rss"),),
    article_url=re.compile(r"/berita/(?:[\w-]+/)*(?:\d\d/\d\d/\d\d/)?\w{6,}-[\w-]+|/posts/\d+/"),
    brand=("REPUBLIKA.CO.ID", "Republika.co.id", "Republika Online", "Republika", "ROL", "IHRAM.CO.ID"),
    layouts=(
        Layout(
            name="article-2015",
            when=".content-detail",
            area=".wp-conten-detail",
            body=".content-detail",
            title=(".jdl-detail h2", ".jdl-detail h1", ".jdl-detail"),
            authors=(".red span",),
            editors=(".red",),
            published=(".date-detail", ".content-detail-center .date"),
            image=".img-detail img",
            caption=".wp-cap .caption",
            credit=".img-detail .cap-foto",
            source=(".detail-berita > div:not([class])",),
            tags=".tagging a",
            drop=_DROP,
        ),
        Layout(
            name="photo-2015",
            when=".teaser-pic",
            area=".index-photo",
            body=".teaser-pic",
            title=(".jdl-pic", ".jdl-detail h2"),
            authors=(".red span",),
            editors=(".red",),
            published=(".date-pic", ".date-detail"),
            image=".index-photo img",
            photos=True,
            drop=_DROP,
        ),
        Layout(
            name="subsite-2015",
            when=".teaser.global-detail",
            body=".teaser.global-detail",
            published=(".date-detail", ".global-detail [class*=date]", ".rangka .date"),
            image=".global-detail img",
            drop=_DROP,
        ),
        Layout(
            name="article-2013",
            when=".txt-detailberita",
            area=".content-detail-center",
            body=".txt-detailberita",
            title=("h1.jdl-detail", ".jdl-detail"),
            published=(".rangka .date",),
            image=".img-detailberita img",
            drop=_DROP,
        ),
    ),
)
