"""Tempo: https://www.tempo.co, until 2024 with a host for each channel (`tekno.`, `gaya.` …) and AMP pages."""

import re
from datetime import date

from archiver.outlet import ByDate, Css, Feed, Layout, Listing, NewsSitemap, Outlet, Payload

_RELATED = (".berikutnya", ".terkait-img", ".topik-terkait", ".list-text", ".card-box", ".box-terkait", ".titlebox")
_ADS = (
    ".banner728",
    ".inside728",
    ".inside300",
    ".parallax-box",
    ".adv-cls",
    ".kaikai-container",
    "[id^=div-gpt-ad]",
    "[id^=ads-slot]",
    "[ad-unit-path]",
    "amp-ad",
    "amp-iframe",
)
_PROMO = (".box-newsletter", ".sign-btn", ".remp-banner", ".bannerhead", ".banner-fix-bottom", ".lanjutkan")

# The pages of rubrics hold no links since 2024: their data comes as JSON.
_RUBRICS = ("politik", "hukum", "ekonomi")
_PATH = re.compile(r"^(?:https?://[\w.]+)?/(?:(?:read|amp)/\d+/[\w-]+|[\w-]+/[\w-]+-\d{5,})/?$")

TEMPO = Outlet(
    name="tempo",
    title="Tempo",
    domains=("tempo.co",),
    sources=(
        NewsSitemap("https://www.tempo.co/sitemap.xml"),
        Feed("https://rss.tempo.co/nasional"),
        *(Payload(f"https://www.tempo.co/{rubric}/_payload.json", links=_PATH) for rubric in _RUBRICS),
    ),
    back_catalogue=(
        ByDate(
            source=Listing("https://www.tempo.co/indeks/{day:%Y/%m/%d}", links="a[href*='/read/']"),
            since=date(2017, 1, 1),
            until=date(2024, 11, 1),
        ),
    ),
    twins=((re.compile(r"(tempo\.co)/amp/(\d+)/"), r"\1/read/\2/"),),
    article_url=re.compile(
        r"/(?:read|amp)/(?:news/\d{4}/\d\d/\d\d/)?\d+/|^https?://www\.tempo\.co/[\w-]+/[\w-]+-\d{5,}/?$"
    ),
    brand=("TEMPO.CO", "Tempo.co", "TEMPO", "Tempo", "TEMPO Interaktif"),
    layouts=(
        Layout(
            name="nuxt-2024",
            since=date(2024, 10, 1),
            when="#content-wrapper",
            body="#content-wrapper",
            area="article",
            title=("article h1",),
            lead=("article h1 + p:not(.text-sm)",),
            authors=("article a[href^='/penulis/']",),
            published=("article p.text-neutral-900.text-sm",),
            image="article figure img",
            caption="article figure figcaption",
            tags="article a[href^='/tag/']",
            drop={
                "related_inline": (".p-4.my-4.bg-neutral-400", ".baca-juga"),
                "ad": _ADS,
                "promo": _PROMO,
            },
        ),
        Layout(
            name="amp-2021",
            since=date(2020, 6, 1),
            when="html[amp] article.detail-artikel, .main-full article.detail-artikel",
            area=".main-full",
            body="article.detail-artikel:not(.berikutnya) .detail-in",
            title=("article.detail-artikel:not(.berikutnya) .detail-title h1",),
            authors=(
                "article.detail-artikel:not(.berikutnya) .box-avatar:first-child .text-avatar .bold a",
                "article.detail-artikel:not(.berikutnya) [itemprop=author]",
            ),
            editors=(
                "article.detail-artikel:not(.berikutnya) .box-avatar:nth-child(2) .text-avatar .bold a",
                "article.detail-artikel:not(.berikutnya) [itemprop=editor]",
            ),
            published=("article.detail-artikel:not(.berikutnya) .detail-title .date",),
            image="article.detail-artikel:not(.berikutnya) .foto-detail :is(amp-img, img)",
            caption="article.detail-artikel:not(.berikutnya) .foto-detail figcaption",
            section=(".breadcrumbs li:last-child",),
            tags=".box-tag-detail a",
            drop={
                "related_inline": (".baca-juga",),
                "related_list": _RELATED,
                "share": (".box-share-top", ".share-konten"),
                "nav": (".breadcrumbs",),
                "comments": (".komentar", ".disclaimer"),
                "poll": (".box-rating",),
                "ad": _ADS,
                "promo": _PROMO,
            },
        ),
        Layout(
            name="desktop-2021",
            since=date(2020, 6, 1),
            when=".main-left article.detail-artikel",
            area=".main-left",
            body="article.detail-artikel:not(.berikutnya) .detail-in",
            title=("article.detail-artikel:not(.berikutnya) h1.title",),
            authors=("article.detail-artikel:not(.berikutnya) [itemprop=author]", ".box-avatar:first-child .bold a"),
            editors=("article.detail-artikel:not(.berikutnya) [itemprop=editor]", ".box-avatar:nth-child(2) .bold a"),
            published=("article.detail-artikel:not(.berikutnya) .detail-title .date",),
            image="article.detail-artikel:not(.berikutnya) .foto-detail img",
            caption="article.detail-artikel:not(.berikutnya) figcaption.foto-caption",
            section=(".breadcrumbs li:last-child",),
            tags=".box-tag-detail a",
            drop={
                "related_inline": (".baca-juga",),
                "related_list": _RELATED,
                "share": (".box-share-top", ".share-konten"),
                "nav": (".breadcrumbs",),
                "comments": (".komentar", ".disclaimer"),
                "poll": (".box-rating",),
                "pagination": (".detail-in .pagination", ".paging"),
                "ad": _ADS,
                "promo": _PROMO,
            },
        ),
        Layout(
            name="desktop-2017",
            since=date(2017, 1, 1),
            until=date(2021, 6, 1),
            when="#isi[itemprop=articleBody]",
            area="article",
            body="#isi[itemprop=articleBody]",
            title=("h1[itemprop=headline]",),
            published=("#date[itemprop=datePublished]", "#date"),
            section=("[itemtype*=BreadcrumbList] li:last-child", ".breadcrumbs li:last-child"),
            image="article figure img",
            caption="article figure figcaption",
            tags=".box-tag-detail a",
            drop={
                "related_inline": (".baca-juga",),
                "comments": (".komentar", ".disclaimer"),
                "related_list": _RELATED,
                "share": (".box-share-top", ".share-konten"),
                "nav": ("[itemtype*=BreadcrumbList]", ".breadcrumbs"),
                "ad": _ADS,
                "promo": _PROMO,
            },
        ),
        Layout(
            name="desktop-2013",
            until=date(2017, 6, 1),
            when=".artikel .block-tanggal",
            area=".pages-col",
            body=".artikel:not(:has(.artikel))",
            title=(".artikel h1",),
            published=(".artikel .block-tanggal",),
            section=(".block-kanal-map li:nth-child(2)",),
            image=".single-img > img",
            caption=".deskripsi",
            drop={
                "comments": (".blocking:has(.disclaimer)",),
                "related_list": (*_RELATED, ".blocking:not(:has(.disclaimer))", ".left-col", ".right-col"),
                "share": (".share-konten", ".share-display"),
                "nav": (".block-kanal-map",),
                "ad": _ADS,
            },
        ),
        Layout(
            name="english-2015",
            when=".tubuh-berita",
            body=".tubuh-berita",
            title=(".judul-konten",),
            published=(Css(".kolom-2-kolom .tanggal"),),
            image=".foto-konten img",
            caption=".foto-konten",
            drop={
                "related_list": _RELATED,
                "share": (".share-konten", ".share-display"),
                "comments": (".komentar", ".disclaimer"),
                "ad": _ADS,
            },
        ),
    ),
)
