"""Kompas.com: https://www.kompas.com, with a host for each channel and region."""

import re

from archiver.outlet import Drops, Layout, NewsSitemap, Outlet

_AUTHORS, _EDITORS, _SOURCE = (
    tuple(f'{table} tr:has(td:lexbor-contains("{role}"))' for table in ("table.grey", ".penulis-editor"))
    for role in ("Penulis", "Editor", "Sumber")
)
"""Rows of the table under the body: one cell says what the person in the other one did."""

_DROP: Drops = {
    "related_inline": (".inner-link-baca-juga", ".inner-link-tag"),
    "related_list": (".kcm-read-terkait",),
    "share": ("#btn-share-bawah", "[class^=social-]", ".kcm-social-share"),
    "nav": (".kcm-breadcrumb",),
    "pagination": (".kcm-read-paging", ".kcm-paging"),
    "poll": ("#nps", "#nps-data"),
    "ad": ("[id^=div-gpt-ad]",),
}

KOMPAS = Outlet(
    name="kompas",
    title="Kompas.com",
    domains=("kompas.com",),
    sources=(NewsSitemap("https://news.kompas.com/sitemap-news.xml"),),
    article_url=re.compile(r"/read/\d{4}/\d\d/\d\d/\d+/"),
    brand=("KOMPAS.com", "Kompas.com", "Kompas Cyber Media", "KOMPAS"),
    distrust=frozenset({"html:lang", "meta:author", "meta:article:author"}),
    layouts=(
        Layout(
            name="article-2018",
            when=".read__content",
            body=".read__content",
            title=("h1.read__title",),
            authors=(".credit-title-name", ".read__author", "#penulis a"),
            editors=("#editor a",),
            published=(".read__time",),
            image=".photo img, .cover-photo img",
            caption=".photo__caption",
            tags=".tag__article__link",
            pager=".paging__link",
            drop={
                "related_inline": (".inner-link-baca-juga", ".inner-link-tag"),
                "pagination": (".paging",),
                "ad": (".ads-on-body", "[id^=div-gpt-ad]", ".kompasidRec"),
                "share": (".social__list",),
            },
        ),
        Layout(
            name="article-2015",
            when=".kcm-read-text",
            area=".kcm-read",
            body=".kcm-read-text",
            title=(".kcm-read-top h2", ".kcm-read-top h1"),
            authors=_AUTHORS,
            editors=_EDITORS,
            published=(".kcm-date", ".kcm-read-top .msmall.grey", ".kcm-read .msmall.grey"),
            section=(".kcm-breadcrumb li:last-child",),
            image=".kcm-read-top .photo img",
            caption=".kcm-read .photo",
            credit=".kcm-read .photo .author",
            source=_SOURCE,
            drop=_DROP,
        ),
        Layout(
            name="channel-2014",
            when=".div-read, .kcm-read-content-text, .kcmread1114",
            body=".div-read, .kcm-read-content-text, .kcmread1114",
            title=(".baca-content h1", ".kcm-read-content-top h2"),
            authors=_AUTHORS,
            editors=_EDITORS,
            published=(".kcm-date", ".baca-content .grey.small", ".kcm-read-content-top .grey", ".grey.small.mb2"),
            image=".baca-content .photo img, .kcm-read-content-top .photo img",
            caption=".photo",
            credit=".photo .author",
            source=_SOURCE,
            drop=_DROP,
        ),
    ),
)
