"""The Tribun network: https://www.tribunnews.com and a host for each region (`belitung.`, `bangka.`, `jabar.` …)."""

import re
from dataclasses import replace
from datetime import date

from archiver.outlet import ByDate, Css, Layout, Listing, NewsSitemap, Outlet

_ADS = (
    "[id^='div-']",
    "[id^=criteo-]",
    ".ads-placeholder",
    ".reserved_box_ads",
    ".widgettshop",
    ".belanja-picks",
    "#articleright",
    "#anchorads",
    "#fixads",
    "#skinads",
    "#wideskyscraper",
    "#jualbeli2022",
)
_RELATED = ("#widget_pilihanuntukmu_article", "#_popIn_recommend_word", "[id^=_popIn]", ".terkait-box", ".related")

_OF_A_DAY = "?date={day.year}-{day.month}-{day.day}"
# About 20 stories a page; from the 11th page on it repeats the 10th for ever.
_INDEX = Listing(
    "https://belitung.tribunnews.com/index-news",
    links="ul.lsi li h3 a[href]",
    item="li",
    dates="time",
    next='#paginga a:lexbor-contains("Next")',
)

TRIBUNNEWS = Outlet(
    name="tribunnews",
    title="Tribun",
    domains=("tribunnews.com",),
    sources=(
        _INDEX,
        NewsSitemap("https://www.tribunnews.com/sitemap.xml"),
    ),
    back_catalogue=tuple(
        ByDate(source=replace(_INDEX, url=f"https://{host}.tribunnews.com/index-news{_OF_A_DAY}"))
        for host in ("www", "belitung")
    ),
    twins=(
        (re.compile(r"//m\.tribunnews\.com/(?:amp/)?"), "//www.tribunnews.com/"),
        (re.compile(r"(\.tribunnews\.com)/amp/"), r"\1/"),
    ),
    article_url=re.compile(
        r"^https?://(?:[\w-]+\.)?tribunnews\.com/(?:amp/)?(?:[\w-]+/)*(?:\d{4}/\d\d/\d\d/|\d{6,}/)[\w-]+(?:\.html)?/?(?:\?|$)"
    ),
    brand=("TRIBUNNEWS.COM", "Tribunnews.com", "POSBELITUNG.CO", "BANGKAPOS.COM", "TRIBUN NETWORK", "Tribun"),
    layouts=(
        Layout(
            name="article-2023",
            since=date(2023, 1, 1),
            when=".f20.credit, .share-wrapper[data-content-id], .pagination-wrap",
            area="#article",
            body=".txt-article",
            title=("#arttitle",),
            lead=("#arttitle ~ h2", "#arttitle ~ p"),
            authors=("#penulis a", "#penulis"),
            editors=("#editor a", "#editor"),
            published=(
                Css("#article time[datetime]", attr="datetime"),
                '#article time:not(:lexbor-contains("Diperbarui"))',
            ),
            modified=('#article time:lexbor-contains("Diperbarui")',),
            image="#artimg img.imgfull",
            caption="#artimg .arial.f12.pt5.grey2",
            credit="#artimg .f11.white.pa3.fr",
            section=(".breadcrumb li:last-child",),
            tags=".tagcloud3 a",
            pager=".paging .page-number a",
            drop={
                "related_inline": (".baca",),
                "related_list": (".terkait", *_RELATED),
                "share": (".share-wrapper", ".share"),
                "pagination": (".paging",),
                "promo": (".google-news",),
                "other": ("blockquote.summary-article",),
                "comments": ("#comments",),
                "ad": _ADS,
            },
        ),
        Layout(
            name="article-2016",
            since=date(2016, 1, 1),
            when="#arttitle",
            area="#article",
            body=".side-article.txt-article",
            title=("#arttitle",),
            lead=("#arttitle ~ h2", "#arttitle ~ p"),
            authors=("#penulis",),
            editors=("#editor",),
            published=("time.grey", "#article time"),
            image="#artimg img.imgfull",
            caption="#artimg .arial.f12.pt5.grey2",
            credit="#artimg .f11.white.pa3.fr",
            tags=".tagcloud3 a",
            section=("#article > h2.red:not(:has(a))", ".breadcrumb li:last-child"),
            drop={
                "related_inline": (".baca",),
                "related_list": _RELATED,
                "share": (".share",),
                "pagination": (".mb20:has(> a.bgblue)", ".halaman", ".paging"),
                "comments": ("#comments",),
                "ad": _ADS,
            },
        ),
    ),
)
