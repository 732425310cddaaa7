"""Kanal247: https://www.kanal247.com, of the WowKeren group, about 2017 to 2021.

No class name of its pages is certain, so the layouts name several and the junk rules lean on the order of its text:
title, "Foto: <title>", lead, "Kanal247.com - …", paragraphs, "Komentar Anda", "Rekomendasi Artikel".
"""

import re
from datetime import date

from archiver.outlet import Layout, Listing, Outlet

_BEFORE_DATELINE = (
    '.news-details-layout1 > p:not(:lexbor-contains("Foto: ")):has(~ p:lexbor-contains("Kanal247.com -"))'
)

KANAL247 = Outlet(
    name="kanal247",
    title="Kanal247",
    domains=("kanal247.com",),
    sources=(
        Listing(
            "https://www.kanal247.com/berita/",
            links=".mod-common-news h3 a[href]",
            item=".mod-common-news",
            dates=".publish-date",
            next=".PgNav-ctnext > a",
        ),
    ),
    article_url=re.compile(r"/(?:berita|media)/(?:tampil|read)/\d+|/berita/tampil/[\w-]+\.html"),
    brand=("Kanal247.com", "Kanal247", "WowKeren.com", "WowKeren"),
    layouts=(
        Layout(
            name="newsedge-2019",
            since=date(2019, 1, 1),
            when=".news-details-layout1",
            area=".news-details-layout1",
            body=".news-details-layout1",
            title=(".news-details-layout1 .title-semibold-dark.size-c30", ".breadcrumbs-content h1"),
            lead=(".news-details-layout1 .lead", _BEFORE_DATELINE),
            published=(".post-info-dark li:last-child",),
            authors=(".post-info-dark li:first-child",),
            section=(".news-details-layout1 .topic-box-sm", ".breadcrumbs-content li:last-child"),
            image=".news-details-layout1 img",
            caption='.position-relative p, .position-relative + p:lexbor-contains("Foto: ")',
            drop={
                "nav": (".breadcrumbs-content ul",),
                "share": (".share", ".social"),
                "comments": (".fb-comments", "#comments"),
                "ad": ("ins.adsbygoogle",),
            },
        ),
        Layout(
            name="wowkeren-2016",
            until=date(2020, 1, 1),
            when=".NewsTitle h1",
            area="#FirstCol670",
            body="#FirstCol670 .pad10",
            title=(".NewsTitle h1",),
            lead=(".lead",),
            published=(".NewsDate",),
            image=".photo img",
            caption=".photo .caption",
            drop={
                "share": (".share", ".social"),
                "comments": (".fb-comments", ".komentar"),
                "related_list": (".rekomendasi", ".RelatedNews"),
                "ad": ("ins.adsbygoogle", "[id^=div-gpt-ad]"),
            },
        ),
    ),
)
