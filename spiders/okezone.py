"""Okezone: https://www.okezone.com, with a host for each channel (`techno.`, `economy.` …)."""

import re
from datetime import date

from archiver.outlet import ByDate, Css, Feed, Layout, Listing, Meta, Outlet

_WIDGETS = (
    "[id^=dablewidget]",
    "[id^=taboola]",
    "[id*=ScriptRoot]",
    "[id^=_popIn]",
    "[class^=_popIn]",
    "#metube_div",
)
_ADS = (
    "[id^=div-gpt-ad]",
    ".detads",
    ".detads-bottom",
    ".flying_carpet_div",
    ".ads-txt",
    ".iframe-banner",
    ".voucherWrap",
)

_CHANNELS = ("news", "economy", "techno", "celebrity", "lifestyle")

OKEZONE = Outlet(
    name="okezone",
    title="Okezone",
    domains=("okezone.com",),
    sources=(Feed("https://sindikasi.okezone.com/index.php/rss/0/RSS2.0"),),
    back_catalogue=tuple(
        ByDate(
            source=Listing(
                f"https://{channel}.okezone.com/indeks/{{day.year}}/{{day:%m/%d}}",
                links="a[href*='/read/']",
                pages=f"https://{channel}.okezone.com/indeks/{{day.year}}/{{day:%m/%d}}/{{n}}",
                step=10,
                at=0,
            )
        )
        for channel in _CHANNELS
    ),
    twins=((re.compile(r"(okezone\.com)/amp/(\d{4}/)"), r"\1/read/\2"),),
    article_url=re.compile(r"^https?://(?!mpi\.)[\w-]+\.okezone\.com/(?:read|view|amp)/\d{4}/\d\d/\d\d/\d+/\d+/"),
    brand=("Okezone", "Okezone.com", "okezone.com", "OKEZONE"),
    distrust=frozenset({"meta:author", "meta:datepublished"}),
    layouts=(
        Layout(
            name="article-2023",
            since=date(2023, 1, 1),
            when=".title-article h1",
            area="section.article",
            body=".c-detail.read",
            title=(".title-article h1",),
            authors=(".journalist a:last-of-type", Meta("dable:author")),
            published=(Css(".journalist span"),),
            image=".img-article img",
            caption=".desc-foto",
            tags="#tag .box-tag a",
            pager="#paging a.nomor",
            drop={
                "related_inline": ("#baca-juga",),
                "related_list": (".brt-terkait",),
                "share": (".fiture", ".share", "#pick-font"),
                "promo": ("#follow-wa", ".box-gnews"),
                "pagination": ("#paging",),
                "comments": (".komentar",),
                "nav": (".breadcrumb", "#tag > .title", ".telusuri"),
                "media_widget": (".vicon", "#audio-text-speech"),
                "ad": _ADS,
            },
        ),
        Layout(
            name="article-2018",
            since=date(2018, 1, 1),
            until=date(2023, 6, 1),
            when=".namerep",
            area=".container-bodyhome-left",
            body="#contentx.read",
            title=("div.title h1",),
            authors=(Css(".namerep"), Meta("dable:author")),
            published=(".namerep b", Meta("article:published_time")),
            image=".detfoto img",
            caption=".detfoto span",
            tags=".detail-tag a",
            drop={
                "related_list": (".berita-Terkait", ".widget-next", "#lastread", *_WIDGETS),
                "share": (".sosvertikal", ".widget-share", ".detail-control-hr"),
                "nav": (".breadcrumb", ".news-more"),
                "media_widget": (".vicon",),
                "ad": _ADS,
            },
        ),
        Layout(
            name="article-2016",
            since=date(2016, 1, 1),
            until=date(2018, 6, 1),
            when=".title-detail .ctn-desc, .ctn-desc",
            body=".ctn-desc",
            title=(".title-detail h1", "h1"),
            authors=(".title-detail span b",),
            published=(".title-detail span",),
            image=".ctn-images img",
            caption=".caption-img-ab p",
            drop={
                "share": (".author-and-share", ".sosmedsticky"),
                "nav": (".breadcrumb", ".go-search-detail"),
                "related_list": (".meta-bottom-content", ".berita-terkait-wrap", ".news-hardnews1", *_WIDGETS),
                "comments": (".detail-komentar",),
                "ad": (".banner-belt300x250", *_ADS),
            },
        ),
        Layout(
            name="article-2014",
            until=date(2017, 1, 1),
            when=".detail-page #contentx.dtlnews",
            body="#contentx.dtlnews, #contentx.dtlnews ~ strong",  # the initials stand behind the text
            title=(".titles h1",),
            authors=(".nmreporter > div",),
            published=("time.tgl",),
            section=(".breadcrumb li:nth-child(2)",),
            image="#imgCheck",
            caption=".caption-img-ab p",
            drop={
                "share": (".detail-social-share-ab", ".settingfont", ".sosmed"),
                "nav": (".breadcrumb", ".go-search-detail"),
                "related_list": (
                    ".meta-bottom-content",
                    ".berita-terkait-wrap",
                    ".news-hardnews1",
                    *_WIDGETS,
                ),
                "comments": (".detail-komentar",),
                "ad": _ADS,
            },
        ),
    ),
)
