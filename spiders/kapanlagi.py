"""KapanLagi, entertainment news (https://www.kapanlagi.com)."""

import re

from archiver.outlet import Layout, Listing, Outlet

_BODIES = ".entertainment-detail-news, .v7-music-detail-news, #v6-revb-detailnews"

KAPANLAGI = Outlet(
    name="kapanlagi",
    title="KapanLagi.com",
    domains=("kapanlagi.com",),
    sources=(Listing("https://www.kapanlagi.com/showbiz/", links="a[href$='.html']"),),
    article_url=re.compile(
        r"/(?:showbiz|musik|film|foto|korea|intermezzone|trending|berita|ragam)/.*-[0-9a-f]{6}\.html|/berita/[\w-]+\.html"
    ),
    brand=("KapanLagi.com", "Kapanlagi.com", "KapanLagi", "KLN"),
    distrust=frozenset({"html:lang", "meta:keywords"}),
    layouts=(
        Layout(
            name="article-2015",
            when=_BODIES,
            area="#newsdetail-right-new",
            body=_BODIES,
            title=(".entertainment-newsdetail-title-new", "#newsdetail-right-new h1"),
            published=(".newsdetail-schedule-new", "[class*=newsdetail-schedule]"),
            section=(".newsdetail-categorylink",),
            image=".entertainment-newsdetail-headlineimg img, [class*=headlineimg] img",
            caption=(
                "[class*=headlineimg] .copyright, .entertainment-newsdetail-image-caption, [class$=-image-caption]"
            ),
            tags=".v7-tags-terkait-warper li a",
            drop={
                "related_list": (
                    ".other-related",
                    ".v7-tags-terkait-warper",
                    ".newsdetail-celebrity",
                    ".photonews-det-warper",
                    ".entertainment-newsdetail-beritaterkait",
                ),
                "nav": (".news_arsip",),
                "share": ("#kl-social-share", "#kl-social-follow"),
                "comments": ("#kplg-comment-box",),
                "ad": ("[id^=div-gpt-ad]", "#fullbanner"),
            },
        ),
    ),
)
